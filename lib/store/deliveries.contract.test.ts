import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DELIVERIES_PER_CAPTURE_MAX } from "../contract/limits.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCapture, newCaptures, openTestStore, type TestStore, upTo } from "../testing/store.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import type { NewDelivery } from "./deliveries.ts";
import type { DeliveryResult } from "./records.ts";

const ALL = { limit: 200, maxBodyBytes: 1_000_000 };

const RESULT: DeliveryResult = {
  redirects: [{ status: 302, from: "http://a/", to: "http://b/" }],
  response: {
    status: 500,
    statusText: "Oh n\u00f6",
    httpVersion: "1.1",
    headers: [
      ["X-A", "\u00ff"],
      ["x-a", ""],
    ],
    trailers: [["Sum", "1"]],
    bodySize: 3,
    truncated: true,
  },
  timings: { dns: null, connect: 0.25, tls: null, firstByte: 12.5, total: 13 },
  error: { code: "connection_reset", message: "It's over.", phase: "body" },
};

const newDelivery = (captureId: string): NewDelivery => ({
  id: randomUUID(),
  captureId,
  method: "POST",
  url: "http://a/?b=\u00e9",
  startedAt: new Date("2026-11-21T12:00:00.123Z"),
  request: {
    headers: [["Host", "a"]],
    bodySize: 2,
    edited: true,
    notCarried: [{ name: "Host", value: "b", why: "host", sent: "a" }],
  },
});

describe.each(PROVIDERS)("deliveries on %s", (provider) => {
  let store: TestStore;
  let reader: PrismaClient;

  beforeAll(async () => {
    const url = await newDatabaseUrl(provider);
    store = await openTestStore(url);
    reader = await connect(parseDatabaseUrl(url), { role: "reader" });
  });
  afterAll(async () => {
    await reader.$disconnect();
    await store.close();
    expect(store.errors).toEqual([]);
  });

  const stored = async () => {
    const binId = await store.newBin();
    const capture = newCapture(binId);
    await store.append([capture]);
    return { binId, id: capture.id };
  };
  const begin = async (captureId: string) => {
    const delivery = newDelivery(captureId);
    const attempt = await store.write("createDelivery", delivery);
    return { ...delivery, attempt };
  };
  const rows = (captureId: string) => reader.delivery.count({ where: { captureId } });

  test("one that began is pending, and has all that is known of it", async () => {
    const { id } = await stored();
    const begun = await begin(id);
    expect(begun.attempt).toBe(1);
    const expected = { ...begun, state: "pending", result: null, ruleId: null, forwardId: null };
    expect(await store.findDelivery(begun.id)).toEqual(expected);
    expect(await store.deliveriesOf(id, ALL)).toEqual([{ ...expected, body: null }]);
    expect(await store.findDeliveryBody(begun.id)).toBeNull();
  });

  test("one that ended has its outcome and its bytes", async () => {
    const { id } = await stored();
    const begun = await begin(id);
    const body = randomBytes(1024 * 1024);
    const request = { ...begun.request, headers: [] };
    const end = { state: "succeeded" as const, request, result: RESULT, body };
    expect(await store.write("finishDelivery", begun.id, end)).toBe(true);
    expect(await store.findDelivery(begun.id)).toEqual({
      ...begun,
      request,
      state: "succeeded",
      result: RESULT,
      ruleId: null,
      forwardId: null,
    });
    expect(Buffer.from((await store.findDeliveryBody(begun.id))!).equals(body)).toBe(true);
    expect(await store.write("finishDelivery", begun.id, end)).toBe(false);
  });

  test("a list is newest first, and has the short bodies only", async () => {
    const { id } = await stored();
    for (const size of [0, 10, 11]) {
      const begun = await begin(id);
      const end = { ...begun, state: "succeeded" as const, result: RESULT };
      await store.write("finishDelivery", begun.id, { ...end, body: new Uint8Array(size) });
    }
    const listed = await store.deliveriesOf(id, { limit: 200, maxBodyBytes: 10 });
    expect(listed.map(({ attempt, body }) => [attempt, body?.byteLength ?? null])).toEqual([
      [3, null],
      [2, 10],
      [1, 0],
    ]);
    const [newest] = await store.deliveriesOf(id, { limit: 1, maxBodyBytes: 10 });
    expect(newest?.attempt).toBe(3);
  });

  test("begun at once are numbered one after another", async () => {
    const { id } = await stored();
    const begun = await Promise.all(upTo(8).map(() => begin(id)));
    expect(begun.map(({ attempt }) => attempt)).toEqual(upTo(8));
  });

  test("the oldest make room, but none that is still underway", async () => {
    const { id } = await stored();
    const underway = await begin(id);
    for (const _ of upTo(DELIVERIES_PER_CAPTURE_MAX + 3)) {
      const begun = await begin(id);
      const end = { ...begun, state: "failed" as const, result: RESULT, body: null };
      await store.write("finishDelivery", begun.id, end);
    }
    const attempts = (await store.deliveriesOf(id, ALL)).map(({ attempt }) => attempt);
    expect(attempts).toHaveLength(DELIVERIES_PER_CAPTURE_MAX + 1);
    expect(attempts.at(-1)).toBe(underway.attempt);
    expect(attempts.at(-2)).toBe(5);
  });

  test("none begins for a capture that is not there, or was deleted, even for now", async () => {
    expect((await begin(randomUUID())).attempt).toBeNull();
    const { id, binId } = await stored();
    const deletion = { id: randomUUID(), binId, undo: "undo", expiresAt: new Date() };
    await store.write("deleteCaptures", deletion, [id]);
    expect((await begin(id)).attempt).toBeNull();
  });

  test("what a stopped process left pending is failed, and stays so", async () => {
    const { id } = await stored();
    const [begun, ended] = [await begin(id), await begin(id)];
    const end = { ...ended, state: "succeeded" as const, result: RESULT, body: null };
    await store.write("finishDelivery", ended.id, end);
    const result = { ...RESULT, response: null };
    expect(await store.write("failPendingDeliveries", result)).toBeGreaterThan(0);
    expect(await store.findDelivery(begun.id)).toMatchObject({ state: "failed", result });
    expect(await store.findDelivery(ended.id)).toMatchObject({ state: "succeeded" });
    expect(await store.write("finishDelivery", begun.id, end)).toBe(false);
  });

  describe("they go with their capture", () => {
    test("when that is deleted", async () => {
      const { id } = await stored();
      await begin(id);
      await store.write("deleteCapture", id);
      expect(await rows(id)).toBe(0);
    });

    test("when its bin is cleared or deleted, and in steps when they are large", async () => {
      const binId = await store.newBin();
      const captures = newCaptures(binId, 4);
      await store.append(captures);
      for (const { id } of captures) {
        for (const _ of upTo(5)) {
          const begun = await begin(id);
          const body = new Uint8Array(1024 * 1024);
          const end = { ...begun, state: "succeeded" as const, result: RESULT, body };
          await store.write("finishDelivery", begun.id, end);
        }
      }
      await store.write("deleteBin", binId, new Date());
      for (const { id } of captures) await expect.poll(() => rows(id)).toBe(0);
      await expect.poll(() => reader.capture.count({ where: { binId } })).toBe(0);
    });
  });
});
