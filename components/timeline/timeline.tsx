"use client";

import { X } from "lucide-react";
import { useMemo } from "react";
import { pushView } from "#components/dashboard/use-view-state.ts";
import type { Search } from "#components/search/use-search.ts";
import { Chart } from "#components/timeline/chart.tsx";
import { bucketTotal } from "#components/timeline/counted.ts";
import { sumBuckets } from "#components/timeline/describe-buckets.ts";
import { formatMoment, formatSpan } from "#components/timeline/format-span.ts";
import { Legend } from "#components/timeline/legend.tsx";
import {
  BUCKETS,
  type SearchedFor,
  type TimelineSource,
  useTimeline,
} from "#components/timeline/use-timeline.ts";
import { Added } from "#components/ui/added.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { useNow } from "#components/ui/use-now.ts";
import { dependsOnOwner } from "#lib/search/may-match.ts";
import { parseQuery } from "#lib/search/parse.ts";
import { replaceTerms, setTimeSpan, timeSpanOf } from "#lib/search/time-span.ts";

type TimelineProps = Omit<TimelineSource, "from" | "to" | "search"> & {
  /** What the list is searched for, and what it found. */
  q: string | null;
  search: Search | null;
};

const OPEN = { from: null, to: null };

/** What is left of a search without its span of time, which the axis shows; null for nothing. */
function restOf(q: string | null, search: Search | null): SearchedFor | null {
  if (q === null || !search?.query) return null;
  const rest = replaceTerms(q, (term) => term.kind === "time", []);
  if (rest === "") return null;
  return {
    q: rest,
    known: search.state === "found" ? search.known : null,
    hasOlder: search.hasOlder,
    dependsOnOwner: dependsOnOwner(search.query),
  };
}

/** How many came when, and which span of that is shown: a part of the search, as in the field above. */
export function TimelinePanel({ q, search, ...source }: TimelineProps) {
  const now = useNow() ?? 0;
  const span = useMemo(() => {
    const parsed = parseQuery(q ?? "");
    return parsed.ok ? timeSpanOf(parsed.query, Date.now()) : OPEN;
  }, [q]);
  const rest = restOf(q, search);
  const shown = useTimeline({ ...source, ...span, search: rest });
  const isNarrowed = span.from !== null || span.to !== null;

  const narrow = (from: Date | null, to: Date | null) =>
    pushView({ q: setTimeSpan(q ?? "", from, to) });

  if (shown === null) return <div className="h-[92px] shrink-0 border-b" aria-hidden />;
  const { counted, isCurrent } = shown;
  const { timeline } = counted;
  const isEmpty = timeline.buckets.length === 0 && !isNarrowed;
  if (isEmpty && rest === null) return null;

  const { bucketMs, buckets, sampled, searchedFrom } = timeline;
  const slots = isNarrowed ? Math.max(1, buckets.length) : Math.max(BUCKETS, buckets.length);
  const start = Date.parse(timeline.from);
  const end = start + slots * bucketMs;
  const sum = sumBuckets(buckets);
  const total = bucketTotal(sum);
  return (
    <section
      aria-label="Timeline"
      className="relative flex min-h-[92px] shrink-0 flex-col gap-1.5 border-b px-3 pt-2 pb-1.5"
    >
      <div
        aria-busy={!isCurrent}
        className={cn("flex flex-col gap-1.5 transition-opacity", !isCurrent && "opacity-50")}
      >
        {total > 0 ? (
          <Legend sum={sum} about={sampled} />
        ) : (
          <p className="text-faint text-xs">
            {isEmpty ? "Nothing matches." : "Nothing came in this time."}
          </p>
        )}
        {!isEmpty && (
          <>
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
          </>
        )}
      </div>
      {!isCurrent && (
        <p className="absolute inset-x-0 top-8 animate-appear-late text-center [&>span]:bg-canvas">
          <Added>Counting what matches…</Added>
        </p>
      )}
      {isCurrent && searchedFrom !== null && (
        <p>
          <Added>
            Counted from #{searchedFrom.toLocaleString("en")} on: searching all takes too long
          </Added>
        </p>
      )}
      <div className="flex items-center justify-between font-mono text-faint text-xs">
        <span aria-hidden>{!isEmpty && formatMoment(start, bucketMs, now)}</span>
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
        <span aria-hidden>{!isEmpty && formatMoment(end, bucketMs, now)}</span>
      </div>
    </section>
  );
}
