import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { problemSchema } from "./contract/problem.ts";
import { startRedis, type TestRedis } from "./testing/redis.ts";
import { startServer, type TestServer } from "./testing/server.ts";

/** Makes a bin as a sender from this address, behind a proxy that the server trusts. */
const makeBin = (server: TestServer, from: string, init: RequestInit = {}) =>
  fetch(`${server.url}/api/v1/bins`, {
    method: "POST",
    ...init,
    headers: { ...init.headers, "X-Forwarded-For": from },
  });

describe("a server with BIN_RATE_LIMIT=3/h behind a proxy that it trusts", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ BIN_RATE_LIMIT: "3/h", TRUST_PROXY: "loopback" });
  });
  afterAll(() => server.stop());

  test("says with each bin how many are left, then 429 and when to try again", async () => {
    for (const left of [2, 1, 0]) {
      const made = await makeBin(server, "192.0.2.1");
      expect(made.status).toBe(201);
      expect(made.headers.get("ratelimit-policy")).toBe('"bins";q=3;w=3600');
      expect(made.headers.get("ratelimit")).toMatch(new RegExp(`^"bins";r=${left};t=\\d+$`));
      expect(made.headers.get("retry-after")).toBeNull();
    }
    const refused = await makeBin(server, "192.0.2.1");
    expect(refused.status).toBe(429);
    const problem = problemSchema.parse(await refused.json());
    expect(problem).toMatchObject({ code: "rate_limited", status: 429 });
    expect(problem.detail).toMatch(/^3 bins were made from this address.*Try again in 60 minutes/);
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(3500);
    expect(refused.headers.get("ratelimit-policy")).toBe('"bins";q=3;w=3600');
    expect(refused.headers.get("ratelimit")).toBe(`"bins";r=0;t=${seconds}`);
    expect(refused.headers.getSetCookie()).toEqual([]);
  });

  test("counts an IPv6 network as one address, and whoever has a workspace too", async () => {
    const first = await makeBin(server, "2001:db8::1");
    const { token } = (await first.json()) as { token: string };
    const headers = { Authorization: `Bearer ${token}` };
    const statuses = [];
    for (const from of ["2001:db8::2", "2001:db8::3", "2001:db8:0:0:4::", "2001:db8:0:1::"]) {
      statuses.push((await makeBin(server, from, { headers })).status);
    }
    expect(statuses).toEqual([201, 201, 429, 201]);
  });

  test("does not count what is refused for another reason", async () => {
    const headers = { "Content-Type": "application/json" };
    for (let i = 0; i < 4; i++) {
      const body = JSON.stringify({ name: 7 });
      expect((await makeBin(server, "192.0.2.3", { headers, body })).status).toBe(400);
    }
    expect((await makeBin(server, "192.0.2.3")).headers.get("ratelimit")).toMatch(/r=2/);
  });

  test("does not believe an address from a caller by the name of our own header", async () => {
    const ask = async (claimed: string) => {
      const headers = { "Inlet-Caller-Address": claimed };
      return (await makeBin(server, "192.0.2.4", { headers })).headers.get("ratelimit");
    };
    expect(await ask("198.51.100.1")).toMatch(/r=2/);
    expect(await ask("198.51.100.2")).toMatch(/r=1/);
  });
});

describe("two servers with one Redis", () => {
  let redis: TestRedis;
  let servers: TestServer[];
  beforeAll(async () => {
    redis = await startRedis();
    const env = { BIN_RATE_LIMIT: "4/h", REDIS_URL: redis.url };
    servers = await Promise.all([startServer(env), startServer(env)]);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.stop()));
    await redis.stop();
  });

  test("count together, and go on by themselves when Redis is gone", async () => {
    const [a, b] = servers as [TestServer, TestServer];
    const from = "127.0.0.1";
    const left = async (server: TestServer) =>
      (await makeBin(server, from)).headers.get("ratelimit")?.match(/r=(\d+)/)?.[1];
    expect([await left(a), await left(b), await left(a)]).toEqual(["3", "2", "1"]);
    await redis.kill();
    expect([await left(a), await left(b)]).toEqual(["3", "3"]);
    const warnings = () => a.log.filter((line) => line.includes("Redis does not answer"));
    await vi.waitFor(() => expect(warnings()).toHaveLength(1), { timeout: 30_000 });
    expect(await a.stop()).toBe(0);
  });
});
