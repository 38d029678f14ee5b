"use client";

import { lazy, Suspense } from "react";
import { deferred } from "#components/body/deferred.tsx";
import { useKnownRules } from "#components/forwards/use-rules.ts";
import { loadDeliveries } from "#components/resend/resends.ts";
import { useResends } from "#components/resend/use-resends.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import { Section } from "#components/ui/section.tsx";

/** Most captures were never sent anywhere. */
const Deliveries = deferred(
  async () => (await import("#components/resend/deliveries.tsx")).Deliveries,
);

const CaptureForwards = lazy(async () => {
  const { CaptureForwards: forwards } = await import("#components/forwards/capture-forwards.tsx");
  return { default: forwards };
});

type DeliveriesSectionProps = { binId: string; captureId: string };

/** Where a capture was sent and what came of it; nothing before the first time. */
export function DeliveriesSection({ binId, captureId }: DeliveriesSectionProps) {
  const { rules } = useKnownRules(binId);
  const { deliveries, sending, last, ownId, error } = useResends(captureId);
  const newest = deliveries?.[0];
  const isSentAnywhere = deliveries !== null && (deliveries.length > 0 || sending !== null);
  return (
    <>
      {rules !== null && rules.length > 0 && (
        <Suspense>
          <CaptureForwards
            key={captureId}
            captureId={captureId}
            rules={rules}
            newest={newest && `${newest.id} ${newest.state}`}
          />
        </Suspense>
      )}
      {error !== null ? (
        <Section title="Resent">
          <InlineError>{describeError(error)}</InlineError>
          <Button size="sm" className="self-start" onClick={() => void loadDeliveries(captureId)}>
            Try again
          </Button>
        </Section>
      ) : (
        isSentAnywhere && (
          <Deliveries
            captureId={captureId}
            deliveries={deliveries}
            sending={sending}
            last={last}
            ownId={ownId}
          />
        )
      )}
    </>
  );
}
