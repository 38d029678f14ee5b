"use client";

import { ArrowLeftRight, RotateCw } from "lucide-react";
import { DeliveryList } from "#components/resend/delivery-list.tsx";
import { type ResendState, resend } from "#components/resend/resends.ts";
import { useCompareDeliveries } from "#components/resend/use-compare-deliveries.tsx";
import { Button } from "#components/ui/button.tsx";
import { Section } from "#components/ui/section.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { Delivery } from "#lib/contract/delivery.ts";

type DeliveriesProps = Pick<ResendState, "sending" | "last" | "ownId"> & {
  captureId: string;
  deliveries: readonly Delivery[];
};

/** The sendings of a capture, by resends and by rules. */
export function Deliveries({ captureId, deliveries, sending, last, ownId }: DeliveriesProps) {
  const comparison = useCompareDeliveries(deliveries);
  return (
    <Section
      title={titleOf(deliveries)}
      count={deliveries.length}
      actions={
        <>
          {comparison.startNewest && (
            <Button
              size="sm"
              variant="ghost"
              className="pointer-coarse:h-11"
              aria-label="Compare responses"
              onClick={comparison.startNewest}
            >
              <ArrowLeftRight aria-hidden />
              Compare
            </Button>
          )}
          {last && (
            <Button
              size="sm"
              variant="ghost"
              className="pointer-coarse:h-11"
              disabled={sending !== null}
              onClick={() =>
                void resend(captureId, last).catch((cause) =>
                  notifyError("The capture was not sent", cause),
                )
              }
            >
              <RotateCw aria-hidden />
              Send again
            </Button>
          )}
        </>
      }
    >
      <DeliveryList
        deliveries={deliveries}
        sending={sending}
        ownId={ownId}
        onCompare={comparison.start}
      />
      {comparison.dialog}
    </Section>
  );
}

function titleOf(deliveries: readonly Delivery[]): string {
  const byRules = deliveries.filter(({ ruleId }) => ruleId !== null).length;
  if (byRules === 0) return "Resent";
  return byRules === deliveries.length ? "Forward attempts" : "Resends and forward attempts";
}
