// Forwarding by the whole server, as its users see it.
import { expect, onTestFinished, test } from "vitest";
import type { Delivery } from "../contract/delivery.ts";
import type { Forward } from "../contract/forward.ts";
import type { ForwardRule } from "../contract/forward-rule.ts";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { loadUntilGone } from "../testing/load.ts";
import { freePort } from "../testing/postgres.ts";
import { startServer, type TestBin, type TestServer } from "../testing/server.ts";
import { startHttpTarget } from "./testing.ts";

async function start(env: Record<string, string> = {}): Promise<TestServer> {
  const server = await startServer(env);
  onTestFinished(() => server.kill());
  return server;
}

async function send<T>(bin: TestBin, method: string, path: string, json?: object): Promise<T> {
  const response = await bin.api(path, {
    method,
    headers: { "content-type": "application/json" },
    body: json && JSON.stringify(json),
  });
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  return (await response.json()) as T;
}

const addRule = (bin: TestBin, json: object) =>
  send<ForwardRule>(bin, "POST", `/bins/${bin.id}/rules`, json);
const ruleOf = (bin: TestBin, { id }: ForwardRule) => send<ForwardRule>(bin, "GET", `/rules/${id}`);
const forwardsOf = async (bin: TestBin, { id }: ForwardRule, query = "") =>
  (await send<{ forwards: Forward[] }>(bin, "GET", `/rules/${id}/forwards${query}`)).forwards;

test.each(PROVIDERS)(
  "on %s, whatever was accepted before a kill is delivered after the next start",
  async (provider) => {
    const target = await startHttpTarget();
    const env = {
      DATABASE_URL: await newDatabaseUrl(provider),
      PORT: String(await freePort()),
    };
    const server = await start(env);
    const bin = await server.createBin();
    const rule = await addRule(bin, { url: target.url });
    let kill: Promise<void> | undefined;
    const accepted = await loadUntilGone(`${server.url}/in/${bin.id}`, 16, (count) => {
      // In the midst of it: some were sent, some are on their way, some were not looked at.
      if (count >= 300 && target.received.length >= 50) kill ??= server.kill();
    });
    await kill;
    expect(target.received.length).toBeLessThan((await startedAgain()).captureCount + 1);
    const bodies = () => new Set(target.received.map(({ body }) => body));
    await expect
      .poll(() => [...accepted.values()].filter((body) => !bodies().has(body)).length, {
        timeout: 120_000,
      })
      .toBe(0);
    await expect.poll(async () => (await ruleOf(bin, rule)).waiting, { timeout: 120_000 }).toBe(0);
    const { succeeded, failed } = await ruleOf(bin, rule);
    expect({ succeeded, failed }).toEqual({ succeeded: (await bin.get()).captureCount, failed: 0 });

    async function startedAgain() {
      await start(env);
      return bin.get();
    }
  },
  180_000,
);

test("a loop between two bins is stopped, and says so", async () => {
  const server = await start();
  const [a, b] = [await server.createBin(), await server.createBin()];
  const ruleA = await addRule(a, { url: b.captureUrl });
  const ruleB = await addRule(b, { url: a.captureUrl });
  await fetch(`${server.url}/in/${a.id}/loop`, { method: "POST", body: "round and round" });
  await expect
    .poll(async () => (await forwardsOf(a, ruleA)).map(({ state }) => state))
    .toEqual(["failed", "succeeded"]);
  const [stopped] = await forwardsOf(a, ruleA);
  expect(stopped!.error).toMatchObject({ code: "loop_detected" });
  expect(stopped!.error!.message).toContain("this bin forwarded the request before");
  expect(stopped!.attempts).toBe(0);
  expect((await forwardsOf(b, ruleB)).map(({ state }) => state)).toEqual(["succeeded"]);
  // What came back is a capture like any other, as it came.
  const [first, second, ...others] = await a.all();
  expect(others).toEqual([]);
  const returned = await a.capture(second!.id);
  expect(returned).toMatchObject({ text: "round and round", path: "/loop" });
  const hops = returned.headers.filter(([name]) => name === "Inlet-Forwarded-By");
  expect(hops).toHaveLength(2);
  expect(JSON.stringify(returned.headers)).not.toContain(a.id);
  const listed = await send<{ forwards: Forward[] }>(a, "GET", `/captures/${first!.id}/forwards`);
  expect(listed.forwards).toMatchObject([{ ruleId: ruleA.id, seq: 1, state: "succeeded" }]);
});

test("a chain of bins ends", async () => {
  const server = await start();
  const bins = await Promise.all(Array.from({ length: 6 }, () => server.createBin()));
  for (const [i, bin] of bins.slice(0, -1).entries()) {
    await addRule(bin, { url: bins[i + 1]!.captureUrl });
  }
  await fetch(`${server.url}/in/${bins[0]!.id}`, { method: "POST" });
  const counts = () => Promise.all(bins.map(async (bin) => (await bin.get()).captureCount));
  await expect.poll(counts).toEqual([1, 1, 1, 1, 0, 0]);
  const list = await send<{ rules: ForwardRule[] }>(bins[3]!, "GET", `/bins/${bins[3]!.id}/rules`);
  await expect
    .poll(async () => (await forwardsOf(bins[3]!, list.rules[0]!)).map(({ error }) => error?.code))
    .toEqual(["loop_detected"]);
});

test("a forward that failed is listed, and tried again by hand", async () => {
  const server = await start();
  let status = 404;
  const target = await startHttpTarget((_req, res) => void res.writeHead(status).end());
  const bin = await server.createBin();
  const rule = await addRule(bin, { url: target.url });
  for (const path of ["/1", "/2", "/3"]) await fetch(`${server.url}/in/${bin.id}${path}`);
  await expect.poll(async () => (await ruleOf(bin, rule)).failed).toBe(3);
  expect(await forwardsOf(bin, rule, "?state=succeeded")).toEqual([]);
  const failed = await forwardsOf(bin, rule, "?state=failed&limit=2");
  expect(failed.map(({ seq, url }) => [seq, url])).toEqual([
    [3, `${target.url}3`],
    [2, `${target.url}2`],
  ]);
  expect(await forwardsOf(bin, rule, "?state=failed&limit=2&before=2")).toHaveLength(1);
  status = 200;
  const [newest] = failed;
  await send(bin, "POST", `/forwards/${newest!.id}/retry`);
  await expect.poll(async () => (await ruleOf(bin, rule)).succeeded).toBe(1);
  expect((await bin.api(`/forwards/${newest!.id}/retry`, { method: "POST" })).status).toBe(400);
  expect(await send(bin, "POST", `/rules/${rule.id}/retry`)).toEqual({ retried: 2 });
  await expect.poll(async () => (await ruleOf(bin, rule)).succeeded).toBe(3);
  expect(await ruleOf(bin, rule)).toMatchObject({ waiting: 0, failed: 0 });
  const answer = await send<{ deliveries: Delivery[] }>(
    bin,
    "GET",
    `/captures/${newest!.captureId}/deliveries`,
  );
  expect(
    answer.deliveries.map(({ attempt, ruleId, forwardId, response }) => [
      ...[attempt, ruleId, forwardId],
      response?.status,
    ]),
  ).toEqual([
    [2, rule.id, newest!.id, 200],
    [1, rule.id, newest!.id, 404],
  ]);
});

test("on SIGTERM what is underway ends and is stored", async () => {
  const env = { DATABASE_URL: await newDatabaseUrl("sqlite"), PORT: String(await freePort()) };
  const server = await start(env);
  const answers: (() => void)[] = [];
  const target = await startHttpTarget((_req, res) => void answers.push(() => res.end()));
  const bin = await server.createBin();
  const rule = await addRule(bin, { url: target.url });
  await fetch(`${server.url}/in/${bin.id}`);
  await expect.poll(() => answers.length).toBe(1);
  const exit = server.stop();
  await expect.poll(() => fetch(`${server.url}/healthz`).catch(() => null)).toBeNull();
  answers[0]!();
  expect(await exit).toBe(0);
  await start(env);
  expect(await forwardsOf(bin, rule)).toMatchObject([{ state: "succeeded", attempts: 1 }]);
  expect(target.received).toHaveLength(1);
});

test("the sender gets the target's answer, made safe, or the bin's own reply", async () => {
  const server = await start();
  const target = await startHttpTarget((req, res) => {
    if (req.url === "/slow") return;
    if (req.url === "/cut") return void res.writeHead(200, { "Content-Length": "9" }).write("cut");
    const headers = { "Content-Type": "text/html", "Set-Cookie": "a=1", "X-Target": "yes" };
    res.writeHead(201, { ...headers, "Content-Encoding": "x" }).end("<b>hi</b>");
  });
  const own = {
    status: 202,
    headers: [["X-Own", "1"]] as [string, string][],
    body: "own",
    delayMs: 0,
  };
  const bin = await server.createBin({ reply: own });
  const rule = await addRule(bin, {
    url: target.url,
    answerSender: true,
    answerTimeoutMs: 5_000,
    timeoutMs: 1_000,
    query: "-path:/skip",
  });
  const call = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`${server.url}/in/${bin.id}${path}`, { method: "POST", ...init });
    return { status: response.status, headers: response.headers, body: await response.text() };
  };
  const answered = await call("/");
  expect(answered).toMatchObject({ status: 201, body: "<b>hi</b>" });
  const { headers } = answered;
  expect(headers.get("x-target")).toBe("yes");
  expect(headers.get("content-security-policy")).toBe("sandbox");
  expect(headers.get("x-content-type-options")).toBe("nosniff");
  expect(headers.get("set-cookie")).toBeNull();
  const [capture] = await bin.all();
  expect(headers.get("inlet-capture")).toBe(capture!.id);

  for (const path of ["/skip", "/slow", "/cut"]) {
    expect(await call(path), path).toMatchObject({ status: 202, body: "own" });
  }
  const preflight = { "Access-Control-Request-Method": "PUT", Origin: "http://other" };
  expect(await call("/", { method: "OPTIONS", headers: preflight })).toMatchObject({ status: 204 });
  // Twenty at once, each with its own.
  const all = await Promise.all(Array.from({ length: 20 }, () => call("/")));
  expect(all.map(({ status }) => status)).toEqual(all.map(() => 201));

  await send(bin, "PATCH", `/rules/${rule.id}`, { answerTimeoutMs: 100, timeoutMs: 20_000 });
  expect(await call("/slow")).toMatchObject({ status: 202, body: "own" });
  expect((await forwardsOf(bin, rule, "?state=waiting"))[0]).toMatchObject({ state: "waiting" });
  await send(bin, "PATCH", `/rules/${rule.id}`, { answerSender: false });
  expect(await call("/")).toMatchObject({ status: 202, body: "own" });
});
