import { align } from "./align.ts";

/** Indexes that belong together; -1 where the other side has nothing of that name. */
export type NamePair = [left: number, right: number];

/**
 * Brings together what has the same name, in whatever order; of several with one name first those
 * with equal values. In the left side's order, with what only the right side has after what it
 * follows there.
 */
export function matchNames<Value>(
  left: readonly { name: string; value: Value }[],
  right: readonly { name: string; value: Value }[],
): NamePair[] {
  const leftOf = indexesByName(left);
  const rightOf = indexesByName(right);
  const partner = new Int32Array(left.length).fill(-1);
  const taken = new Uint8Array(right.length);
  for (const [name, lefts] of leftOf) {
    const rights = rightOf.get(name);
    if (!rights) continue;
    const { pairs } = align(
      lefts.map((i) => left[i]!.value),
      rights.map((i) => right[i]!.value),
    );
    for (const [l, r] of pairs) {
      if (l === -1 || r === -1) continue;
      partner[lefts[l]!] = rights[r]!;
      taken[rights[r]!] = 1;
    }
  }
  // What only the right side has stands after the one that it follows on the right.
  const following = new Map<number, number[]>();
  let anchor = -1;
  for (let r = 0; r < right.length; r += 1) {
    if (taken[r]) anchor = r;
    else pushTo(following, anchor, r);
  }
  const added = (r: number) => (following.get(r) ?? []).map((i): NamePair => [-1, i]);
  const matched = left.flatMap((_, l): NamePair[] => {
    const r = partner[l]!;
    return [[l, r], ...(r === -1 ? [] : added(r))];
  });
  return [...added(-1), ...matched];
}

function indexesByName(entries: readonly { name: string }[]): Map<string, number[]> {
  const indexes = new Map<string, number[]>();
  for (const [i, { name }] of entries.entries()) pushTo(indexes, name, i);
  return indexes;
}

function pushTo<Key>(lists: Map<Key, number[]>, key: Key, value: number): void {
  const known = lists.get(key);
  if (known) known.push(value);
  else lists.set(key, [value]);
}

/** The right indexes that had to change places: the fewest that explain the new order. */
export function movedIndexes(pairs: readonly NamePair[]): Set<number> {
  const rights = pairs.filter(([l, r]) => l !== -1 && r !== -1).map(([, r]) => r);
  // The longest increasing run, by patience sorting.
  const tails: number[] = [];
  const before = new Int32Array(rights.length).fill(-1);
  rights.forEach((value, i) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (rights[tails[middle]!]! < value) low = middle + 1;
      else high = middle;
    }
    before[i] = low > 0 ? tails[low - 1]! : -1;
    tails[low] = i;
  });
  const stayed = new Set<number>();
  for (let i = tails.at(-1) ?? -1; i !== -1; i = before[i]!) stayed.add(rights[i]!);
  return new Set(rights.filter((value) => !stayed.has(value)));
}
