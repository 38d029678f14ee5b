import type { Query } from "./search/query.ts";
import type { CapturePoint } from "./store/search-captures.ts";
import type { Store } from "./store/store.ts";

type PointsStore = Pick<Store, "searchPoints">;

/** Matches of one request to the search thread. */
const PAGE = 10_000;

export type PointsSearch = {
  binId: string;
  query: Query;
  /** In milliseconds: what `after:10m` counts from. */
  now: number;
  /** Numbers, both included. */
  first?: number;
  last: number;
};

/** What relative times count from, in milliseconds. */
export function momentOf(asOf: string | undefined): number {
  return asOf === undefined ? Date.now() : Date.parse(asOf);
}

/**
 * All matches, newest first, a page at a time, with the number down to which was searched: null when
 * nothing is left to search.
 */
async function* pagesOfPoints(
  store: PointsStore,
  { last, ...search }: PointsSearch,
  limit: number = PAGE,
) {
  for (let before: number | null = last + 1; before !== null; ) {
    const page: { points: CapturePoint[]; next: number | null } = await store.searchPoints({
      ...search,
      limit,
      before,
    });
    yield page;
    before = page.next;
  }
}

/**
 * The matches that are found until the budget is spent, newest first. `searchedFrom` is null when
 * these are all, else nothing older than that was looked at.
 */
export async function findPoints(
  store: PointsStore,
  search: PointsSearch,
  { budgetMs, max, page: pageSize }: { budgetMs: number; max: number; page?: number },
): Promise<{ points: CapturePoint[]; searchedFrom: number | null }> {
  const end = performance.now() + budgetMs;
  const points: CapturePoint[] = [];
  for await (const page of pagesOfPoints(store, search, pageSize)) {
    for (const point of page.points) points.push(point);
    const isEnough = points.length >= max || performance.now() > end;
    if (isEnough && page.next !== null) return { points, searchedFrom: page.next };
  }
  return { points, searchedFrom: null };
}

/** How many there are; with `next`, from there down they are not counted. */
export async function countFound(
  store: PointsStore,
  search: PointsSearch,
  { budgetMs, page }: { budgetMs: number; page?: number },
): Promise<{ count: number; next: number | null }> {
  const end = performance.now() + budgetMs;
  let count = 0;
  for await (const { points, next } of pagesOfPoints(store, search, page)) {
    count += points.length;
    if (next !== null && performance.now() > end) return { count, next: next - 1 };
  }
  return { count, next: null };
}

/** Their numbers, newest first, which is all that is kept of each; about `max` at most. */
export async function seqsFound(
  store: PointsStore,
  search: PointsSearch,
  max: number = Number.POSITIVE_INFINITY,
): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { points } of pagesOfPoints(store, search)) {
    for (const { seq } of points) seqs.push(seq);
    if (seqs.length > max) break;
  }
  return seqs;
}
