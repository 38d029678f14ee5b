import { bucketTotal } from "#components/timeline/counted.ts";
import { KINDS, SHOWN_KINDS } from "#components/timeline/kinds.ts";
import { formatCount } from "#components/ui/format-count.ts";
import type { TimelineBucket } from "#lib/contract/timeline.ts";

export function sumBuckets(buckets: readonly TimelineBucket[]): TimelineBucket {
  const sum = { problem: 0, delete: 0, write: 0, read: 0, other: 0 };
  for (const bucket of buckets) for (const kind of SHOWN_KINDS) sum[kind] += bucket[kind];
  return sum;
}

/** "12 captures, 3 reads, 9 writes". */
export function describeBuckets(buckets: readonly TimelineBucket[], sampled: boolean): string {
  const sum = sumBuckets(buckets);
  const total = bucketTotal(sum);
  if (total === 0) return "no captures";
  const kinds = SHOWN_KINDS.filter((kind) => sum[kind] > 0).map((kind) =>
    formatCount(sum[kind], KINDS[kind].one, KINDS[kind].many),
  );
  return `${sampled ? "about " : ""}${formatCount(total, "capture")}, ${kinds.join(", ")}`;
}
