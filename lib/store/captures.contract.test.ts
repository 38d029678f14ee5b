import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { captureProblemSchema } from "../contract/capture.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCapture, newCaptures, openTestStore, type TestStore, upTo } from "../testing/store.ts";

describe.each(PROVIDERS)("captures on %s", (provider) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  const storedCount = async (binId: string) => (await store.findBin(binId))?.storedCount;

  describe("a capture that is read back", () => {
    test("has every value that it was stored with", async () => {
      const bin = await store.newBin();
      const latin1 = Array.from({ length: 256 }, (_, i) => String.fromCharCode(i)).join("");
      const capture = newCapture(bin, {
        receivedAt: "2026-12-31T23:59:59.999Z",
        method: "M-SEARCH",
        target: "/in/x/%2e%2e/\u00e9?a=%00&b",
        path: "/%2e%2e/\u00e9",
        query: "a=%00&b",
        httpVersion: "1.0",
        contentType: 'text/plain; x="\u00ff"',
        remoteIp: "2001:db8::1",
        tls: true,
        declaredSize: Number.MAX_SAFE_INTEGER,
        truncated: true,
        problem: "truncated",
        problemDetail: 'it\'s "too" long',
        readMs: 2_147_483_647,
        rawHeaders: ["X-Twice", "1", "x-twice", "", "", latin1, "Z", "\u2028\ud83d\ude00"],
        rawTrailers: ["Checksum", "\u00e4"],
        body: randomBytes(1000),
      });
      await store.append([capture]);
      const { rawHeaders: _, rawTrailers: __, body, ...plain } = capture;
      expect(await store.findCapture(capture.id)).toEqual({
        ...plain,
        receivedAt: new Date("2026-12-31T23:59:59.999Z"),
        seq: 1,
        bodySize: 1000,
        note: null,
        starred: false,
        headers: [
          ["X-Twice", "1"],
          ["x-twice", ""],
          ["", latin1],
          ["Z", "\u2028\ud83d\ude00"],
        ],
        trailers: [["Checksum", "\u00e4"]],
      });
      expect(Buffer.from((await store.findBody(capture.id))!).equals(body)).toBe(true);
    });

    test("tells empty from missing", async () => {
      const bin = await store.newBin();
      const empty = newCapture(bin, {
        query: "",
        contentType: "",
        remoteIp: "",
        problemDetail: "",
        declaredSize: 0,
        rawHeaders: [],
        body: new Uint8Array(0),
      });
      const missing = newCapture(bin, { query: null, contentType: null, remoteIp: null });
      await store.append([empty, missing]);
      expect(await store.findCapture(empty.id)).toMatchObject({
        query: "",
        contentType: "",
        remoteIp: "",
        problemDetail: "",
        declaredSize: 0,
        headers: [],
        bodySize: 0,
      });
      expect(await store.findBody(empty.id)).toHaveLength(0);
      expect(await store.findCapture(missing.id)).toMatchObject({
        query: null,
        contentType: null,
        remoteIp: null,
        problemDetail: null,
        declaredSize: null,
      });
    });

    test("may have any of the problems, and none", async () => {
      const bin = await store.newBin();
      const problems = [null, ...captureProblemSchema.options];
      await store.append(problems.map((problem) => newCapture(bin, { problem })));
      expect((await store.all(bin)).map(({ problem }) => problem)).toEqual(problems);
    });

    test("has its own 10 MiB, next to others of its batch", async () => {
      const bin = await store.newBin();
      const batch = [0, 10 * 1024 * 1024, 1, 3 * 1024 * 1024].map((size) =>
        newCapture(bin, { body: randomBytes(size) }),
      );
      await store.append(batch);
      for (const { id, body } of batch) {
        expect(Buffer.from((await store.findBody(id))!).equals(body)).toBe(true);
      }
    });

    test("is null when there is none of that id", async () => {
      const { id } = newCapture("x");
      expect(await store.findCapture(id)).toBeNull();
      expect(await store.findBody(id)).toBeNull();
    });
  });

  describe("a page", () => {
    const page = async (bin: string, query: { limit: number; before?: number; after?: number }) => {
      const { captures, hasMore } = await store.pageOfCaptures(bin, query);
      return { seqs: captures.map(({ seq }) => seq), hasMore };
    };

    test("is newest first, oldest first with after, and knows whether there is more", async () => {
      const bin = await store.newBin();
      await store.append(newCaptures(await store.newBin(), 5));
      await store.append(newCaptures(bin, 10));
      expect(await page(bin, { limit: 3 })).toEqual({ seqs: [10, 9, 8], hasMore: true });
      expect(await page(bin, { limit: 3, before: 8 })).toEqual({ seqs: [7, 6, 5], hasMore: true });
      expect(await page(bin, { limit: 4, before: 5 })).toEqual({
        seqs: [4, 3, 2, 1],
        hasMore: false,
      });
      expect(await page(bin, { limit: 3, before: 1 })).toEqual({ seqs: [], hasMore: false });
      expect(await page(bin, { limit: 3, after: 0 })).toEqual({ seqs: [1, 2, 3], hasMore: true });
      expect(await page(bin, { limit: 3, after: 7 })).toEqual({ seqs: [8, 9, 10], hasMore: false });
      expect(await page(bin, { limit: 3, after: 10 })).toEqual({ seqs: [], hasMore: false });
    });

    test("steps over the gaps that deleted captures leave", async () => {
      const bin = await store.newBin();
      const captures = newCaptures(bin, 8);
      await store.append(captures);
      for (const seq of [2, 3, 8]) await store.write("deleteCapture", captures[seq - 1]!.id);
      expect(await page(bin, { limit: 3 })).toEqual({ seqs: [7, 6, 5], hasMore: true });
      expect(await page(bin, { limit: 2, after: 1 })).toEqual({ seqs: [4, 5], hasMore: true });
      await store.append([newCapture(bin)]);
      expect(await page(bin, { limit: 10 })).toEqual({ seqs: [9, 7, 6, 5, 4, 1], hasMore: false });
    });
  });

  test("those alike have the method and the path, within the span that is looked through", async () => {
    const bin = await store.newBin();
    const asked = { method: "POST", path: "/wanted", limit: 2 };
    await store.append([
      newCapture(bin, { path: "/wanted" }),
      newCapture(bin, { path: "/wanted", method: "PUT" }),
      newCapture(bin, { path: "/Wanted" }),
      newCapture(bin, { path: "/wanted" }),
      newCapture(bin, { path: "/wanted" }),
    ]);
    const seqs = async (query: { before?: number }) => {
      const { captures, hasMore } = await store.alikeCaptures(bin, { ...asked, ...query });
      return [captures.map(({ seq }) => seq), hasMore];
    };
    expect(await seqs({})).toEqual([[5, 4], true]);
    expect(await seqs({ before: 5 })).toEqual([[4, 1], false]);
    expect(await seqs({ before: 1 })).toEqual([[], false]);
    expect(await seqs({ before: 10_002 })).toEqual([[5, 4], false]);
    await store.write("clearBin", bin);
    expect(await seqs({})).toEqual([[], false]);
  });

  test("an update changes the note and the star that it names, of that capture alone", async () => {
    const bin = await store.newBin();
    const [capture, other] = [newCapture(bin), newCapture(bin)];
    await store.append([capture, other]);
    await store.write("updateCapture", capture.binId, capture.id, { note: "é ☃" });
    await store.write("updateCapture", capture.binId, capture.id, { starred: true });
    expect(await store.findCapture(capture.id)).toMatchObject({ note: "é ☃", starred: true });
    await store.write("updateCapture", capture.binId, capture.id, { note: null });
    expect(await store.findCapture(capture.id)).toMatchObject({ note: null, starred: true });
    expect(await store.findCapture(other.id)).toMatchObject({ note: null, starred: false });
  });

  test("a deleted capture is gone, counted once, and its number is not used again", async () => {
    const bin = await store.newBin();
    const captures = newCaptures(bin, 3);
    await store.append(captures);
    const { id } = captures[2]!;
    const deletions = upTo(4).map(() => store.write("deleteCapture", id));
    expect((await Promise.all(deletions)).filter(Boolean)).toHaveLength(1);
    expect(await store.findCapture(id)).toBeNull();
    expect(await store.findBody(id)).toBeNull();
    expect(await storedCount(bin)).toBe(2);
    expect((await store.append([newCapture(bin)])).seqs).toEqual([4]);
    expect(await storedCount(bin)).toBe(3);
  });

  test("clear takes what is there then, at once, and not what comes after", async () => {
    const bin = await store.newBin();
    const before = newCaptures(bin, 4);
    await store.append(before);
    expect(await store.write("clearBin", bin)).toBe(4);
    expect(await store.all(bin)).toEqual([]);
    expect(await store.findCapture(before[3]!.id)).toBeNull();
    expect(await store.findBin(bin)).toMatchObject({ captureCount: 4, storedCount: 0 });
    const after = newCapture(bin);
    expect((await store.append([after])).seqs).toEqual([5]);
    expect((await store.all(bin)).map(({ id }) => id)).toEqual([after.id]);
    expect(await storedCount(bin)).toBe(1);
  });
});
