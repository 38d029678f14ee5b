import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectRaw } from "../testing/raw-sender.ts";
import { startServer, type TestServer } from "../testing/server.ts";

describe("a server with CAPTURE_RATE_LIMIT=3/h behind a proxy that it trusts", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ CAPTURE_RATE_LIMIT: "3/h", TRUST_PROXY: "loopback" });
  });
  afterAll(() => server.stop());

  const send = (binId: string, from: string, body = "x") =>
    fetch(`${server.url}/in/${binId}`, {
      method: "POST",
      headers: { "X-Forwarded-For": from },
      body,
    });

  test("answers 429 to what is over it, and stores no more of it", async () => {
    const bin = await server.createBin();
    for (let i = 0; i < 3; i++) expect((await send(bin.id, "192.0.2.1")).status).toBe(200);
    const refused = await send(bin.id, "192.0.2.1", "x".repeat(1_000_000));
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: "rate_limited", status: 429 });
    const seconds = Number(refused.headers.get("retry-after"));
    expect(seconds).toBeGreaterThan(3500);
    expect(refused.headers.get("ratelimit-policy")).toBe('"captures";q=3;w=3600');
    expect(refused.headers.get("ratelimit")).toBe(`"captures";r=0;t=${seconds}`);
    expect((await bin.get()).captureCount).toBe(3);
  });

  test("counts each bin and each address by itself, and an IPv6 network as one", async () => {
    const [a, b] = [await server.createBin(), await server.createBin()];
    const statuses = async (binId: string, addresses: string[]) => {
      const answers = [];
      for (const address of addresses) answers.push((await send(binId, address)).status);
      return answers;
    };
    expect(await statuses(a.id, ["192.0.2.1", "192.0.2.1", "192.0.2.1"])).toEqual([200, 200, 200]);
    expect(await statuses(b.id, ["192.0.2.1"])).toEqual([200]);
    expect(await statuses(a.id, ["192.0.2.2", "192.0.2.1"])).toEqual([200, 429]);
    const network = ["2001:db8::1", "2001:db8::2", "2001:db8::3", "2001:db8:0:0:4::"];
    expect(await statuses(a.id, [...network, "2001:db8:0:1::1"])).toEqual([
      200, 200, 200, 429, 200,
    ]);
  });

  test("counts requests that are not valid HTTP too", async () => {
    const bin = await server.createBin();
    const status = async () => {
      const sender = await connectRaw(server.port);
      await sender.write(`GET /in/${bin.id} HTTP/1.1\r\nBad header\r\n\r\n`);
      return (await sender.answer()).status;
    };
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push(await status());
    expect(statuses).toEqual([400, 400, 400, 429]);
    expect((await bin.get()).captureCount).toBe(3);
  });

  test("does not count requests to no bin", async () => {
    for (let i = 0; i < 5; i++) {
      expect((await send("z".repeat(20), "192.0.2.9")).status).toBe(404);
    }
  });
});
