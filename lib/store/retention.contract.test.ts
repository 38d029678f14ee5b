import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCapture, newCaptures, openTestStore, type TestStore, upTo } from "../testing/store.ts";
import { deleteBin } from "./bins.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { sweepStep } from "./sweep.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX = 5;

describe.each(PROVIDERS)("retention on %s", (provider) => {
  let store: TestStore;
  let reader: PrismaClient;

  beforeAll(async () => {
    const url = await newDatabaseUrl(provider);
    store = await openTestStore(url, { maxCapturesPerBin: MAX });
    reader = await connect(parseDatabaseUrl(url), { role: "reader" });
  });
  afterAll(async () => {
    await reader.$disconnect();
    await store.close();
    expect(store.errors).toEqual([]);
  });

  const rows = (binId: string) => reader.capture.count({ where: { binId } });
  const seqs = async (binId: string) => (await store.all(binId)).map(({ seq }) => seq);
  const storedCount = async (binId: string) => (await store.findBin(binId))?.storedCount;

  describe("a bin with more captures than it may have", () => {
    test("keeps exactly the newest, says which went, and their rows go too", async () => {
      const bin = await store.newBin();
      await store.append(newCaptures(bin, 12));
      await expect.poll(() => seqs(bin)).toEqual([8, 9, 10, 11, 12]);
      expect(await storedCount(bin)).toBe(MAX);
      await expect.poll(() => store.trimmed).toContainEqual([bin, 7]);
      await expect.poll(() => rows(bin)).toBe(MAX);
    });

    test("keeps exactly as many when some of them were deleted", async () => {
      const bin = await store.newBin();
      const captures = newCaptures(bin, MAX);
      await store.append(captures);
      for (const seq of [2, 4]) await store.write("deleteCapture", captures[seq - 1]!.id);
      await store.append(newCaptures(bin, 4));
      await expect.poll(() => storedCount(bin)).toBe(MAX);
      expect(await seqs(bin)).toEqual([5, 6, 7, 8, 9]);
      await expect.poll(() => rows(bin)).toBe(MAX);
    });

    test("is trimmed again and again, and counts right while captures keep coming", async () => {
      const bin = await store.newBin();
      for (const size of upTo(30)) await store.append(newCaptures(bin, size % 7));
      const { captureCount } = (await store.findBin(bin))!;
      await expect.poll(() => storedCount(bin)).toBe(MAX);
      expect(await seqs(bin)).toEqual(upTo(MAX).map((i) => captureCount - MAX + i));
    });
  });

  test("a bin with as many as it may have keeps them all", async () => {
    const [full, over] = [await store.newBin(), await store.newBin()];
    await store.append(newCaptures(full, MAX));
    await store.append(newCaptures(over, MAX + 1));
    await expect.poll(() => storedCount(over)).toBe(MAX);
    expect(await seqs(full)).toEqual(upTo(MAX));
    expect(store.trimmed.map(([bin]) => bin)).not.toContain(full);
  });

  test("what a cleared bin had goes from the disk, what came after stays", async () => {
    const bin = await store.newBin();
    await store.append(newCaptures(bin, 4));
    await store.write("clearBin", bin);
    await store.append(newCaptures(bin, 2));
    await expect.poll(() => rows(bin)).toBe(2);
    expect(await seqs(bin)).toEqual([5, 6]);
  });

  test("a deleted bin goes from the disk with all that it had", async () => {
    const bin = await store.newBin();
    await store.append(newCaptures(bin, 4));
    await store.write("deleteBin", bin, new Date());
    await expect.poll(() => reader.bin.count({ where: { id: bin } })).toBe(0);
    expect(await rows(bin)).toBe(0);
  });

  test("a bin without a capture or a visit for its time to live expires, no other", async () => {
    const ownUrl = await newDatabaseUrl(provider);
    const newest = new Date();
    const old = new Date(newest.getTime() - 31 * DAY_MS);
    const past = await openTestStore(ownUrl, { now: () => old });
    const [idle, captured, visited] = [
      await past.newBin(),
      await past.newBin(),
      await past.newBin(),
    ];
    await past.append(
      [idle, captured].map((bin) => newCapture(bin, { receivedAt: old.toISOString() })),
    );
    await past.append([newCapture(captured, { receivedAt: newest.toISOString() })]);
    await past.write("touchBin", visited, newest);
    await past.close();

    const now = await openTestStore(ownUrl, { now: () => newest });
    await expect.poll(() => now.expired).toEqual([idle]);
    expect(await now.findBin(idle)).toBeNull();
    expect(await now.findBin(captured)).not.toBeNull();
    expect(await now.findBin(visited)).not.toBeNull();
    const db = await connect(parseDatabaseUrl(ownUrl), { role: "reader" });
    await expect.poll(() => db.capture.count({ where: { binId: idle } })).toBe(0);
    expect(await db.capture.count({ where: { binId: captured } })).toBe(2);
    await db.$disconnect();
    await now.close();
    expect([...past.errors, ...now.errors]).toEqual([]);
  });
});

describe.each(PROVIDERS)("the sweeper on %s", (provider) => {
  async function deletedBin(bodies: Uint8Array[]) {
    const url = await newDatabaseUrl(provider);
    const store = await openTestStore(url);
    const binId = await store.newBin();
    await store.append(bodies.map((body) => newCapture(binId, { body })));
    await store.close();
    const db = await connect(parseDatabaseUrl(url), { role: "writer" });
    await deleteBin(db, binId, new Date());
    return { db, binId, rows: () => db.capture.count({ where: { binId } }) };
  }

  test("removes a deleted bin in steps of 500 rows, its own row last", async () => {
    const { db, binId, rows } = await deletedBin(upTo(1200).map(() => new Uint8Array(0)));
    const left: number[] = [];
    while (await sweepStep(db, new Date())) {
      left.push(await rows());
      if (left.at(-1)! > 0) expect(await db.bin.count({ where: { id: binId } })).toBe(1);
    }
    expect(left).toEqual([700, 200, 0]);
    expect(await db.bin.count({ where: { id: binId } })).toBe(0);
    await db.$disconnect();
  });

  test("removes large captures in steps of 8 MiB, one at least", async () => {
    const mebibytes = [3, 3, 3, 9, 1];
    const { db, rows } = await deletedBin(mebibytes.map((size) => Buffer.alloc(size * 1024 ** 2)));
    const left: number[] = [];
    while (await sweepStep(db, new Date())) left.push(await rows());
    expect(left).toEqual([3, 2, 1, 0]);
    await db.$disconnect();
  });

  test("goes on after a restart with what a stop left behind", async () => {
    const url = await newDatabaseUrl(provider);
    const first = await openTestStore(url);
    const bin = await first.newBin();
    await first.append(newCaptures(bin, 3));
    await first.close();
    const writer = await connect(parseDatabaseUrl(url), { role: "writer" });
    await deleteBin(writer, bin, new Date());
    await writer.$disconnect();
    const second = await openTestStore(url);
    const reader = await connect(parseDatabaseUrl(url), { role: "reader" });
    await expect.poll(() => reader.bin.count({ where: { id: bin } })).toBe(0);
    expect(await reader.capture.count({ where: { binId: bin } })).toBe(0);
    await reader.$disconnect();
    await second.close();
  });
});
