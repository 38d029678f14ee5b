export type HexRow = { offset: number; left: number[]; right: number[] };

export type BytesComparison = {
  /** Offset of the first byte that differs, or where the shorter one ends. */
  first: number;
  /** Bytes at the same offset that differ, and those that only the longer one has. */
  differing: number;
  /** Sixteen bytes each, around the first difference. */
  rows: HexRow[];
};

const ROW = 16;
const ROWS_BEFORE = 2;
const ROWS_AFTER = 12;

/** Compares offset by offset; null where all bytes are the same. */
export function compareBytes(left: Uint8Array, right: Uint8Array): BytesComparison | null {
  const both = Math.min(left.length, right.length);
  const most = Math.max(left.length, right.length);
  let first = -1;
  let differing = most - both;
  for (let i = 0; i < both; i += 1) {
    if (left[i] === right[i]) continue;
    if (first === -1) first = i;
    differing += 1;
  }
  if (differing === 0) return null;
  if (first === -1) first = both;
  const middle = Math.floor(first / ROW);
  const rows: HexRow[] = [];
  for (let row = Math.max(0, middle - ROWS_BEFORE); row <= middle + ROWS_AFTER; row += 1) {
    const offset = row * ROW;
    if (offset >= most) break;
    const slice = (bytes: Uint8Array) => Array.from(bytes.subarray(offset, offset + ROW));
    rows.push({ offset, left: slice(left), right: slice(right) });
  }
  return { first, differing, rows };
}
