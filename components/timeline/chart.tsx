"use client";

import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { Bars } from "#components/timeline/bars.tsx";
import { describeBuckets } from "#components/timeline/describe-buckets.ts";
import { formatSpan } from "#components/timeline/format-span.ts";
import { useWidth } from "#components/ui/use-width.ts";
import type { Timeline } from "#lib/contract/timeline.ts";

const HEIGHT = 40;
/** Less than this is a click that shook. */
const DRAG_MIN_PX = 4;

/** Places of buckets, both included. `anchor` is where it began. */
type Range = { anchor: number; head: number };

type ChartProps = {
  timeline: Timeline;
  slots: number;
  now: number;
  onNarrow: (from: number, to: number) => void;
};

/**
 * The bars, and what chooses a span of them: a drag, or with the keyboard arrows, Shift and Enter.
 * To assistive technology it is a slider whose value is the bucket under the cursor.
 */
export function Chart({ timeline, slots, now, onNarrow }: ChartProps) {
  const { bucketMs, buckets } = timeline;
  const area = useRef<HTMLDivElement>(null);
  const width = useWidth(area);
  const [range, setRange] = useState<Range | null>(null);
  const [dragging, setDragging] = useState(false);
  const pressedAt = useRef(0);

  const start = Date.parse(timeline.from);
  const last = slots - 1;
  const clamp = (place: number) => Math.min(last, Math.max(0, place));
  const low = range ? Math.min(range.anchor, range.head) : 0;
  const high = range ? Math.max(range.anchor, range.head) : 0;

  function placeAt(event: PointerEvent): number {
    const { left, width: wide } = area.current!.getBoundingClientRect();
    return clamp(Math.floor(((event.clientX - left) / wide) * slots));
  }

  function onPointerDown(event: PointerEvent) {
    if (event.button !== 0) return;
    area.current!.setPointerCapture(event.pointerId);
    pressedAt.current = event.clientX;
    const place = placeAt(event);
    setRange({ anchor: place, head: place });
    setDragging(true);
  }

  function onPointerMove(event: PointerEvent) {
    const head = placeAt(event);
    if (dragging) setRange((before) => ({ anchor: before?.anchor ?? head, head }));
    else if (event.pointerType !== "touch") setRange({ anchor: head, head });
  }

  function onPointerUp(event: PointerEvent) {
    if (!dragging) return;
    setDragging(false);
    if (Math.abs(event.clientX - pressedAt.current) < DRAG_MIN_PX) return;
    narrow();
  }

  function narrow() {
    setRange(null);
    onNarrow(start + low * bucketMs, start + (high + 1) * bucketMs);
  }

  function onKeyDown(event: KeyboardEvent) {
    const at = range?.head ?? buckets.length - 1;
    const target = {
      ArrowLeft: at - 1,
      ArrowRight: at + 1,
      Home: 0,
      End: buckets.length - 1,
    }[event.key];
    if (target !== undefined && !event.metaKey && !event.ctrlKey && !event.altKey) {
      const head = clamp(target);
      setRange({ anchor: event.shiftKey ? (range?.anchor ?? at) : head, head });
    } else if (event.key === "Enter" && range) narrow();
    else if (event.key === "Escape" && range) setRange(null);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  const chosen = buckets.slice(low, high + 1);
  const spanText = formatSpan(start + low * bucketMs, start + (high + 1) * bucketMs, bucketMs, now);
  const text = `${spanText}: ${describeBuckets(chosen, timeline.sampled)}`;
  return (
    <div className="relative">
      <div
        ref={area}
        role="slider"
        tabIndex={0}
        aria-label="Span of time"
        aria-description="Left and right move, Shift extends, Enter shows that span alone"
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={range?.head ?? clamp(buckets.length - 1)}
        aria-valuetext={range ? text : undefined}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onPointerUp}
        onPointerCancel={() => {
          setDragging(false);
          setRange(null);
        }}
        onPointerLeave={() => !dragging && setRange(null)}
        onKeyDown={onKeyDown}
        onBlur={() => setRange(null)}
        className="relative cursor-crosshair touch-pan-y select-none border-b border-line-strong"
        style={{ height: HEIGHT + 1 }}
      >
        {width > 0 && <Bars buckets={buckets} slots={slots} width={width} height={HEIGHT} />}
        {range && (
          <div
            className="pointer-events-none absolute inset-y-0 bg-accent/15 outline outline-accent"
            style={{
              left: `${(low / slots) * 100}%`,
              width: `${((high - low + 1) / slots) * 100}%`,
            }}
          />
        )}
      </div>
      {range && <Tip text={text} place={(low + high + 1) / 2 / slots} />}
    </div>
  );
}

/** Below the bars, as near to its place as there is room. */
function Tip({ text, place }: { text: string; place: number }) {
  return (
    <div
      aria-hidden
      className="pointer-events-none absolute inset-x-0 top-full z-20 flex pt-1"
      style={{ justifyContent: place < 0.34 ? "start" : place > 0.66 ? "end" : "center" }}
    >
      <span className="max-w-full rounded border border-line-strong bg-canvas px-2 py-0.5 text-xs">
        {text}
      </span>
    </div>
  );
}
