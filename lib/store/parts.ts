/** One transaction takes at most this many captures, so that new ones never wait for a whole bin. */
const PART_MAX = 500;

/** Ids or numbers in pieces of what one write may take, each once. */
export function partsOf<Id extends string | number>(ids: readonly Id[]): Id[][] {
  const unique = [...new Set(ids)];
  const parts = Math.ceil(unique.length / PART_MAX);
  return Array.from({ length: parts }, (_, i) => unique.slice(i * PART_MAX, (i + 1) * PART_MAX));
}
