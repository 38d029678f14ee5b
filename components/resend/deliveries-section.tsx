"use client";

import { ArrowLeftRight, RotateCw } from "lucide-react";
import { lazy, Suspense } from "react";
import { deferred } from "#components/body/deferred.tsx";
import { useKnownRules } from "#components/forwards/use-rules.ts";
import { loadDeliveries, resend } from "#components/resend/resends.ts";
import { useCompareDeliveries } from "#components/resend/use-compare-deliveries.tsx";
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

const CaptureForwards = lazy(async () => {
  const { CaptureForwards: forwards } = await import("#components/forwards/capture-forwards.tsx");
  return { default: forwards };
});

type DeliveriesSectionProps = { binId: string; captureId: string };

/** Where a capture was sent and what came of it; nothing before the first time. */
export function DeliveriesSection({ binId, captureId }: DeliveriesSectionProps) {
  const { rules } = useKnownRules(binId);
  const { deliveries } = useResends(captureId);
  const newest = deliveries?.[0];
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
      <Deliveries captureId={captureId} />
    </>
  );
}

function Deliveries({ captureId }: { captureId: string }) {
  const { deliveries, sending, last, ownId, error } = useResends(captureId);
  const comparison = useCompareDeliveries(deliveries ?? []);

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
  const byRules = deliveries.filter(({ ruleId }) => ruleId !== null).length;
  return (
    <Section
      title={
        byRules === 0
          ? "Resent"
          : byRules === deliveries.length
            ? "Forward attempts"
            : "Resends and forward attempts"
      }
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
