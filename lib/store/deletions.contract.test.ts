import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { UNDO_MS } from "../contract/limits.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCaptures, openTestStore, type TestStore, upTo } from "../testing/store.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { sweepStep } from "./sweep.ts";

const MAX = 8;
const NOW = new Date();
const LATER = new Date(NOW.getTime() + UNDO_MS);
/** When nothing can be undone any more, on no node. */
const AFTERWARDS = new Date(LATER.getTime() + 2 * 60_000);

describe.each(PROVIDERS)("deletions on %s", (provider) => {
  let store: TestStore;
  let db: PrismaClient;

  beforeAll(async () => {
    const url = await newDatabaseUrl(provider);
    store = await openTestStore(url, { maxCapturesPerBin: MAX });
    db = await connect(parseDatabaseUrl(url), { role: "writer" });
  });
  afterAll(async () => {
    await db.$disconnect();
    await store.close();
    expect(store.errors).toEqual([]);
  });

  const rows = (binId: string) => db.capture.count({ where: { binId } });
  const seqs = async (binId: string) => (await store.all(binId)).map(({ seq }) => seq);
  const storedCount = async (binId: string) => (await store.findBin(binId))?.storedCount;
  const sweep = async (now: Date) => {
    while (await sweepStep(db, now)) {
      // Until nothing is left to do.
    }
  };
  const deletion = (binId: string, undo: string = randomUUID()) => ({
    id: randomUUID(),
    binId,
    undo,
    expiresAt: LATER,
  });
  const restore = (binId: string, undo: string, now = NOW) =>
    store.write("restoreDeleted", binId, undo, now);

  async function binWith(count: number) {
    const bin = await store.newBin();
    const captures = newCaptures(bin, count);
    await store.append(captures);
    return { bin, ids: captures.map(({ id }) => id) };
  }

  /** Deletes the captures with these numbers and returns what undoes it. */
  async function remove({ bin, ids }: Awaited<ReturnType<typeof binWith>>, ...numbers: number[]) {
    const named = deletion(bin);
    const chosen = numbers.map((seq) => ids[seq - 1]!);
    const gone = await store.write("deleteCaptures", named, chosen);
    expect([...gone].sort()).toEqual([...chosen].sort());
    return named.undo;
  }

  test("what is deleted is gone for every reader, and comes back as and where it was", async () => {
    const made = await binWith(5);
    const { bin, ids } = made;
    const before = await store.all(bin);
    const body = await store.findBody(ids[1]!);
    const undo = await remove(made, 2, 4);
    expect(await seqs(bin)).toEqual([1, 3, 5]);
    expect(await storedCount(bin)).toBe(3);
    expect(await store.findCapture(ids[1]!)).toBeNull();

    const restored = await restore(bin, undo);
    expect(restored).toMatchObject({ count: 2, storedCount: 5, hasMore: false });
    expect(restored?.captures?.map(({ seq }) => seq)).toEqual([2, 4]);
    expect(await store.all(bin)).toEqual(before);
    expect(await storedCount(bin)).toBe(5);
    expect(await store.findBody(ids[1]!)).toEqual(body);
  });

  test("captures go by their numbers, too, and a clear stops at a number", async () => {
    const { bin, ids } = await binWith(6);
    const byNumber = deletion(bin);
    const gone = await store.write("deleteCaptures", byNumber, [2, 5, 99]);
    expect([...gone].sort()).toEqual([ids[1]!, ids[4]!].sort());
    expect(await store.countCaptures(bin, 4)).toBe(3);
    const clear = deletion(bin);
    expect(await store.write("clearBinForNow", clear, 4)).toEqual({ upTo: 4, count: 3 });
    expect(await seqs(bin)).toEqual([6]);
    expect(await storedCount(bin)).toBe(1);
    await store.append(newCaptures(bin, 1));
    // The later one first.
    expect(await restore(bin, byNumber.undo)).toBeNull();
    expect(await restore(bin, clear.undo)).toMatchObject({ count: 3, captures: null });
    expect((await restore(bin, byNumber.undo))?.count).toBe(2);
    expect(await seqs(bin)).toEqual(upTo(7));
    expect(await storedCount(bin)).toBe(7);
  });

  test("a deletion is undone once", async () => {
    const made = await binWith(2);
    const undo = await remove(made, 1);
    expect(await restore(made.bin, undo)).not.toBeNull();
    expect(await restore(made.bin, undo)).toBeNull();
    expect(await storedCount(made.bin)).toBe(2);
  });

  test("new captures go on counting while others are deleted", async () => {
    const made = await binWith(3);
    const undo = await remove(made, 2, 3);
    await store.append(newCaptures(made.bin, 2));
    expect(await seqs(made.bin)).toEqual([1, 4, 5]);
    await restore(made.bin, undo);
    expect(await seqs(made.bin)).toEqual(upTo(5));
  });

  test("passes over ids that are not there, of another bin, or deleted before", async () => {
    const made = await binWith(2);
    const other = await binWith(1);
    await remove(made, 1);
    const asked = [made.ids[0]!, other.ids[0]!, randomUUID()];
    expect(await store.write("deleteCaptures", deletion(made.bin), asked)).toEqual([]);
    expect(await storedCount(made.bin)).toBe(1);
    expect(await storedCount(other.bin)).toBe(1);
  });

  test("another bin's owner cannot undo it", async () => {
    const made = await binWith(1);
    const undo = await remove(made, 1);
    expect(await restore(await store.newBin(), undo)).toBeNull();
    expect(await restore(made.bin, undo)).not.toBeNull();
  });

  test("parts of one call come back one by one", async () => {
    const { bin, ids } = await binWith(4);
    const undo = randomUUID();
    await store.write("deleteCaptures", deletion(bin, undo), ids.slice(0, 2));
    await store.write("deleteCaptures", deletion(bin, undo), ids.slice(2));
    expect(await restore(bin, undo)).toMatchObject({ count: 2, hasMore: true });
    expect(await restore(bin, undo)).toMatchObject({ count: 2, hasMore: false });
    expect(await seqs(bin)).toEqual(upTo(4));
  });

  test("rows stay until it cannot be undone any more, then they go", async () => {
    const made = await binWith(3);
    const undo = await remove(made, 1, 2);
    await sweep(LATER);
    expect(await rows(made.bin)).toBe(3);
    await sweep(AFTERWARDS);
    expect(await rows(made.bin)).toBe(1);
    expect(await restore(made.bin, undo)).toBeNull();
    expect(await storedCount(made.bin)).toBe(1);
  });

  test("after its time a deletion is final, swept or not", async () => {
    const made = await binWith(1);
    expect(await restore(made.bin, await remove(made, 1), LATER)).toBeNull();
  });

  describe("a clear", () => {
    const clear = async (bin: string) => {
      const named = deletion(bin);
      const cleared = await store.write("clearBinForNow", named);
      return { undo: named.undo, cleared };
    };

    test("is undone with all that it took, and what came since stays", async () => {
      const { bin } = await binWith(3);
      const { undo, cleared } = await clear(bin);
      expect(cleared).toEqual({ upTo: 3, count: 3 });
      await store.append(newCaptures(bin, 1));
      expect(await seqs(bin)).toEqual([4]);
      await sweep(NOW);
      expect(await restore(bin, undo)).toEqual({
        count: 3,
        storedCount: 4,
        captures: null,
        after: 0,
        hasMore: false,
      });
      expect(await seqs(bin)).toEqual(upTo(4));
      expect(await storedCount(bin)).toBe(4);
    });

    test("that is not undone in time takes the rows from the disk", async () => {
      const { bin } = await binWith(3);
      const { undo } = await clear(bin);
      await store.append(newCaptures(bin, 1));
      await sweep(AFTERWARDS);
      expect(await rows(bin)).toBe(1);
      expect(await restore(bin, undo)).toBeNull();
      expect(await seqs(bin)).toEqual([4]);
    });

    test("on a clear: the later one is undone first", async () => {
      const { bin } = await binWith(2);
      const first = await clear(bin);
      await store.append(newCaptures(bin, 2));
      const second = await clear(bin);
      expect(await restore(bin, first.undo)).toBeNull();
      expect(await restore(bin, second.undo)).toMatchObject({ count: 2, after: 2 });
      expect(await restore(bin, first.undo)).toMatchObject({ count: 2, after: 0 });
      expect(await seqs(bin)).toEqual(upTo(4));
    });

    test("over a deletion: the clear is undone first, the deletion is not lost", async () => {
      const made = await binWith(3);
      const deleted = await remove(made, 2);
      const { undo, cleared } = await clear(made.bin);
      expect(cleared).toEqual({ upTo: 3, count: 2 });
      expect(await restore(made.bin, deleted)).toBeNull();
      await restore(made.bin, undo);
      expect(await seqs(made.bin)).toEqual([1, 3]);
      await restore(made.bin, deleted);
      expect(await seqs(made.bin)).toEqual(upTo(3));
      expect(await storedCount(made.bin)).toBe(3);
    });

    test("of an empty bin is nothing to undo", async () => {
      const bin = await store.newBin();
      const { undo, cleared } = await clear(bin);
      expect(cleared).toEqual({ upTo: 0, count: 0 });
      expect(await restore(bin, undo)).toBeNull();
    });

    test("for good ends what could be undone before it", async () => {
      const made = await binWith(3);
      const deleted = await remove(made, 3);
      const { undo } = await clear(made.bin);
      await store.write("clearBin", made.bin);
      expect(await restore(made.bin, undo)).toBeNull();
      expect((await restore(made.bin, deleted))?.count).toBe(0);
      await sweep(AFTERWARDS);
      expect(await rows(made.bin)).toBe(0);
      expect(await storedCount(made.bin)).toBe(0);
    });
  });

  test("retention makes room again after an undo, and wins over it", async () => {
    const made = await binWith(MAX);
    const undo = await remove(made, 1, 2, 8);
    await store.append(newCaptures(made.bin, 3));
    expect(await storedCount(made.bin)).toBe(MAX);
    await restore(made.bin, undo);
    await expect.poll(() => storedCount(made.bin)).toBe(MAX);
    expect(await seqs(made.bin)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    await expect.poll(() => rows(made.bin)).toBe(MAX);
  });

  test("what retention took meanwhile stays gone, on the disk too", async () => {
    const made = await binWith(3);
    const undo = await remove(made, 1);
    await store.append(newCaptures(made.bin, MAX));
    await expect.poll(() => seqs(made.bin)).toEqual([4, 5, 6, 7, 8, 9, 10, 11]);
    expect((await restore(made.bin, undo))?.count).toBe(0);
    expect(await storedCount(made.bin)).toBe(MAX);
    await sweep(NOW);
    expect(await rows(made.bin)).toBe(MAX);
  });

  test("a deleted bin takes its deletions along", async () => {
    const made = await binWith(3);
    const undo = await remove(made, 1);
    await store.write("deleteBin", made.bin, NOW);
    expect(await restore(made.bin, undo)).toBeNull();
    await sweep(NOW);
    expect(await rows(made.bin)).toBe(0);
    expect(await db.deletion.count({ where: { binId: made.bin } })).toBe(0);
  });

  test("a star for many says which of them changed", async () => {
    const { bin, ids } = await binWith(3);
    await store.write("updateCapture", bin, ids[0]!, { starred: true });
    const changed = await store.write("starCaptures", bin, [...ids, randomUUID()], true);
    expect(changed.map(({ id }) => id).sort()).toEqual([ids[1], ids[2]].sort());
    expect((await store.all(bin)).map(({ starred }) => starred)).toEqual([true, true, true]);
    expect(await store.write("starCaptures", await store.newBin(), ids, false)).toEqual([]);
  });
});
