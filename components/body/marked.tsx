import { Exact } from "#components/ui/exact.tsx";

/** Begin and end of what is marked, in order, by position in the whole text. */
export type MarkedRanges = { ranges: Uint32Array; current: number } | null;

type MarkedProps = {
  text: string;
  /** The stretch to show. */
  from: number;
  to: number;
  marks: MarkedRanges;
};

/** A stretch of a text as it was sent, with what was searched for marked. */
export function Marked({ text, from, to, marks }: MarkedProps) {
  if (!marks || marks.ranges.length === 0) return <Exact text={text.slice(from, to)} />;
  const { ranges, current } = marks;
  const parts = [];
  let at = from;
  for (let index = firstEndingAfter(ranges, from); index < ranges.length / 2; index += 1) {
    const start = Math.max(from, ranges[index * 2]!);
    const end = Math.min(to, ranges[index * 2 + 1]!);
    if (start >= to) break;
    if (start > at) parts.push(<Exact key={at} text={text.slice(at, start)} />);
    parts.push(
      <mark
        key={`mark ${start}`}
        className={
          index === current
            ? "rounded-sm bg-accent text-on-accent"
            : "rounded-sm bg-amber-soft text-ink outline outline-amber-line"
        }
      >
        <Exact text={text.slice(start, end)} />
      </mark>,
    );
    at = end;
  }
  if (at < to) parts.push(<Exact key={at} text={text.slice(at, to)} />);
  return parts;
}

function firstEndingAfter(ranges: Uint32Array, position: number): number {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle * 2 + 1]! <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
