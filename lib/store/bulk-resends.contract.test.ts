import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { BulkOutcome } from "../contract/bulk-resend.ts";
import { BULK_RESEND_LIMITS } from "../contract/limits.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCaptures, openTestStore, type TestStore, upTo } from "../testing/store.ts";
import type { NewBulkResend } from "./bulk-resends.ts";
import type { DeliveryResult } from "./records.ts";

const RESULT: DeliveryResult = { redirects: [], response: null, timings: null, error: null };
const ALL = ["succeeded", "other", "failed"] as BulkOutcome[];

const newBulk = (binId: string, seqs: number[]): NewBulkResend => ({
  id: randomUUID(),
  binId,
  url: "http://127.0.0.1/é",
  path: "keep",
  gaps: "10x",
  ratePerSecond: 7,
  concurrency: 3,
  timeoutMs: 1_000,
  followRedirects: true,
  query: "method:POST",
  startedAt: new Date("2026-11-21T12:00:00.123Z"),
  seqs,
});

describe.each(PROVIDERS)("bulk resends on %s", (provider) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(async () => {
    await store.close();
    expect(store.errors).toEqual([]);
  });

  const newBin = async (count: number) => {
    const binId = await store.newBin();
    const captures = newCaptures(binId, count);
    await store.append(captures);
    return { binId, ids: captures.map(({ id }) => id) };
  };
  const create = async (binId: string, count: number) => {
    const bulk = newBulk(binId, upTo(count));
    await store.write("createBulkResend", bulk);
    return bulk.id;
  };
  const begin = async (bulkId: string, index: number, captureId: string) => {
    const delivery = {
      id: randomUUID(),
      captureId,
      method: "POST",
      url: "http://a/",
      startedAt: new Date(),
      request: { headers: [], bodySize: 0, edited: false, notCarried: [] },
    };
    await store.write("createDelivery", { ...delivery, bulk: { id: bulkId, index } });
    return {
      ...delivery,
      finish: (outcome: BulkOutcome | null) =>
        store.write("finishDelivery", delivery.id, {
          state: "succeeded",
          request: delivery.request,
          result: RESULT,
          body: null,
          countedBy: outcome ? { id: bulkId, index, outcome } : undefined,
        }),
    };
  };
  const progress = async (id: string) => {
    const found = (await store.findBulkResend(id))!;
    const { position, succeeded, other, failed, skipped } = found;
    return { position, ahead: found.ahead.sort(), counts: [succeeded, other, failed, skipped] };
  };

  test("a new one runs, has all that was given, and its captures in their order", async () => {
    const { binId } = await newBin(1);
    const bulk = newBulk(binId, [3, 5, 900]);
    const created = await store.write("createBulkResend", bulk);
    const { seqs, ...given } = bulk;
    const counts = { total: 3, succeeded: 0, other: 0, failed: 0, skipped: 0 };
    const expected = {
      ...given,
      ...counts,
      state: "running",
      endedAt: null,
      position: 0,
      ahead: [],
    };
    expect(created).toEqual(expected);
    expect(await store.findBulkResend(bulk.id)).toEqual(expected);
    expect(await store.seqsOfBulkResend(bulk.id)).toEqual(seqs);
    expect(await store.runningBulkResends()).toContainEqual(expected);
    expect(await store.findBulkResend(randomUUID())).toBeNull();
    expect(await store.seqsOfBulkResend(randomUUID())).toBeNull();
  });

  test("what ended is counted with its delivery, and the position moves up to what has not", async () => {
    const { binId, ids } = await newBin(5);
    const id = await create(binId, 5);
    const begun = await Promise.all(ids.map((captureId, index) => begin(id, index, captureId)));
    await begun[1]!.finish("other");
    await begun[3]!.finish("failed");
    expect(await progress(id)).toEqual({ position: 0, ahead: [1, 3], counts: [0, 1, 1, 0] });
    await begun[0]!.finish("succeeded");
    expect(await progress(id)).toEqual({ position: 2, ahead: [3], counts: [1, 1, 1, 0] });
    await store.write("skipBulkCaptures", id, [2, 4]);
    expect(await progress(id)).toEqual({ position: 5, ahead: [], counts: [1, 1, 1, 2] });
    expect(await store.indexesOfBulk(id, ["other", "failed"])).toEqual([1, 3]);
  });

  test("those that end at once are all counted, and each of them once", async () => {
    const { binId, ids } = await newBin(12);
    const id = await create(binId, 12);
    const begun = await Promise.all(ids.map((captureId, index) => begin(id, index, captureId)));
    await Promise.all(begun.flatMap(({ finish }) => [finish("succeeded"), finish("succeeded")]));
    await store.write("skipBulkCaptures", id, [3]);
    expect(await progress(id)).toEqual({ position: 12, ahead: [], counts: [12, 0, 0, 0] });
  });

  test("one that was interrupted is not counted and not listed; sent again, it is once", async () => {
    const { binId, ids } = await newBin(1);
    const id = await create(binId, 1);
    await (await begin(id, 0, ids[0]!)).finish(null);
    await begin(id, 0, ids[0]!);
    await store.write("failPendingDeliveries", RESULT);
    expect(await progress(id)).toEqual({ position: 0, ahead: [], counts: [0, 0, 0, 0] });
    expect(await store.deliveriesOfBulk(id, { outcomes: ALL, limit: 10 })).toEqual([]);
    const { finish, id: deliveryId } = await begin(id, 0, ids[0]!);
    await finish("failed");
    const listed = await store.deliveriesOfBulk(id, { outcomes: ALL, limit: 10 });
    expect(listed.map((delivery) => delivery.id)).toEqual([deliveryId]);
  });

  test("one whose capture went away meanwhile is counted all the same", async () => {
    const { binId, ids } = await newBin(1);
    const id = await create(binId, 1);
    const { finish } = await begin(id, 0, ids[0]!);
    await store.write("deleteCapture", ids[0]!);
    expect(await finish("succeeded")).toBe(false);
    expect(await progress(id)).toEqual({ position: 1, ahead: [], counts: [1, 0, 0, 0] });
  });

  test("its deliveries are listed by outcome, in order, a page at a time", async () => {
    const { binId, ids } = await newBin(4);
    const id = await create(binId, 4);
    const outcomes = ["failed", "succeeded", "other", "failed"] as const;
    for (const index of [2, 3, 0, 1]) {
      await (await begin(id, index, ids[index]!)).finish(outcomes[index]!);
    }
    const list = async (query: { outcomes: BulkOutcome[]; limit: number; after?: number }) =>
      (await store.deliveriesOfBulk(id, query)).map(({ index, seq }) => [index, seq]);
    expect(await list({ outcomes: ALL, limit: 3 })).toEqual([
      [0, 1],
      [1, 2],
      [2, 3],
    ]);
    expect(await list({ outcomes: ["failed"], limit: 9, after: 0 })).toEqual([[3, 4]]);
    const [first] = await store.deliveriesOfBulk(id, { outcomes: ["failed"], limit: 1 });
    expect(first).toMatchObject({ captureId: ids[0], outcome: "failed", result: RESULT });
  });

  test("a state changes only from those that are named", async () => {
    const { binId } = await newBin(0);
    const id = await create(binId, 2);
    const endedAt = new Date("2026-11-21T13:00:00Z");
    const set = (from: "running" | "paused", to: "paused" | "cancelled") =>
      store.write("setBulkState", id, {
        from: [from],
        to,
        endedAt: to === "paused" ? null : endedAt,
      });
    expect(await set("paused", "cancelled")).toBe(false);
    expect(await set("running", "paused")).toBe(true);
    expect((await store.runningBulkResends()).map((bulk) => bulk.id)).not.toContain(id);
    expect(await set("paused", "cancelled")).toBe(true);
    expect(await store.findBulkResend(id)).toMatchObject({ state: "cancelled", endedAt });
  });

  test("a bin has so many that have not ended, and keeps so many that have", async () => {
    const { binId } = await newBin(0);
    const tries = upTo(BULK_RESEND_LIMITS.active + 3).map(() => newBulk(binId, [1]));
    const made = await Promise.all(tries.map((bulk) => store.write("createBulkResend", bulk)));
    expect(made.filter(Boolean)).toHaveLength(BULK_RESEND_LIMITS.active);
    const endedAt = new Date();
    for (const n of upTo(BULK_RESEND_LIMITS.kept + 6)) {
      const [oldest] = (await store.runningBulkResends()).filter((bulk) => bulk.binId === binId);
      await store.write("setBulkState", oldest!.id, { from: ["running"], to: "done", endedAt });
      const startedAt = new Date(Date.parse("2026-11-22T00:00:00Z") + n);
      await store.write("createBulkResend", { ...newBulk(binId, [1]), startedAt });
    }
    const all = await store.bulkResendsOf(binId);
    const ended = all.filter(({ state }) => state === "done");
    expect([all.length - ended.length, ended.length]).toEqual([
      BULK_RESEND_LIMITS.active,
      BULK_RESEND_LIMITS.kept,
    ]);
    expect(all.map(({ startedAt }) => +startedAt)).toEqual(
      all.map(({ startedAt }) => +startedAt).sort((a, b) => b - a),
    );
  });

  test("it goes with its bin", async () => {
    const { binId } = await newBin(3);
    const id = await create(binId, 3);
    await store.write("deleteBin", binId, new Date());
    await expect.poll(() => store.findBulkResend(id)).toBeNull();
    expect(await store.seqsOfBulkResend(id)).toBeNull();
  });

  describe("the captures that it may send", () => {
    test("are those of the bin that readers see", async () => {
      const { binId, ids } = await newBin(6);
      const other = await newBin(1);
      await store.write("clearBinForNow", {
        id: randomUUID(),
        binId: other.binId,
        undo: "undo",
        expiresAt: new Date(Date.now() + 60_000),
      });
      const deletion = {
        id: randomUUID(),
        binId,
        undo: "undo",
        expiresAt: new Date(Date.now() + 60_000),
      };
      await store.write("deleteCaptures", deletion, [ids[1]!]);
      expect(await store.seqsOfBin(binId, 10)).toEqual([1, 3, 4, 5, 6]);
      expect(await store.seqsOfBin(binId, 2)).toEqual([1, 3]);
      const named = await store.seqsOfIds(binId, [ids[5]!, ids[1]!, ids[0]!, ...other.ids]);
      expect(named.sort()).toEqual([1, 6]);
      const found = await store.capturesOfSeqs(binId, [6, 2, 1, 99, -2]);
      expect(found.map(({ seq, id }) => [seq, id])).toEqual([
        [1, ids[0]],
        [6, ids[5]],
      ]);
      expect(await store.seqsOfBin(other.binId, 10)).toEqual([]);
      expect(await store.seqsOfIds(other.binId, other.ids)).toEqual([]);
      expect(await store.capturesOfSeqs(other.binId, [1])).toEqual([]);
      await store.write("deleteBin", binId, new Date());
      expect(await store.seqsOfBin(binId, 10)).toEqual([]);
    });
  });
});
