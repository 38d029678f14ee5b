import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { freePort } from "../testing/postgres.ts";
import { startRedis, type TestRedis } from "../testing/redis.ts";
import type { RateLimit } from "./rate-limit.ts";
import { sharedRateLimits } from "./shared-rate-limits.ts";

const THREE_AN_HOUR = { limit: 3, seconds: 3600 };

let redis: TestRedis;
beforeAll(async () => {
  redis = await startRedis();
});
afterAll(() => redis.stop());

/** The limits of one process, and what it was told of Redis. */
function startNode(redisUrl = redis.url) {
  const told: string[] = [];
  const limits = sharedRateLimits({
    redisUrl,
    onAway: () => told.push("away"),
    onBack: () => told.push("back"),
  });
  onTestFinished(limits.close);
  const known = new Map<string, RateLimit>();
  const of = (name = "test") => {
    const limit = known.get(name) ?? limits.of(name, THREE_AN_HOUR);
    known.set(name, limit);
    return limit;
  };
  return { told, of };
}

type Node = ReturnType<typeof startNode>;

/** Until both are connected each counts for itself. */
async function waitUntilShared(a: Node, b: Node): Promise<void> {
  await vi.waitFor(
    async () => {
      const key = randomUUID();
      await a.of("probe").take(key);
      expect((await b.of("probe").look(key)).remaining).toBe(2);
    },
    { timeout: 30_000 },
  );
}

const isRefused = async (node: Node, key: string, name?: string) =>
  (await node.of(name).take(key)) !== null;

describe("with Redis", () => {
  test("nodes count together, each key and each limit by itself", async () => {
    const [a, b] = [startNode(), startNode()];
    await waitUntilShared(a, b);
    const key = randomUUID();
    expect([await isRefused(a, key), await isRefused(b, key), await isRefused(a, key)]).toEqual([
      false,
      false,
      false,
    ]);
    const refusal = await b.of().count(key);
    expect(refusal).toMatchObject({ isExceeded: true, remaining: 0, rate: THREE_AN_HOUR });
    expect(refusal.retryAfterSeconds).toBeGreaterThan(3500);
    expect(refusal.retryAfterSeconds).toBeLessThanOrEqual(3600);
    expect(await isRefused(a, key)).toBe(true);
    expect(await isRefused(a, randomUUID())).toBe(false);
    expect(await isRefused(b, key, "another limit")).toBe(false);
  });

  test("that went away each node counts for itself, says so once, and shares again when it is back", async () => {
    const [a, b] = [startNode(), startNode()];
    await waitUntilShared(a, b);
    await redis.kill();
    await vi.waitFor(() => expect([a.told, b.told]).toEqual([["away"], ["away"]]));
    const key = randomUUID();
    const taken = [];
    for (let i = 0; i < 4; i++) taken.push(await isRefused(a, key));
    expect(taken).toEqual([false, false, false, true]);
    expect(await isRefused(b, key)).toBe(false);
    await redis.start();
    await waitUntilShared(a, b);
    expect([a.told, b.told]).toEqual([
      ["away", "back"],
      ["away", "back"],
    ]);
  });

  test("that stands still nothing waits for ever, and nothing is refused", async () => {
    const [a, b] = [startNode(), startNode()];
    await waitUntilShared(a, b);
    redis.freeze();
    onTestFinished(redis.thaw);
    expect(await isRefused(a, randomUUID())).toBe(false);
    expect((await a.of().look(randomUUID())).remaining).toBe(3);
  });

  test("that was never there each node counts for itself from the first", async () => {
    const node = startNode(`redis://127.0.0.1:${await freePort()}`);
    const key = randomUUID();
    const taken = [];
    for (let i = 0; i < 4; i++) taken.push(await isRefused(node, key));
    expect(taken).toEqual([false, false, false, true]);
    expect((await node.of().look(key)).isExceeded).toBe(true);
  });
});
