import { describe, expect, test } from "vitest";
import type { NewCapture } from "../contract/new-capture.ts";
import { type Append, type CommitResult, groupCommit } from "./group-commit.ts";

const MIB = 1024 * 1024;

/** Only what the group commit reads of a capture. */
const capture = (id: number, bytes = 0) =>
  ({ id: String(id), body: new Uint8Array(bytes) }) as NewCapture;

type Batch = { ids: string[]; answer: ReturnType<Append>; settle: PromiseWithResolve };
type PromiseWithResolve = {
  resolve(value: Awaited<ReturnType<Append>>): void;
  reject(error: Error): void;
};

/** A database that answers each batch when the test says so. */
function setUp() {
  const batches: Batch[] = [];
  const log: string[] = [];
  const errors: unknown[] = [];
  const append: Append = (captures) => {
    let settle!: PromiseWithResolve;
    const answer = new Promise<Awaited<ReturnType<Append>>>((resolve, reject) => {
      settle = { resolve, reject };
    });
    batches.push({ ids: captures.map(({ id }) => id), answer, settle });
    return answer;
  };
  const commits = groupCommit(
    append,
    ({ id }, seq) => log.push(`${id} seen as ${seq}`),
    (error) => errors.push(error),
  );
  const describeResult = (result: CommitResult) =>
    typeof result === "object" ? `got ${result.seq}` : result;
  return {
    batches,
    log,
    errors,
    commits,
    add(from: number, to: number, bytes = 0) {
      for (let id = from; id <= to; id++) {
        commits.add(capture(id, bytes), (result) => log.push(`${id} ${describeResult(result)}`));
      }
    },
    async batch(index: number): Promise<Batch> {
      await expect.poll(() => batches.length).toBeGreaterThan(index);
      return batches[index]!;
    },
  };
}

const ids = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i));

describe("a group commit", () => {
  test("takes what comes in one turn of the event loop together, in order", async () => {
    const { add, batch, batches, log } = setUp();
    add(1, 3);
    expect(batches).toHaveLength(0);
    const first = await batch(0);
    expect(first.ids).toEqual(ids(1, 3));
    expect(log).toEqual([]);
    first.settle.resolve({ seqs: [7, 8, 9], failed: [] });
    await expect.poll(() => log.length).toBe(6);
    expect(log).toEqual([
      "1 got 7",
      "1 seen as 7",
      "2 got 8",
      "2 seen as 8",
      "3 got 9",
      "3 seen as 9",
    ]);
  });

  test("does not wait for the last ones before it hands on the next", async () => {
    const { add, batch, log } = setUp();
    add(1, 1);
    const first = await batch(0);
    add(2, 3);
    expect((await batch(1)).ids).toEqual(ids(2, 3));
    expect(log).toEqual([]);
    first.settle.resolve({ seqs: [1], failed: [] });
    await expect.poll(() => log).toEqual(["1 got 1", "1 seen as 1"]);
  });

  test("hands on 32 at once, without waiting for the end of the turn", async () => {
    const { add, batch, batches } = setUp();
    add(1, 70);
    expect(batches.map(({ ids: taken }) => taken)).toEqual([ids(1, 32), ids(33, 64)]);
    expect((await batch(2)).ids).toEqual(ids(65, 70));
  });

  test("hands on 16 MiB and what begins in them, and the rest as those are stored", async () => {
    const { add, batch, batches } = setUp();
    add(1, 5, 7 * MIB);
    const first = await batch(0);
    expect(first.ids).toEqual(ids(1, 3));
    add(6, 6);
    await new Promise((turn) => setImmediate(turn));
    expect(batches).toHaveLength(1);
    first.settle.resolve({ seqs: [1, 2, 3], failed: [] });
    expect((await batch(1)).ids).toEqual(ids(4, 6));
  });

  test("tells each capture what became of it", async () => {
    const { add, batch, log } = setUp();
    add(1, 4);
    (await batch(0)).settle.resolve({ seqs: [1, null, null, 2], failed: [2] });
    await expect.poll(() => log.length).toBe(6);
    expect(log).toEqual([
      "1 got 1",
      "1 seen as 1",
      "2 bin_gone",
      "3 failed",
      "4 got 2",
      "4 seen as 2",
    ]);
  });

  test("that fails fails for each of its captures, and the next one goes on", async () => {
    const { add, batch, log, errors } = setUp();
    add(1, 2);
    const first = await batch(0);
    add(3, 3);
    const second = await batch(1);
    const error = new Error("disk full");
    first.settle.reject(error);
    await expect.poll(() => log.length).toBe(2);
    second.settle.resolve({ seqs: [1], failed: [] });
    await expect.poll(() => log.length).toBe(4);
    expect(log).toEqual(["1 failed", "2 failed", "3 got 1", "3 seen as 1"]);
    expect(errors).toEqual([error]);
  });

  test("is settled when all that was added before is", async () => {
    const { add, batch, commits, log } = setUp();
    await commits.settled();
    add(1, 40);
    let isSettled = false;
    const settled = commits.settled().then(() => {
      isSettled = true;
    });
    const first = await batch(0);
    first.settle.resolve({ seqs: first.ids.map(Number), failed: [] });
    const second = await batch(1);
    expect(isSettled).toBe(false);
    second.settle.reject(new Error("gone"));
    await settled;
    expect(log.filter((line) => line.endsWith("failed"))).toHaveLength(8);
  });
});
