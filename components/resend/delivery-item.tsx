"use client";

import { ChevronRight, Forward } from "lucide-react";
import { useState } from "react";
import { useKnownRules } from "#components/forwards/use-rules.ts";
import { DeliveryDetail } from "#components/resend/delivery-detail.tsx";
import { describeOutcome } from "#components/resend/describe-outcome.ts";
import { formatMs } from "#components/resend/waterfall.tsx";
import { cn } from "#components/ui/cn.ts";
import { Exact } from "#components/ui/exact.tsx";
import { ExactTime } from "#components/ui/time.tsx";
import type { Delivery } from "#lib/contract/delivery.ts";

type DeliveryItemProps = {
  delivery: Delivery;
  startsOpen: boolean;
  /** What it is compared with unless another is chosen. */
  previous: Delivery | null;
  onCompare: (left: Delivery, right: Delivery) => void;
};

/** One sending as a line, which opens to all that is known of it. */
export function DeliveryItem({ delivery, startsOpen, previous, onCompare }: DeliveryItemProps) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const isOpen = chosen ?? startsOpen;
  const { attempt, method, url, startedAt, timings } = delivery;
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setChosen(!isOpen)}
        className="grid w-full grid-cols-[auto_auto_minmax(0,1fr)_auto] items-center gap-x-3 px-3 py-2 text-left text-xs hover:bg-subtle pointer-coarse:min-h-11"
      >
        <ChevronRight
          aria-hidden
          className={cn("size-3.5 text-faint transition-transform", isOpen && "rotate-90")}
        />
        <span className="text-faint">#{attempt}</span>
        <span className="flex min-w-0 flex-wrap items-center gap-x-2">
          <Outcome delivery={delivery} />
          {delivery.ruleId !== null && <ByRule binId={delivery.binId} ruleId={delivery.ruleId} />}
          <span className="min-w-0 truncate font-mono text-muted">
            <Exact text={`${method} ${url}`} />
          </span>
        </span>
        <span className="text-right text-faint">
          <span className="font-mono">{timings ? formatMs(timings.total) : "–"}</span>
          <span className="max-sm:hidden">
            {" · "}
            <ExactTime iso={startedAt} />
          </span>
        </span>
      </button>
      {isOpen && <DeliveryDetail delivery={delivery} previous={previous} onCompare={onCompare} />}
    </li>
  );
}

/** A rule sent it, not a person. */
function ByRule({ binId, ruleId }: { binId: string; ruleId: string }) {
  const rule = useKnownRules(binId).rules?.find(({ id }) => id === ruleId);
  return (
    <span className="inline-flex min-w-0 max-w-full items-center gap-1 text-muted">
      <Forward className="size-3 shrink-0" aria-hidden />
      <span className="truncate">
        {rule?.name ? (
          <>
            rule <Exact text={rule.name} />
          </>
        ) : (
          "forward rule"
        )}
      </span>
    </span>
  );
}

function Outcome({ delivery }: { delivery: Delivery }) {
  const { state, response } = delivery;
  const outcome = describeOutcome(delivery);
  if (state === "pending") return <span className="text-muted">{outcome}</span>;
  if (!response) return <span className="font-medium text-red">{outcome}</span>;
  const { status } = response;
  const color = status < 300 ? "text-green" : status < 400 ? "text-blue" : "text-red";
  return (
    <span className={cn("min-w-0 truncate font-medium font-mono", color)}>
      <Exact text={outcome} />
    </span>
  );
}
