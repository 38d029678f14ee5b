import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl } from "../testing/databases.ts";
import { newCapture, newCaptures, openTestStore, type TestStore, upTo } from "../testing/store.ts";

describe("several nodes on one PostgreSQL database", () => {
  let nodes: TestStore[];

  beforeAll(async () => {
    const url = await newDatabaseUrl("postgresql");
    // At once, on an empty database: each of them wants to migrate it.
    nodes = await Promise.all(upTo(3).map(() => openTestStore(url, { maxCapturesPerBin: 50 })));
  });
  afterAll(async () => {
    await Promise.all(nodes.map((node) => node.close()));
    expect(nodes.flatMap((node) => node.errors)).toEqual([]);
  });

  test("number the captures of the same bins without a gap or a double", async () => {
    const bins = await Promise.all(upTo(6).map(() => nodes[0]!.newBin()));
    const given = new Map<string, number[]>(bins.map((bin) => [bin, []]));
    await Promise.all(
      nodes.map(async (node, n) => {
        for (const round of upTo(25)) {
          // Each node meets the bins in another order: this would deadlock if they were locked in it.
          const order = bins.map((_, i) => bins[(n % 2 ? bins.length - 1 - i : i + round) % 6]!);
          const batch = order.flatMap((bin) => newCaptures(bin, (round + n) % 4));
          const { seqs, failed } = await node.append(batch);
          expect(failed).toEqual([]);
          for (const [i, { binId }] of batch.entries()) given.get(binId)!.push(seqs[i]!);
        }
      }),
    );
    for (const [bin, seqs] of given) {
      expect([...seqs].sort((a, b) => a - b)).toEqual(upTo(seqs.length));
      expect(await nodes[1]!.findBin(bin)).toMatchObject({ captureCount: seqs.length });
    }
  });

  test("keep the count right while they append, delete, clear and trim the same bin", async () => {
    const bin = await nodes[0]!.newBin();
    const [first, second, third] = nodes as [TestStore, TestStore, TestStore];
    await Promise.all([
      ...upTo(20).map(() => first.append(newCaptures(bin, 5))),
      ...upTo(20).map(async () => {
        const capture = newCapture(bin);
        await second.append([capture]);
        await third.write("deleteCapture", capture.id);
      }),
      second.write("clearBin", bin),
    ]);
    await expect.poll(async () => (await first.findBin(bin))!.storedCount).toBeLessThanOrEqual(50);
    const { storedCount } = (await first.findBin(bin))!;
    expect(await first.all(bin)).toHaveLength(storedCount);
  });
});
