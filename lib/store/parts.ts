/** One transaction takes at most this many captures, so that new ones never wait for a whole bin. */
const PART_MAX = 500;

/** `ids` in pieces of what one write may take, each id once. */
export function partsOf(ids: readonly string[]): string[][] {
  const unique = [...new Set(ids)];
  const parts = Math.ceil(unique.length / PART_MAX);
  return Array.from({ length: parts }, (_, i) => unique.slice(i * PART_MAX, (i + 1) * PART_MAX));
}
