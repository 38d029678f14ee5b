import { type Outline, opens, parentOf } from "./outline.ts";

/** Which rows are to be seen while some are folded. All numbers; made anew at each change. */
export type Folding = {
  folded: ReadonlySet<number>;
  /** How many rows are to be seen. */
  count: number;
  /** The outermost folded rows, in order, … */
  tops: Uint32Array;
  /** … and how many rows are hidden up to and with each. */
  hidden: Uint32Array;
};

export function foldRows(outline: Outline, folded: ReadonlySet<number>): Folding {
  const sorted = Uint32Array.from(folded).sort();
  const tops = new Uint32Array(sorted.length);
  const hidden = new Uint32Array(sorted.length);
  let count = 0;
  let total = 0;
  let end = -1;
  for (const row of sorted) {
    if (row <= end) continue;
    end = outline.partner[row]!;
    total += end - row;
    tops[count] = row;
    hidden[count] = total;
    count += 1;
  }
  return {
    folded,
    count: outline.length - total,
    tops: tops.subarray(0, count),
    hidden: hidden.subarray(0, count),
  };
}

/** The row at a place on the screen. */
export function rowOf({ tops, hidden }: Folding, place: number): number {
  // How many folded rows come before: those whose own place is before this one.
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const placeOfTop = tops[middle]! - (middle === 0 ? 0 : hidden[middle - 1]!);
    if (placeOfTop < place) low = middle + 1;
    else high = middle;
  }
  return place + (low === 0 ? 0 : hidden[low - 1]!);
}

/** Where a row is on the screen; for one that is hidden, where the row that hides it is. */
export function placeOf({ tops, hidden }: Folding, outline: Outline, row: number): number {
  let low = 0;
  let high = tops.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (tops[middle]! < row) low = middle + 1;
    else high = middle;
  }
  const before = low === 0 ? 0 : hidden[low - 1]!;
  const top = low === 0 ? -1 : tops[low - 1]!;
  if (top >= 0 && row <= outline.partner[top]!) {
    return top - (low === 1 ? 0 : hidden[low - 2]!);
  }
  return row - before;
}

/** Everything from this depth on. */
export function foldedFrom(outline: Outline, depth: number): Set<number> {
  const folded = new Set<number>();
  for (let row = 0; row < outline.length; row += 1) {
    if (!opens(outline, row) || outline.depth[row]! < depth) continue;
    folded.add(row);
    // What is inside is hidden anyhow, and opens with it.
    row = outline.partner[row]!;
  }
  return folded;
}

/** Without what hides a row. */
export function revealed(outline: Outline, folded: ReadonlySet<number>, row: number): Set<number> {
  const next = new Set(folded);
  for (let up = parentOf(outline, row); up !== null; up = parentOf(outline, up)) next.delete(up);
  return next;
}
