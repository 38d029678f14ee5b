import { memo } from "react";
import { bucketTotal } from "#components/timeline/counted.ts";
import { KINDS, SHOWN_KINDS } from "#components/timeline/kinds.ts";
import type { TimelineBucket } from "#lib/contract/timeline.ts";
import type { TimelineKind } from "#lib/contract/timeline-kind.ts";

/** Even one capture among thousands has to be seen, and hit. */
const LEAST_HEIGHT = 2;

type BarsProps = {
  buckets: readonly TimelineBucket[];
  /** Places from left to right, of which the first are the buckets. */
  slots: number;
  width: number;
  height: number;
};

/** A bar for each bucket, its kinds one upon the other. */
export const Bars = memo(function Bars({ buckets, slots, width, height }: BarsProps) {
  const most = Math.max(1, ...buckets.map(bucketTotal));
  const slot = width / slots;
  const gap = slot > 4 ? 1 : 0;
  return (
    <svg width={width} height={height} aria-hidden="true" className="block">
      <defs>
        <pattern
          id="timeline-problem"
          width="4"
          height="4"
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width="4" height="4" fill="var(--amber)" fillOpacity="0.35" />
          <rect width="2" height="4" fill="var(--amber)" />
        </pattern>
      </defs>
      {buckets.map((bucket, place) => {
        const heights = kindHeights(bucket, most, height);
        let top = height;
        return SHOWN_KINDS.map((kind) => {
          const high = heights[kind];
          if (high === 0) return null;
          top -= high;
          return (
            <rect
              // biome-ignore lint/suspicious/noArrayIndexKey: its place in time is what a bucket is
              key={`${place} ${kind}`}
              x={place * slot}
              y={top}
              width={Math.max(1, slot - gap)}
              height={high}
              fill={KINDS[kind].fill}
            />
          );
        });
      })}
    </svg>
  );
});

function kindHeights(
  bucket: TimelineBucket,
  most: number,
  height: number,
): Record<TimelineKind, number> {
  const heights = { ...bucket };
  for (const kind of SHOWN_KINDS) {
    if (bucket[kind] > 0) heights[kind] = Math.max(LEAST_HEIGHT, (bucket[kind] / most) * height);
  }
  // What was made higher than it is goes off the highest.
  const over = bucketTotal(heights) - height;
  if (over > 0) {
    const [highest] = [...SHOWN_KINDS].sort((a, b) => heights[b] - heights[a]);
    heights[highest!] -= over;
  }
  return heights;
}
