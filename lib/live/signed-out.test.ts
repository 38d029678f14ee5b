import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CreatedToken, type CreateToken, createdTokenSchema } from "../contract/token.ts";
import { connectLive } from "../testing/live-client.ts";
import { startServer, type TestBin, type TestServer } from "../testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function makeToken(bin: TestBin, input: Partial<CreateToken> = {}): Promise<CreatedToken> {
  const response = await bin.api("/workspace/tokens", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ label: "watcher", scope: "read", ...input }),
  });
  return createdTokenSchema.parse(await response.json());
}

async function watch(bin: TestBin, token: string) {
  const client = await connectLive(server, { token });
  expect(await client.watch(bin.id, 0)).toMatchObject({ ok: true });
  return client;
}

describe("who watches with a token", () => {
  test("is cut off at once when it is revoked, alone, and does not come back", async () => {
    const bin = await server.createBin();
    const [revoked, kept] = [await makeToken(bin), await makeToken(bin)];
    const [one, two] = [await watch(bin, revoked.token), await watch(bin, kept.token)];
    const response = await bin.api(`/workspace/tokens/${revoked.id}`, { method: "DELETE" });
    expect(response.status).toBe(204);
    await expect.poll(() => one.socket.connected).toBe(false);
    await fetch(bin.captureUrl);
    await expect.poll(() => two.captures()).toHaveLength(1);
    expect(one.captures()).toEqual([]);
    await expect(connectLive(server, { token: revoked.token })).rejects.toThrow();
  });

  test("is cut off at the moment that it expires", async () => {
    const bin = await server.createBin();
    const { token } = await makeToken(bin, { expiresIn: 3 });
    const client = await watch(bin, token);
    await expect.poll(() => client.socket.connected, { timeout: 10_000 }).toBe(false);
    await fetch(bin.captureUrl);
    expect((await bin.get()).captureCount).toBe(1);
    expect(client.captures()).toEqual([]);
  });

  test("is cut off in a browser that another one signs out", async () => {
    const made = await fetch(`${server.url}/api/v1/bins`, { method: "POST" });
    const { id, token } = (await made.json()) as { id: string; token: string };
    const cookie = made.headers.getSetCookie()[0]!.split(";")[0]!;
    const client = await connectLive(server, { headers: { cookie } });
    expect(await client.watch(id, null)).toMatchObject({ ok: true });
    const headers = { authorization: `Bearer ${token}` };
    const url = `${server.url}/api/v1/workspace/browsers`;
    const { browsers } = (await (await fetch(url, { headers })).json()) as {
      browsers: { id: string }[];
    };
    await fetch(`${url}/${browsers[0]!.id}`, { method: "DELETE", headers });
    await expect.poll(() => client.socket.connected).toBe(false);
    expect((await fetch(`${server.url}/api/v1/bins`, { headers: { cookie } })).status).toBe(401);
  });
});
