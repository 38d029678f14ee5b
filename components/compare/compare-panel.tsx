"use client";

import { ArrowLeftRight, X } from "lucide-react";
import { useState } from "react";
import { useCapture } from "#components/capture/use-capture.ts";
import { Method } from "#components/captures/method.tsx";
import { useCommands } from "#components/commands/use-commands.ts";
import { captureMessage } from "#components/compare/capture-message.ts";
import { CapturePicker } from "#components/compare/capture-picker.tsx";
import { ComparisonView } from "#components/compare/comparison-view.tsx";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Exact } from "#components/ui/exact.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { InlineError } from "#components/ui/inline-error.tsx";
import { ClockTime } from "#components/ui/time.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type ComparePanelProps = {
  /** Ids: what is compared, and what it is compared with. */
  id: string;
  withId: string;
  onChange: (id: string, withId: string) => void;
  onClose: () => void;
};

/** Two captures compared, in place of one. */
export function ComparePanel({ id, withId, onChange, onClose }: ComparePanelProps) {
  const right = useCapture(id);
  const left = useCapture(withId);
  const [picking, setPicking] = useState<"left" | "right" | null>(null);
  const both =
    left.capture?.id === withId && right.capture?.id === id
      ? { left: left.capture, right: right.capture }
      : null;
  const swap = () => onChange(withId, id);
  const error = left.error ?? right.error;

  useCommands([
    {
      id: "compare.swap",
      title: "Swap the sides",
      group: "View",
      keywords: "compare",
      shortcut: "w",
      run: swap,
    },
    {
      id: "compare.close",
      title: "Close the comparison",
      group: "View",
      shortcut: "Escape",
      run: onClose,
    },
  ]);

  return (
    <article className="@container relative flex min-h-full flex-col">
      <div className="sticky top-0 z-10 flex min-h-10 items-center gap-1 border-b bg-canvas px-2 md:pr-4 md:pl-6">
        <h2 className="mr-auto truncate font-semibold text-base max-md:pl-2">Compare</h2>
        <Button variant="ghost" size="sm" className="pointer-coarse:h-11" onClick={swap}>
          <ArrowLeftRight aria-hidden />
          Swap sides
        </Button>
        <IconButton
          icon={X}
          label="Close the comparison"
          title="Close the comparison (Esc)"
          onClick={onClose}
        />
      </div>
      <div className="flex flex-col gap-4 px-4 py-5 md:px-6">
        {error !== null ? (
          <div className="flex flex-col items-start gap-3">
            <InlineError>{describeError(error)}</InlineError>
            <p className="max-w-[56ch] text-muted text-sm">
              One of the two could not be read. If it was deleted, choose another one.
            </p>
            <div className="flex flex-wrap gap-2">
              <Button
                onClick={() => {
                  left.retry();
                  right.retry();
                }}
              >
                Try again
              </Button>
              <Button onClick={onClose}>Close the comparison</Button>
            </div>
          </div>
        ) : both === null ? (
          <p className="animate-appear-late text-faint text-sm">Loading…</p>
        ) : (
          <ComparisonView
            key={`${withId} ${id}`}
            loaders={{
              key: `${withId} ${id}`,
              load: (side, signal) => captureMessage(both[side], signal),
            }}
            lineTitle="Request line"
            notCompared="the time of arrival, the sender's address, the connection, notes and stars"
            left={<Side sign="−" capture={both.left} onPick={() => setPicking("left")} />}
            right={<Side sign="+" capture={both.right} onPick={() => setPicking("right")} />}
          />
        )}
      </div>
      {both && (
        <CapturePicker
          open={picking !== null}
          onOpenChange={(open) => !open && setPicking(null)}
          title={
            picking === "left"
              ? `Compare #${both.right.seq} with`
              : `Compare with #${both.left.seq}`
          }
          binId={both.right.binId}
          except={[id, withId]}
          onPick={(picked) => {
            setPicking(null);
            if (picking === "left") onChange(id, picked);
            else onChange(picked, withId);
          }}
        />
      )}
    </article>
  );
}

type SideProps = { sign: "−" | "+"; capture: Capture; onPick: () => void };

function Side({ sign, capture, onPick }: SideProps) {
  const { seq, method, path, receivedAt } = capture;
  return (
    <div className="flex min-w-0 items-center gap-2 rounded-md border bg-subtle py-1 pr-1 pl-2 text-sm">
      <span aria-hidden className={sign === "−" ? "font-mono text-red" : "font-mono text-green"}>
        {sign}
      </span>
      <span className="shrink-0 font-medium">#{seq}</span>
      <span className="as-sent min-w-0 flex-1 truncate text-xs">
        <Method method={method} /> <Exact text={path.slice(0, 200)} />
      </span>
      <ClockTime iso={receivedAt} className="shrink-0 text-faint text-xs" />
      <Button
        variant="ghost"
        size="sm"
        className="pointer-coarse:h-11"
        aria-label={`Choose another capture than #${seq}`}
        onClick={onPick}
      >
        Change
      </Button>
    </div>
  );
}
