import { cn } from "#components/ui/cn.ts";
import { LongExact } from "#components/ui/long-exact.tsx";
import type { Segment } from "#lib/compare/mark-changes.ts";

type SegmentsProps = { segments: readonly Segment[]; side: "left" | "right" };

/** A text with what differs marked: by an underline too, because colours are not for everybody. */
export function Segments({ segments, side }: SegmentsProps) {
  return segments.map(({ text, changed }, index) =>
    changed ? (
      <mark
        // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes
        key={index}
        className={cn(
          "rounded-xs text-ink underline decoration-1 underline-offset-2",
          side === "left" ? "bg-red-line decoration-red" : "bg-green-line decoration-green",
        )}
      >
        <LongExact text={text} />
      </mark>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes
      <LongExact key={index} text={text} />
    ),
  );
}
