import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { TimelineBucket } from "../contract/timeline.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCapture, openTestStore, type TestStore } from "../testing/store.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { countPoints, timelineOf } from "./timeline.ts";

const START = Date.parse("2026-03-29T00:59:00Z");
const at = (seconds: number) => new Date(START + seconds * 1_000);

const sum = ({ problem, delete: deleted, write, read, other }: TimelineBucket) =>
  problem + deleted + write + read + other;
const sums = (buckets: readonly TimelineBucket[]) => buckets.map(sum);

describe.each(PROVIDERS)("the timeline on %s", (provider) => {
  let store: TestStore;
  let db: PrismaClient;

  beforeAll(async () => {
    const url = await newDatabaseUrl(provider);
    store = await openTestStore(url);
    db = await connect(parseDatabaseUrl(url), { role: "reader" });
  });
  afterAll(async () => {
    await db.$disconnect();
    await store.close();
  });

  async function binWith(
    seconds: readonly number[],
    change: Parameters<typeof newCapture>[1] = {},
  ) {
    const binId = await store.newBin();
    for (let i = 0; i < seconds.length; i += 500) {
      await store.append(
        seconds
          .slice(i, i + 500)
          .map((second) => newCapture(binId, { receivedAt: at(second).toISOString(), ...change })),
      );
    }
    return binId;
  }

  test("counts every capture once, in the second that it came", async () => {
    const binId = await binWith([0, 0.999, 1, 5]);
    expect(await store.timelineOf(binId, { buckets: 10 })).toMatchObject({
      from: at(0).toISOString(),
      bucketMs: 1_000,
      seq: 4,
      sampled: false,
    });
    const { buckets } = await store.timelineOf(binId, { buckets: 10 });
    expect(sums(buckets)).toEqual([2, 1, 0, 0, 0, 1]);
  });

  test("tells captures apart by what was wrong with them, else by method", async () => {
    const binId = await store.newBin();
    const of = (method: string, problem: "aborted" | null = null) =>
      newCapture(binId, { method, problem, receivedAt: at(0).toISOString() });
    await store.append([
      ...["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "PURGE", "get"].map((m) =>
        of(m),
      ),
      of("POST", "aborted"),
    ]);
    const { buckets } = await store.timelineOf(binId, { buckets: 10 });
    expect(buckets).toEqual([{ problem: 1, delete: 1, write: 3, read: 3, other: 2 }]);
  });

  test("knows nothing of what was deleted, cleared, or never there", async () => {
    const binId = await binWith([0, 1, 2]);
    const [first] = await store.all(binId);
    await store.write("deleteCapture", first!.id);
    expect(sums((await store.timelineOf(binId, { buckets: 9 })).buckets)).toEqual([1, 1]);
    await store.write("clearBin", binId);
    expect(await store.timelineOf(binId, { buckets: 9 })).toMatchObject({ buckets: [], seq: 3 });
    await store.append([newCapture(binId, { receivedAt: at(9).toISOString() })]);
    expect(sums((await store.timelineOf(binId, { buckets: 9 })).buckets)).toEqual([1]);
    expect((await store.timelineOf("nowhere", { buckets: 9 })).buckets).toEqual([]);
  });

  test("counts a span from its first moment to before its last, whatever order they were stored in", async () => {
    const binId = await binWith([0, 30, 10, 20, 29.999, 40]);
    const range = { from: at(10), to: at(30), buckets: 4 };
    expect(await store.timelineOf(binId, range)).toMatchObject({
      from: at(10).toISOString(),
      bucketMs: 5_000,
    });
    expect(sums((await store.timelineOf(binId, range)).buckets)).toEqual([1, 0, 1, 1]);
    expect(sums((await store.timelineOf(binId, { from: at(25), buckets: 1 })).buckets)).toEqual([
      3,
    ]);
    expect(sums((await store.timelineOf(binId, { to: at(25), buckets: 1 })).buckets)).toEqual([3]);
  });

  test("finds a short span among many", async () => {
    const binId = await binWith(Array.from({ length: 3_000 }, (_, i) => i));
    const range = { from: at(1_500), to: at(1_510), buckets: 10 };
    expect(sums((await store.timelineOf(binId, range)).buckets)).toEqual(Array(10).fill(1));
  });

  test("of too many looks at some, and gives the same picture", async () => {
    const binId = await binWith(Array.from({ length: 6_000 }, (_, i) => Math.floor(i / 2)));
    const timeline = await timelineOf(
      db,
      binId,
      { buckets: 10 },
      { exactMax: 5_000, samples: 600 },
    );
    expect(timeline.sampled).toBe(true);
    const exact = await store.timelineOf(binId, { buckets: 10 });
    expect(exact.sampled).toBe(false);
    expect(timeline.buckets).toHaveLength(exact.buckets.length);
    for (const [i, bucket] of timeline.buckets.entries()) {
      expect(Math.abs(sum(bucket) - sum(exact.buckets[i]!))).toBeLessThanOrEqual(20);
    }
  });
});

describe("buckets", () => {
  const read = (seconds: number) => ({ at: +at(seconds), kind: "read" as const });

  test.each([
    [0, 60, 1_000],
    [61, 60, 2_000],
    [24 * 3600, 60, 30 * 60_000],
    [400 * 24 * 3600, 60, 10 * 24 * 3600_000],
    [9_000 * 24 * 3600, 2, 8_000 * 24 * 3600_000],
  ])("of %d seconds in %d are %d ms long", (seconds, buckets, bucketMs) => {
    const counted = countPoints([read(0), read(seconds)], { buckets });
    expect(counted.bucketMs).toBe(bucketMs);
    expect(counted.buckets.length).toBeLessThanOrEqual(buckets);
    expect(Date.parse(counted.from) % bucketMs).toBe(0);
    expect(sums(counted.buckets).reduce((a, b) => a + b)).toBe(2);
  });

  test("of a short span that was asked for are shorter than a second", () => {
    const range = { from: at(0), to: at(1), buckets: 20 };
    expect(countPoints([read(0.5)], range)).toMatchObject({ bucketMs: 50 });
  });

  test("of a span that nothing came in are all empty", () => {
    const { buckets } = countPoints([], { from: at(0), to: at(10), buckets: 10 });
    expect(sums(buckets)).toEqual(Array(10).fill(0));
  });
});
