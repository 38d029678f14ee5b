import { describe, expect, test } from "vitest";
import type { Reply } from "../contract/reply.ts";
import { binCache, type LoadBin } from "./bin-cache.ts";

const ID = "a".repeat(20);
const withStatus = (status: number): { id: string; workspaceId: string; reply: Reply } => ({
  id: ID,
  workspaceId: "w",
  reply: { status, headers: [], body: "", delayMs: 0 },
});

/** A store that answers each question when the test says so. */
function setUp() {
  const questions: { answer(bin: Awaited<ReturnType<LoadBin>>): void; fail(error: Error): void }[] =
    [];
  const cache = binCache(
    () => new Promise((answer, fail) => void questions.push({ answer, fail })),
  );
  return { cache, questions };
}

const statusOf = async (bin: ReturnType<ReturnType<typeof binCache>["get"]>) =>
  (await bin)?.reply.status;

describe("the bin cache", () => {
  test("asks once for requests that come together, and then knows the answer at once", async () => {
    const { cache, questions } = setUp();
    const together = [cache.get(ID), cache.get(ID)];
    questions[0]!.answer(withStatus(201));
    for (const bin of together) expect(await statusOf(bin)).toBe(201);
    expect(cache.get(ID)).toMatchObject({ id: ID, reply: { status: 201 } });
    expect(questions).toHaveLength(1);
  });

  test("remembers that there is no such bin", async () => {
    const { cache, questions } = setUp();
    const bin = cache.get(ID);
    questions[0]!.answer(null);
    expect(await bin).toBeNull();
    expect(cache.get(ID)).toBeNull();
    expect(questions).toHaveLength(1);
  });

  test("gives a bin without a reply of its own the default one", async () => {
    const { cache, questions } = setUp();
    const bin = cache.get(ID);
    questions[0]!.answer({ workspaceId: "w", id: ID, reply: null });
    expect(await statusOf(bin)).toBe(200);
  });

  test("asks again after an invalidation", async () => {
    const { cache, questions } = setUp();
    const before = cache.get(ID);
    questions[0]!.answer(withStatus(201));
    await before;
    cache.invalidate(ID);
    const after = cache.get(ID);
    questions[1]!.answer(withStatus(202));
    expect(await statusOf(after)).toBe(202);
  });

  test("does not keep an answer from before an invalidation", async () => {
    const { cache, questions } = setUp();
    const before = cache.get(ID);
    cache.invalidate(ID);
    questions[0]!.answer(withStatus(201));
    expect(await statusOf(before)).toBe(201);
    const after = cache.get(ID);
    expect(questions).toHaveLength(2);
    questions[1]!.answer(withStatus(202));
    expect(await statusOf(after)).toBe(202);
  });

  test("does not let a late old answer replace a newer one", async () => {
    const { cache, questions } = setUp();
    const before = cache.get(ID);
    cache.invalidate(ID);
    const after = cache.get(ID);
    questions[1]!.answer(withStatus(202));
    await after;
    questions[0]!.answer(withStatus(201));
    await before;
    expect(await statusOf(cache.get(ID))).toBe(202);
  });

  test("asks again after a failure, which all who wait are told", async () => {
    const { cache, questions } = setUp();
    const together = [cache.get(ID), cache.get(ID)];
    questions[0]!.fail(new Error("away"));
    for (const bin of together) await expect(bin).rejects.toThrow("away");
    const after = cache.get(ID);
    questions[1]!.answer(withStatus(201));
    expect(await statusOf(after)).toBe(201);
  });
});
