import { diffArrays } from "diff";

/** Indexes that belong together; -1 where the other side has nothing. */
export type Alignment = { pairs: [left: number, right: number][]; exhausted: boolean };

/** Edits after which two sequences count as having nothing to do with each other. */
const MAX_EDITS = 4_000;
const TIME_MS = 2_000;
/** So many comparisons may it take to find which changed items resemble each other. */
const MAX_RESEMBLANCES = 2_500;
/** What resembles less is something else. */
const LEAST_RESEMBLANCE = 0.3;

type AlignOptions = {
  /** From 0, nothing in common, to 1. Left out: changed items are paired in their order. */
  resemblance?: (left: number, right: number) => number;
};

/**
 * Aligns two sequences by equal items, and pairs what changed between them. Every index occurs
 * once, in order. `exhausted`: the shortest way was not found in time; what is given is a longer one.
 */
export function align<Item>(
  left: readonly Item[],
  right: readonly Item[],
  options: AlignOptions = {},
): Alignment {
  const most = Math.min(left.length, right.length);
  let prefix = 0;
  while (prefix < most && left[prefix] === right[prefix]) prefix += 1;
  let suffix = 0;
  while (
    suffix < most - prefix &&
    left[left.length - 1 - suffix] === right[right.length - 1 - suffix]
  ) {
    suffix += 1;
  }
  const pairs: [number, number][] = [];
  for (let i = 0; i < prefix; i += 1) pairs.push([i, i]);

  const leftMiddle = left.slice(prefix, left.length - suffix);
  const rightMiddle = right.slice(prefix, right.length - suffix);
  const isOneSided = leftMiddle.length === 0 || rightMiddle.length === 0;
  const changes = isOneSided
    ? undefined
    : diffArrays(leftMiddle, rightMiddle, { maxEditLength: MAX_EDITS, timeout: TIME_MS });
  const gap = { left: prefix, right: prefix, lefts: 0, rights: 0 };
  const closeGap = () => {
    for (const pair of pairGap(gap, options)) pairs.push(pair);
    gap.left += gap.lefts;
    gap.right += gap.rights;
    gap.lefts = 0;
    gap.rights = 0;
  };
  if (changes === undefined) {
    gap.lefts = leftMiddle.length;
    gap.rights = rightMiddle.length;
  }
  for (const { added, removed, count } of changes ?? []) {
    if (removed) gap.lefts += count;
    else if (added) gap.rights += count;
    else {
      closeGap();
      for (let i = 0; i < count; i += 1) pairs.push([gap.left + i, gap.right + i]);
      gap.left += count;
      gap.right += count;
    }
  }
  closeGap();
  for (let i = suffix; i > 0; i -= 1) pairs.push([left.length - i, right.length - i]);
  return { pairs, exhausted: changes === undefined && !isOneSided };
}

type Gap = { left: number; right: number; lefts: number; rights: number };

function pairGap(gap: Gap, { resemblance }: AlignOptions): [number, number][] {
  const { left, right, lefts, rights } = gap;
  const isSmall = lefts * rights <= MAX_RESEMBLANCES;
  if (resemblance && isSmall && lefts > 0 && rights > 0) return pairAlike(gap, resemblance);
  const both = Math.min(lefts, rights);
  const pairs: [number, number][] = [];
  for (let i = 0; i < both; i += 1) pairs.push([left + i, right + i]);
  for (let i = both; i < lefts; i += 1) pairs.push([left + i, -1]);
  for (let i = both; i < rights; i += 1) pairs.push([-1, right + i]);
  return pairs;
}

/** The pairs, in order, that resemble each other most altogether. */
function pairAlike(
  { left, right, lefts, rights }: Gap,
  resemblance: (left: number, right: number) => number,
): [number, number][] {
  const width = rights + 1;
  const best = new Float64Array((lefts + 1) * width);
  const scores = new Float64Array(lefts * rights);
  for (let i = lefts - 1; i >= 0; i -= 1) {
    for (let j = rights - 1; j >= 0; j -= 1) {
      const score = resemblance(left + i, right + j);
      scores[i * rights + j] = score;
      const paired = score < LEAST_RESEMBLANCE ? 0 : score + best[(i + 1) * width + j + 1]!;
      best[i * width + j] = Math.max(paired, best[(i + 1) * width + j]!, best[i * width + j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  let i = 0;
  let j = 0;
  while (i < lefts && j < rights) {
    const score = scores[i * rights + j]!;
    const here = best[i * width + j]!;
    if (score >= LEAST_RESEMBLANCE && here === score + best[(i + 1) * width + j + 1]!) {
      pairs.push([left + i++, right + j++]);
    } else if (here === best[(i + 1) * width + j]!) pairs.push([left + i++, -1]);
    else pairs.push([-1, right + j++]);
  }
  while (i < lefts) pairs.push([left + i++, -1]);
  while (j < rights) pairs.push([-1, right + j++]);
  return pairs;
}
