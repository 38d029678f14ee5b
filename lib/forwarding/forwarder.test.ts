import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FORWARDED_BY, hopOf } from "../outbound/forward-hops.ts";
import { retryDelayMs } from "../outbound/retry-schedule.ts";
import { listen } from "../outbound/testing.ts";
import type { ForwardRecord } from "../store/records.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { newCapture, openTestStore, type TestStore, upTo } from "../testing/store.ts";
import { newRule, startForwarder, startHttpTarget } from "./testing.ts";

const PAGE = { limit: 200 };

describe.each(PROVIDERS)("forwarding on %s", (provider) => {
  let store: TestStore;

  beforeAll(async () => {
    store = await openTestStore(await newDatabaseUrl(provider));
  });
  afterAll(() => store.close());

  const forwards = async (rule: { id: string; binId: string }): Promise<ForwardRecord[]> =>
    (await store.forwardsOf(rule, PAGE)).forwards.reverse();
  const states = async (rule: { id: string; binId: string }) =>
    (await forwards(rule)).map(({ state }) => state);

  /** A clock that stands still but when it is moved. */
  const startClock = () => {
    let time = Date.now();
    return {
      now: () => new Date(time),
      advance: (ms: number) => {
        time += ms;
      },
    };
  };

  test("sends what comes as it came, below the rule's URL, and says by whom", async () => {
    const target = await startHttpTarget();
    const binId = await store.newBin();
    await store.append([newCapture(binId, { path: "/before" })]);
    const rule = await newRule(store, binId, { url: `${target.url}base?a=1` });
    const forwarder = await startForwarder(store);
    const capture = newCapture(binId, {
      method: "PUT",
      path: "/x/%C3%A9",
      query: "b=2",
      rawHeaders: ["host", "bin", "X-A", "1", "x-a", "2", "Content-Length", "3"],
      body: Buffer.from("a\u00ffb", "latin1"),
    });
    await store.append([capture]);
    forwarder.captured(binId);
    await expect.poll(() => states(rule)).toEqual(["succeeded"]);
    expect(target.received).toEqual([
      {
        method: "PUT",
        url: "/base/x/%C3%A9?a=1&b=2",
        rawHeaders: [
          ...["host", target.host, "X-A", "1", "x-a", "2", "Content-Length", "3"],
          ...[FORWARDED_BY, hopOf(binId), "Connection", "close"],
        ],
        body: "a\u00ffb",
      },
    ]);
    const [forward] = await forwards(rule);
    expect(forward).toMatchObject({
      captureId: capture.id,
      seq: 2,
      attempts: 1,
      status: 200,
      error: null,
      nextAttemptAt: null,
      url: `${target.url}base/x/%C3%A9?a=1&b=2`,
    });
    const deliveries = await store.deliveriesOf(capture.id, { limit: 10, maxBodyBytes: 10 });
    expect(deliveries).toMatchObject([
      {
        id: forward!.lastDeliveryId,
        attempt: 1,
        ruleId: rule.id,
        forwardId: forward!.id,
        state: "succeeded",
        result: { response: { status: 200, bodySize: 2 } },
      },
    ]);
    expect(Buffer.from(deliveries[0]!.body!).toString()).toBe("ok");
    expect(forwarder.delivered).toEqual([forward!.lastDeliveryId]);
    expect(await store.findForwardRule(rule.id)).toMatchObject({ forwardedSeq: 2, succeeded: 1 });
    expect(forwarder.errors).toEqual([]);
  });

  test("sends what matches the rule's query, and nothing that is not whole", async () => {
    const target = await startHttpTarget();
    const binId = await store.newBin();
    const rule = await newRule(store, binId, {
      url: target.url,
      query: "json:$.type=paid header:x-shop -path:/skip",
      path: "replace",
    });
    const all = await newRule(store, binId, { url: `${target.url}all` });
    const forwarder = await startForwarder(store);
    const json = (type: string) => Buffer.from(JSON.stringify({ type }));
    const rawHeaders = ["X-Shop", "1"];
    const wanted = newCapture(binId, { rawHeaders, body: json("paid"), path: "/a" });
    await store.append([
      newCapture(binId, { rawHeaders, body: json("open") }),
      newCapture(binId, { body: json("paid") }),
      newCapture(binId, { rawHeaders, body: json("paid"), path: "/skip" }),
      wanted,
      newCapture(binId, { problem: "malformed" }),
      newCapture(binId, { problem: "aborted" }),
      newCapture(binId, { problem: "truncated" }),
      newCapture(binId, { problem: "upgrade" }),
    ]);
    forwarder.captured(binId);
    await expect.poll(() => states(all)).toEqual(upTo(5).map(() => "succeeded"));
    await expect.poll(() => states(rule)).toEqual(["succeeded"]);
    expect((await forwards(rule))[0]).toMatchObject({ captureId: wanted.id });
    expect((await forwards(all)).map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 8]);
    expect(target.received.filter(({ url }) => url === "/")).toHaveLength(1);
  });

  test("tries again after a pause, and keeps every attempt", async () => {
    const target = await startHttpTarget((_req, res, count) => {
      res.writeHead(count === 1 ? 500 : 204).end();
    });
    const clock = startClock();
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: target.url });
    const forwarder = await startForwarder(store, { now: clock.now });
    const capture = newCapture(binId);
    await store.append([capture]);
    forwarder.captured(binId);
    const due = new Date(clock.now().getTime() + retryDelayMs(1, 8, 0));
    await expect
      .poll(() => forwards(rule))
      .toMatchObject([
        { state: "waiting", attempts: 1, status: 500, error: { code: "bad_status" } },
      ]);
    expect((await forwards(rule))[0]!.nextAttemptAt).toEqual(due);
    expect(target.received).toHaveLength(1);
    clock.advance(5_000);
    await expect
      .poll(() => forwards(rule))
      .toMatchObject([{ state: "succeeded", attempts: 2, status: 204, error: null }]);
    expect(target.received).toHaveLength(2);
    const deliveries = await store.deliveriesOf(capture.id, { limit: 10, maxBodyBytes: 10 });
    expect(deliveries.map(({ attempt, result }) => [attempt, result?.response?.status])).toEqual([
      [2, 204],
      [1, 500],
    ]);
  });

  test("waits for as long as the target asks for", async () => {
    const target = await startHttpTarget((_req, res, count) => {
      if (count > 1) return void res.end();
      res.writeHead(429, { "Retry-After": "120" }).end();
    });
    const clock = startClock();
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: target.url });
    const forwarder = await startForwarder(store, { now: clock.now });
    await store.append([newCapture(binId)]);
    forwarder.captured(binId);
    const due = new Date(clock.now().getTime() + 120_000);
    await expect.poll(async () => (await forwards(rule))[0]?.attempts).toBe(1);
    expect((await forwards(rule))[0]!.nextAttemptAt).toEqual(due);
    clock.advance(120_000);
    await expect.poll(() => states(rule)).toEqual(["succeeded"]);
  });

  test("gives up after the attempts that it may make; by hand it begins anew", async () => {
    const target = await startHttpTarget((_req, res, count) => {
      res.writeHead(count < 4 ? 503 : 200).end();
    });
    const clock = startClock();
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: target.url, maxAttempts: 2 });
    const forwarder = await startForwarder(store, { now: clock.now });
    await store.append([newCapture(binId)]);
    forwarder.captured(binId);
    await expect.poll(() => target.received.length).toBe(1);
    await expect.poll(async () => (await forwards(rule))[0]?.attempts).toBe(1);
    clock.advance(5_000);
    await expect.poll(() => states(rule)).toEqual(["failed"]);
    const [failed] = await forwards(rule);
    expect(failed).toMatchObject({ attempts: 2, status: 503, nextAttemptAt: null });
    expect(failed!.error!.message).toContain("last of 2 attempts");
    expect(await store.countForwards(rule)).toEqual({ waiting: 0, failed: 1 });

    expect(await store.write("retryForwards", rule.id, 10, clock.now())).toBe(1);
    forwarder.due(rule.id);
    await expect
      .poll(async () => (await forwards(rule))[0])
      .toMatchObject({
        state: "waiting",
        attempts: 3,
      });
    clock.advance(5_000);
    await expect.poll(() => states(rule)).toEqual(["succeeded"]);
    expect(await store.write("retryForward", failed!.id, clock.now())).toBeNull();
  });

  test("fails at once where another attempt changes nothing, and says why", async () => {
    const missing = await startHttpTarget((_req, res) => void res.writeHead(404).end());
    const moved = await startHttpTarget((_req, res) => {
      res.writeHead(302, { Location: "/elsewhere" }).end();
    });
    const binId = await store.newBin();
    const rules = [
      await newRule(store, binId, { url: missing.url }),
      await newRule(store, binId, { url: moved.url }),
      await newRule(store, binId, { url: "http://10.0.0.1/" }),
    ];
    const forwarder = await startForwarder(store, {
      privateTargets: { ranges: ["127.0.0.0/8"], hosts: [] },
    });
    await store.append([newCapture(binId)]);
    forwarder.captured(binId);
    const errors = async () =>
      Promise.all(rules.map(async (rule) => (await forwards(rule))[0]?.error?.code));
    await expect.poll(errors).toEqual(["bad_status", "bad_status", "blocked_target"]);
    for (const rule of rules) expect(await states(rule)).toEqual(["failed"]);
    expect(moved.received).toHaveLength(1);
    expect((await forwards(rules[1]!))[0]!.error!.message).toContain("Redirects are not followed");
  });

  test("goes on for others while targets do not answer", async () => {
    let connections = 0;
    const silent = createServer((socket) => {
      connections += 1;
      socket.on("error", () => {});
    });
    const silentUrl = `http://127.0.0.1:${await listen(silent)}/`;
    const target = await startHttpTarget();
    const binId = await store.newBin();
    await newRule(store, binId, { url: silentUrl, timeoutMs: 60_000 });
    await newRule(store, binId, { url: "http://127.0.0.1:9/" });
    const good = await newRule(store, binId, { url: target.url });
    const forwarder = await startForwarder(store, { limits: { perTarget: 4, total: 8 } });
    const captures = upTo(100).map(() => newCapture(binId));
    for (const capture of captures) {
      await store.append([capture]);
      forwarder.captured(binId);
    }
    await expect.poll(() => target.received.length).toBe(100);
    await expect.poll(async () => new Set(await states(good))).toEqual(new Set(["succeeded"]));
    expect(connections).toBeLessThanOrEqual(4);
  });

  test("says so when the capture was deleted before it could be sent", async () => {
    const target = await startHttpTarget((_req, res) => void res.writeHead(500).end());
    const clock = startClock();
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: target.url });
    const forwarder = await startForwarder(store, { now: clock.now });
    const capture = newCapture(binId);
    await store.append([capture]);
    forwarder.captured(binId);
    await expect.poll(async () => (await forwards(rule))[0]?.attempts).toBe(1);
    const deletion = { id: randomUUID(), binId, undo: "x", expiresAt: new Date("2100-01-01") };
    await store.write("deleteCaptures", deletion, [capture.id]);
    clock.advance(5_000);
    await expect
      .poll(() => forwards(rule))
      .toMatchObject([{ state: "failed", attempts: 1, error: { code: "capture_gone" } }]);
    expect(target.received).toHaveLength(1);
  });

  test("stands still while the rule is disabled, and what comes meanwhile is not for it", async () => {
    let hasFailed = false;
    const target = await startHttpTarget((req, res) => {
      const isFirst = req.url === "/" && !hasFailed;
      if (isFirst) hasFailed = true;
      res.writeHead(isFirst ? 500 : 200).end();
    });
    const clock = startClock();
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: target.url });
    const other = await newRule(store, binId, { url: `${target.url}other` });
    const forwarder = await startForwarder(store, { now: clock.now });
    const change = async (enabled: boolean) => {
      await store.write("updateForwardRule", binId, rule.id, { enabled });
      await forwarder.rulesChanged(binId);
    };
    await store.append([newCapture(binId)]);
    forwarder.captured(binId);
    await expect.poll(() => target.received.length).toBe(2);
    const attempts = async () =>
      [...(await forwards(rule)), ...(await forwards(other))].map((forward) => forward.attempts);
    await expect.poll(attempts).toEqual([1, 1]);
    await change(false);
    await store.append([newCapture(binId)]);
    forwarder.captured(binId);
    await expect.poll(async () => (await forwards(other)).length).toBe(2);
    clock.advance(60_000);
    expect(await forwards(rule)).toHaveLength(1);
    await change(true);
    await expect.poll(() => states(rule)).toEqual(["succeeded"]);
    await expect.poll(() => states(other)).toEqual(["succeeded", "succeeded"]);
  });

  test("takes up what a process left that ended: captures, rows and leases", async () => {
    const target = await startHttpTarget();
    const binId = await store.newBin();
    const rule = await newRule(store, binId, { url: target.url });
    const captures = upTo(3).map(() => newCapture(binId));
    await store.append(captures);
    const now = new Date(Date.now() - 10 * 60_000);
    const row = (i: number) => ({ id: randomUUID(), captureId: captures[i]!.id, seq: i + 1 });
    // Taken by a process that is no more; on a database of several, its lease has ended.
    const leasedUntil = new Date(now.getTime() + 1_000);
    const rows = { from: 0, to: 2, forwards: [row(0), row(1)], leased: 1, leasedUntil };
    await store.write("enqueueForwards", [{ ruleId: rule.id, binId, ...rows }], now);
    await startForwarder(store);
    await expect.poll(() => states(rule)).toEqual(["succeeded", "succeeded", "succeeded"]);
    expect(target.received).toHaveLength(3);
  });
});

test("two processes on one database send each capture once", async () => {
  const url = await newDatabaseUrl("postgresql");
  const [one, two] = [await openTestStore(url), await openTestStore(url)];
  const target = await startHttpTarget();
  const binId = await one.newBin();
  const rule = await newRule(one, binId, { url: target.url, path: "keep" });
  const nodes = [
    await startForwarder(one, { limits: { lookAroundMs: 50 } }),
    await startForwarder(two, { limits: { lookAroundMs: 50 } }),
  ];
  for (const i of upTo(100)) {
    await [one, two][i % 2]!.append([newCapture(binId, { path: `/${i}` })]);
    for (const node of nodes) node.captured(binId);
  }
  const page = async () => (await one.forwardsOf(rule, PAGE)).forwards;
  await expect
    .poll(async () => (await page()).filter(({ state }) => state === "succeeded").length)
    .toBe(100);
  expect(target.received.map(({ url: path }) => path).sort()).toEqual(
    upTo(100)
      .map((i) => `/${i}`)
      .sort(),
  );
  for (const node of nodes) await node.drain(0);
  await one.close();
  await two.close();
});
