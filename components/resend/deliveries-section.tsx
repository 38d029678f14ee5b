"use client";

import { RotateCw } from "lucide-react";
import { deferred } from "#components/body/deferred.tsx";
import { loadDeliveries, resend } from "#components/resend/resends.ts";
import { useResends } from "#components/resend/use-resends.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Section } from "#components/ui/section.tsx";
import { notifyError } from "#components/ui/toast.tsx";

/** Most captures were never sent anywhere. */
const DeliveryList = deferred(
  async () => (await import("#components/resend/delivery-list.tsx")).DeliveryList,
);

/** Where a capture was sent and what came of it; nothing before the first time. */
export function DeliveriesSection({ captureId }: { captureId: string }) {
  const { deliveries, sending, last, ownId, error } = useResends(captureId);

  if (error !== null) {
    return (
      <Section title="Resent">
        <InlineError>{describeError(error)}</InlineError>
        <Button size="sm" className="self-start" onClick={() => void loadDeliveries(captureId)}>
          Try again
        </Button>
      </Section>
    );
  }
  if (!deliveries || (deliveries.length === 0 && !sending)) return null;
  return (
    <Section
      title="Resent"
      count={deliveries.length}
      actions={
        last && (
          <Button
            size="sm"
            variant="ghost"
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
        )
      }
    >
      <DeliveryList deliveries={deliveries} sending={sending} ownId={ownId} />
    </Section>
  );
}
