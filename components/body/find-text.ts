export type Matches = {
  /** Begin and end of each, one after the other. */
  ranges: Uint32Array<ArrayBuffer>;
  /** False where there are more than are kept. */
  complete: boolean;
};

export const MATCHES_MAX = 20_000;

/** Where a text occurs in another, in capitals or not. */
export function findText(text: string, query: string): Matches {
  if (query === "") return { ranges: new Uint32Array(), complete: true };
  const escaped = query.replace(/[.*+?^${}()|[\]\\/-]/g, "\\$&");
  const pattern = new RegExp(escaped, "gi");
  const found: number[] = [];
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    if (found.length === MATCHES_MAX * 2)
      return { ranges: Uint32Array.from(found), complete: false };
    found.push(match.index, match.index + match[0].length);
  }
  return { ranges: Uint32Array.from(found), complete: true };
}

/** The number of the first match that ends after a position. */
export function firstMatchAfter({ ranges }: Matches, position: number): number {
  let low = 0;
  let high = ranges.length / 2;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ranges[middle * 2 + 1]! <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
