import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { explainFailure } from "#components/resend/explain-failure.ts";
import { Exact } from "#components/ui/exact.tsx";
import type { DeliveryError } from "#lib/contract/delivery.ts";

type DeliveryFailureProps = {
  error: DeliveryError;
  /** What can be done about it here. */
  children?: ReactNode;
};

export function DeliveryFailure({ error, children }: DeliveryFailureProps) {
  const { title, remedy } = explainFailure(error);
  return (
    <section
      aria-label={title}
      className="flex gap-3 rounded-md border border-red-line bg-red-soft px-3 py-2 text-sm"
    >
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-red" aria-hidden />
      <div className="min-w-0 [overflow-wrap:anywhere]">
        <p className="font-medium">{title}</p>
        <p className="text-muted">
          <Exact text={error.message} />
        </p>
        <p className="text-muted">{remedy}</p>
        {children}
      </div>
    </section>
  );
}
