"use client";

import { X } from "lucide-react";
import { useMemo } from "react";
import { pushView } from "#components/dashboard/use-view-state.ts";
import { Chart } from "#components/timeline/chart.tsx";
import { bucketTotal } from "#components/timeline/counted.ts";
import { sumBuckets } from "#components/timeline/describe-buckets.ts";
import { formatMoment, formatSpan } from "#components/timeline/format-span.ts";
import { Legend } from "#components/timeline/legend.tsx";
import { BUCKETS, type TimelineSource, useTimeline } from "#components/timeline/use-timeline.ts";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { useNow } from "#components/ui/use-now.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { setTimeSpan, timeSpanOf } from "#lib/search/time-span.ts";

type TimelineProps = Omit<TimelineSource, "from" | "to"> & {
  /** What the list is searched for. */
  q: string | null;
};

const OPEN = { from: null, to: null };

/** How many came when, and which span of that is shown: a part of the search, as in the field above. */
export function TimelinePanel({ q, ...source }: TimelineProps) {
  const now = useNow() ?? 0;
  const span = useMemo(() => {
    const parsed = parseQuery(q ?? "");
    return parsed.ok ? timeSpanOf(parsed.query, Date.now()) : OPEN;
  }, [q]);
  const counted = useTimeline({ ...source, ...span });
  const isNarrowed = span.from !== null || span.to !== null;

  const narrow = (from: Date | null, to: Date | null) =>
    pushView({ q: setTimeSpan(q ?? "", from, to) });

  if (counted === null) return <div className="h-[92px] shrink-0 border-b" aria-hidden />;
  const { timeline } = counted;
  if (timeline.buckets.length === 0 && !isNarrowed) return null;

  const { bucketMs, buckets, sampled } = timeline;
  const slots = isNarrowed ? Math.max(1, buckets.length) : Math.max(BUCKETS, buckets.length);
  const start = Date.parse(timeline.from);
  const end = start + slots * bucketMs;
  const sum = sumBuckets(buckets);
  const total = bucketTotal(sum);
  return (
    <section
      aria-label="Timeline"
      className="flex min-h-[92px] shrink-0 flex-col gap-1.5 border-b px-3 pt-2 pb-1.5"
    >
      {total > 0 ? (
        <Legend sum={sum} about={sampled} />
      ) : (
        <p className="text-faint text-xs">Nothing came in this time.</p>
      )}
      <p className="sr-only">
        {sampled && "About "}
        {formatCount(total, "capture")} from {formatSpan(start, end, bucketMs, now)}
      </p>
      <Chart
        key={`${timeline.from} ${bucketMs}`}
        timeline={timeline}
        slots={slots}
        now={now}
        onNarrow={(from, to) => narrow(new Date(from), new Date(to))}
      />
      <div className="flex items-center justify-between font-mono text-faint text-xs">
        <span aria-hidden>{formatMoment(start, bucketMs, now)}</span>
        {isNarrowed && (
          <Button
            variant="secondary"
            size="sm"
            className="h-6 pointer-coarse:h-11 pointer-coarse:px-4"
            onClick={() => narrow(null, null)}
          >
            <X aria-hidden />
            Show all times
          </Button>
        )}
        <span aria-hidden>{formatMoment(end, bucketMs, now)}</span>
      </div>
    </section>
  );
}
