"use client";

import { ArrowLeftRight } from "lucide-react";
import type { ReactNode } from "react";
import { ComparisonView } from "#components/compare/comparison-view.tsx";
import { deliveryMessage } from "#components/resend/delivery-message.ts";
import { describeOutcome } from "#components/resend/describe-outcome.ts";
import { formatMs } from "#components/resend/waterfall.tsx";
import { Button } from "#components/ui/button.tsx";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { Field } from "#components/ui/field.tsx";
import { formatClock } from "#components/ui/format-time.ts";
import { Select } from "#components/ui/select.tsx";
import type { Delivery } from "#lib/contract/delivery.ts";

/** Ids. */
export type DeliveryPair = { left: string; right: string };

type CompareDeliveriesDialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Of one capture, newest first. */
  deliveries: readonly Delivery[];
  pair: DeliveryPair;
  onChange: (pair: DeliveryPair) => void;
};

/** What came back from any two sendings of a capture, beside each other. */
export function CompareDeliveriesDialog({
  open,
  onOpenChange,
  deliveries,
  pair,
  onChange,
}: CompareDeliveriesDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      size="xl"
      title="Compare responses"
      description="What the target answered, attempt by attempt."
    >
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Button
          size="sm"
          className="justify-self-start pointer-coarse:h-11 sm:col-span-2"
          onClick={() => onChange({ left: pair.right, right: pair.left })}
        >
          <ArrowLeftRight aria-hidden />
          Swap sides
        </Button>
        <Side
          label="Left"
          id={pair.left}
          deliveries={deliveries}
          onPick={(left) => onChange({ ...pair, left })}
        />
        <Side
          label="Right"
          id={pair.right}
          deliveries={deliveries}
          onPick={(right) => onChange({ ...pair, right })}
        />
      </div>
      <Outcome deliveries={deliveries} pair={pair} />
      <DialogActions>
        <Button className="pointer-coarse:h-11" onClick={() => onOpenChange(false)}>
          Close
        </Button>
      </DialogActions>
    </Dialog>
  );
}

type OutcomeProps = Pick<CompareDeliveriesDialogProps, "deliveries" | "pair">;

function Outcome({ deliveries, pair }: OutcomeProps) {
  const left = deliveries.find(({ id }) => id === pair.left);
  const right = deliveries.find(({ id }) => id === pair.right);
  if (!left || !right) {
    return <Nothing>One of the two is not kept any more. Choose another one.</Nothing>;
  }
  if (left === right) {
    return (
      <Nothing>Both sides are attempt #{left.attempt}. Choose another one for one side.</Nothing>
    );
  }
  if (!left.response || !right.response) {
    const without = [left, right].filter(({ response }) => !response);
    return (
      <Nothing>
        {without.map((delivery) => (
          <span key={delivery.id} className="block">
            Attempt #{delivery.attempt} has no response to compare: {describeOutcome(delivery)}
          </span>
        ))}
      </Nothing>
    );
  }
  const responses = { left: left.response, right: right.response };
  return (
    <ComparisonView
      inDialog
      loaders={{
        key: `${left.id} ${right.id}`,
        load: (side, signal) => deliveryMessage(pair[side], responses[side], signal),
      }}
      lineTitle="Status line"
      notCompared="what was sent, redirects on the way, and how long it took"
    />
  );
}

function Nothing({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="rounded-md border bg-subtle px-3 py-2 text-muted text-sm">
      {children}
    </p>
  );
}

type SideProps = {
  label: "Left" | "Right";
  id: string;
  deliveries: readonly Delivery[];
  onPick: (id: string) => void;
};

function Side({ label, id, deliveries, onPick }: SideProps) {
  const delivery = deliveries.find((one) => one.id === id);
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Field label={label === "Left" ? "− Left" : "+ Right"}>
        {(control) => (
          <Select
            {...control}
            className="pointer-coarse:h-11"
            value={id}
            onChange={(event) => onPick(event.currentTarget.value)}
          >
            {!delivery && <option value={id}>Not kept any more</option>}
            {deliveries.map((one) => (
              <option key={one.id} value={one.id}>
                {`#${one.attempt} · ${describeOutcome(one)} · ${formatClock(one.startedAt, false)}`}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {delivery && (
        <p className="as-sent truncate text-muted text-xs">
          <Exact text={`${delivery.method} ${delivery.url}`} />
          <span className="font-sans text-faint">
            {delivery.timings && ` · ${formatMs(delivery.timings.total)}`}
            {delivery.request.edited && " · edited"}
          </span>
        </p>
      )}
    </div>
  );
}
