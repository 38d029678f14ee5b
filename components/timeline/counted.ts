import type { FeedAction } from "#components/live/feed.ts";
import type { Summary } from "#lib/contract/capture.ts";
import type { Timeline, TimelineBucket } from "#lib/contract/timeline.ts";
import { TIMELINE_KINDS, timelineKind } from "#lib/contract/timeline-kind.ts";

/** What the server counted, and on top of it what came since. */
export type Counted = {
  timeline: Timeline;
  /** Numbers of the captures that were added to it here. */
  added: ReadonlySet<number>;
  /** Something does not fit in, or is no more: ask the server anew. */
  stale: boolean;
};

/** Where the counts may lie: the span that was asked for. */
export type Bounds = { from: number; to: number; maxBuckets: number };

const EMPTY = Object.fromEntries(TIMELINE_KINDS.map((kind) => [kind, 0])) as TimelineBucket;

/** All captures that an event of the feed brings along. */
export function capturesOf(action: FeedAction): readonly Summary[] {
  switch (action.type) {
    case "arrived":
      return action.captures;
    case "caughtUp":
      return action.missed;
    case "gapPage":
    case "refreshed":
      return action.page.captures;
    default:
      return [];
  }
}

/** Counts each capture once, whatever brings it along and however often. */
export function addCaptures(
  counted: Counted,
  captures: readonly Summary[],
  { from, to, maxBuckets }: Bounds,
): Counted {
  const { timeline } = counted;
  const news = captures.filter(({ seq }) => seq > timeline.seq && !counted.added.has(seq));
  if (news.length === 0) return counted;
  const start = Date.parse(timeline.from);
  const added = new Set(counted.added);
  const buckets = [...timeline.buckets];
  let { stale } = counted;
  for (const capture of news) {
    if (added.has(capture.seq)) continue;
    added.add(capture.seq);
    const at = Date.parse(capture.receivedAt);
    if (at < from || at >= to) continue;
    const index = Math.floor((at - start) / timeline.bucketMs);
    if (timeline.buckets.length === 0 || index < 0 || index >= maxBuckets) {
      stale = true;
      continue;
    }
    while (buckets.length <= index) buckets.push(EMPTY);
    const kind = timelineKind(capture);
    buckets[index] = { ...buckets[index]!, [kind]: buckets[index]![kind] + 1 };
  }
  return { timeline: { ...timeline, buckets }, added, stale };
}

/** How many of the captures up to `newestSeq` are not counted yet. */
export function missingCount({ timeline, added }: Counted, newestSeq: number): number {
  return Math.max(0, newestSeq - timeline.seq - added.size);
}

export function bucketTotal(bucket: TimelineBucket): number {
  return TIMELINE_KINDS.reduce((sum, kind) => sum + bucket[kind], 0);
}
