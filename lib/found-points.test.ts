import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { countFound, findPoints, seqsFound } from "./found-points.ts";
import { readQuery } from "./read-query.ts";
import { newDatabaseUrl, PROVIDERS } from "./testing/databases.ts";
import { newCapture, openTestStore, type TestStore } from "./testing/store.ts";

describe.each(PROVIDERS)("what is found a page at a time, on %s", (provider) => {
  let store: TestStore;
  let binId: string;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
    binId = await store.newBin();
    const paths = Array.from({ length: 25 }, (_, i) => (i % 5 === 4 ? "/fifth" : "/other"));
    await store.append(paths.map((path) => newCapture(binId, { path })));
  });
  afterAll(() => store.close());

  const search = (q: string, last = 25, first?: number) => ({
    binId,
    query: readQuery(q),
    now: Date.now(),
    first,
    last,
  });

  test("is all of it, newest first, from one number to another", async () => {
    expect(await seqsFound(store, search("path:/fifth"))).toEqual([25, 20, 15, 10, 5]);
    expect(await seqsFound(store, search("path:/fifth", 20))).toEqual([20, 15, 10, 5]);
    const all = { budgetMs: 60_000, max: 100, page: 2 };
    const { points, searchedFrom } = await findPoints(store, search("path:/fifth", 24, 10), all);
    expect([points.map(({ seq }) => seq), searchedFrom]).toEqual([[20, 15, 10], null]);
  });

  test("ends where time or room does, and says where", async () => {
    for (const limits of [
      { budgetMs: -1, max: 100, page: 2 },
      { budgetMs: 60_000, max: 2, page: 2 },
    ]) {
      const { points, searchedFrom } = await findPoints(store, search("path:/fifth"), limits);
      expect([points.map(({ seq }) => seq), searchedFrom]).toEqual([[25, 20], 20]);
    }
  });

  test("is counted in steps that add up", async () => {
    const counts: number[] = [];
    for (let last: number | null = 25; last !== null; ) {
      const counted: Awaited<ReturnType<typeof countFound>> = await countFound(
        store,
        search("path:/fifth", last),
        { budgetMs: -1, page: 2 },
      );
      counts.push(counted.count);
      last = counted.next;
    }
    expect(counts).toEqual([2, 2, 1]);
  });
});
