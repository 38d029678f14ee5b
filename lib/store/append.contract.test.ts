import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import {
  newBinId,
  newCapture,
  newCaptures,
  openTestStore,
  type TestStore,
  upTo,
} from "../testing/store.ts";

describe.each(PROVIDERS)("append on %s", (provider) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  const counts = async (binId: string) => {
    const bin = await store.findBin(binId);
    return { captureCount: bin?.captureCount, storedCount: bin?.storedCount };
  };

  test("numbers the captures of each bin 1, 2, 3 in the order of the batch", async () => {
    const bins = await Promise.all(upTo(7).map(() => store.newBin()));
    const batch = upTo(50).map((i) => newCapture(bins[(i * i) % bins.length]!));
    const { seqs, failed } = await store.append(batch);
    expect(failed).toEqual([]);
    for (const bin of bins) {
      const mine = batch.flatMap((capture, i) =>
        capture.binId === bin ? [{ id: capture.id, seq: seqs[i] }] : [],
      );
      expect(mine.map(({ seq }) => seq)).toEqual(upTo(mine.length));
      const stored = await store.all(bin);
      expect(stored.map(({ id, seq }) => ({ id, seq }))).toEqual(mine);
      expect(await counts(bin)).toEqual({ captureCount: mine.length, storedCount: mine.length });
    }
  });

  test("goes on where the last batch ended, also when many are asked for at once", async () => {
    const bins = [await store.newBin(), await store.newBin(), await store.newBin()];
    const batches = upTo(40).map((i) =>
      upTo((i % 5) + 1).map((j) => newCapture(bins[(i + j) % bins.length]!)),
    );
    const appended = await Promise.all(batches.map((batch) => store.append(batch)));
    for (const bin of bins) {
      const seqs = batches.flatMap((batch, i) =>
        batch.flatMap(({ binId }, j) => (binId === bin ? [appended[i]!.seqs[j]!] : [])),
      );
      expect(seqs).toEqual(upTo(seqs.length));
      expect((await store.all(bin)).map(({ seq }) => seq)).toEqual(upTo(seqs.length));
    }
  });

  test("says how many captures each bin of the batch has now", async () => {
    const [a, b] = [await store.newBin(), await store.newBin()];
    await store.append(newCaptures(a, 3));
    const { storedCounts } = await store.append([newCapture(a), newCapture(b), newCapture(a)]);
    expect(Object.fromEntries(storedCounts)).toEqual({ [a]: 5, [b]: 1 });
  });

  test("sets the bin's time of the last capture to the latest of the batch", async () => {
    const bin = await store.newBin();
    const at = (ms: number) => new Date(Date.UTC(2026, 5, 1, 12, 0, 0, ms));
    await store.append(
      [5, 901, 17].map((ms) => newCapture(bin, { receivedAt: at(ms).toISOString() })),
    );
    expect(await store.findBin(bin)).toMatchObject({ lastCaptureAt: at(901) });
  });

  test("gives null to captures of bins that are gone and stores the others", async () => {
    const [kept, deleted, never] = [await store.newBin(), await store.newBin(), newBinId()];
    await store.append([newCapture(deleted)]);
    await store.write("deleteBin", deleted, new Date());
    const { seqs, failed } = await store.append([
      newCapture(deleted),
      newCapture(kept),
      newCapture(never),
      newCapture(kept),
    ]);
    expect(seqs).toEqual([null, 1, null, 2]);
    expect(failed).toEqual([]);
  });

  test("stores the others of a batch when the database refuses one", async () => {
    const [a, b] = [await store.newBin(), await store.newBin()];
    const taken = newCapture(a);
    await store.append([taken]);
    const batch = [newCapture(a), newCapture(b), newCapture(a, { id: taken.id }), newCapture(a)];
    const { seqs, failed } = await store.append(batch);
    expect(seqs).toEqual([2, 1, null, 3]);
    expect(failed).toEqual([2]);
    expect(await counts(a)).toEqual({ captureCount: 3, storedCount: 3 });
    const ids = (await store.all(a)).map(({ id }) => id);
    expect(ids).toEqual([taken.id, batch[0]!.id, batch[3]!.id]);
  });

  test("rejects when all that it was given is refused, and works afterwards", async () => {
    const bin = await store.newBin();
    const taken = newCapture(bin);
    await store.append([taken]);
    await expect(store.append([taken])).rejects.toMatchObject({ code: "unavailable" });
    expect(await counts(bin)).toEqual({ captureCount: 1, storedCount: 1 });
    expect(await store.append([newCapture(bin)])).toMatchObject({ seqs: [2] });
  });

  test("stores the others also when the first ones of a batch are refused", async () => {
    const bin = await store.newBin();
    const taken = newCapture(bin);
    await store.append([taken]);
    const again = () => newCapture(bin, { id: taken.id });
    const { seqs, failed } = await store.append([again(), again(), newCapture(bin), again()]);
    expect(seqs).toEqual([null, null, 2, null]);
    expect(failed).toEqual([0, 1, 3]);
  });

  test.runIf(provider === "postgresql")("survives a NUL in a text column", async () => {
    const bin = await store.newBin();
    const batch = [newCapture(bin), newCapture(bin, { path: "/\0" }), newCapture(bin)];
    expect(await store.append(batch)).toMatchObject({ seqs: [1, null, 2], failed: [1] });
  });

  test("takes as many captures as one transaction does", async () => {
    const bin = await store.newBin();
    expect((await store.append(newCaptures(bin, 256))).seqs).toEqual(upTo(256));
  });
});
