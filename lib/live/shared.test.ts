import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CreateShare, createdShareSchema } from "../contract/share.ts";
import { connectLive } from "../testing/live-client.ts";
import { startServer, type TestBin, type TestServer } from "../testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

async function share(bin: TestBin, path: string, input: Partial<CreateShare> = {}) {
  const response = await bin.api(`${path}/shares`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const { id, url } = createdShareSchema.parse(await response.json());
  return { id, secret: new URL(url).pathname.slice("/s/".length) };
}

const TOKEN = "t0k3n-of-somebody";

/** A capture with the same secret in its headers, its path and its body. */
async function sendSecret(bin: TestBin): Promise<string> {
  const response = await fetch(`${bin.captureUrl}/x/${TOKEN}?page=1`, {
    method: "POST",
    headers: { authorization: `Bearer ${TOKEN}` },
    body: `{"password":"${TOKEN}"}`,
  });
  return response.headers.get("inlet-capture")!;
}

async function watchBin(bin: TestBin, input: Partial<CreateShare> = {}) {
  const link = await share(bin, `/bins/${bin.id}`, input);
  const client = await connectLive(server, { share: link.secret });
  const answer = await client.watch(link.id, 0);
  expect(answer).toMatchObject({ ok: true });
  return { link, client, answer };
}

describe("who watches a bin through a link", () => {
  test("gets what was missed and what comes, redacted, and never the bin's id", async () => {
    const bin = await server.createBin();
    await sendSecret(bin);
    const { client, answer, link } = await watchBin(bin);
    await sendSecret(bin);
    await expect.poll(() => client.captures()).toHaveLength(1);
    const all = JSON.stringify([answer, client.events]);
    expect(all).not.toContain(TOKEN);
    expect(all).not.toContain(bin.id);
    expect(all).not.toContain("127.0.0.1");
    expect(client.captures()[0]).toMatchObject({
      binId: link.id,
      captures: [{ seq: 2, binId: link.id, path: "/x/[redacted]", query: "page=1" }],
    });
  });

  test("is told of a large capture only that there is one more, which the list has redacted", async () => {
    const bin = await server.createBin();
    const { client, link } = await watchBin(bin);
    const body = JSON.stringify({ token: TOKEN, text: "x".repeat(100_000) });
    await fetch(`${bin.captureUrl}/x?echo=${TOKEN}`, { method: "POST", body });
    await expect
      .poll(() => client.captures())
      .toMatchObject([{ binId: link.id, captures: [], skipped: 1 }]);
    const listed = await fetch(`${server.url}/api/v1/shared/${link.secret}/captures`);
    expect(await listed.json()).toMatchObject({
      captures: [{ seq: 1, path: "/x", query: "echo=[redacted]" }],
    });
  });

  test("may ask by the bin's own id, and is answered by the link's", async () => {
    const bin = await server.createBin();
    const link = await share(bin, `/bins/${bin.id}`);
    const client = await connectLive(server, { share: link.secret });
    expect(await client.watch(bin.id, 0)).toMatchObject({ ok: true, seq: 0 });
    await sendSecret(bin);
    await expect.poll(() => client.captures()).toMatchObject([{ binId: link.id }]);
    expect(JSON.stringify(client.events)).not.toContain(bin.id);
  });

  test("hears nothing more once it has unwatched", async () => {
    const bin = await server.createBin();
    const { client, link } = await watchBin(bin);
    const { client: other } = await watchBin(bin);
    client.socket.emit("unwatch", { binId: link.id });
    // An answer to what was sent after it: it has been read.
    expect(await client.watch("somebody-else", 0)).toMatchObject({ ok: false });
    await sendSecret(bin);
    await expect.poll(() => other.captures()).toHaveLength(1);
    expect(client.captures()).toEqual([]);
  });

  test("gets all of it from a link that hides nothing, but for what is the owner's", async () => {
    const bin = await server.createBin();
    const { client, link } = await watchBin(bin, { redact: false });
    await sendSecret(bin);
    await expect.poll(() => client.captures()).toHaveLength(1);
    expect(client.captures()[0]!.captures).toMatchObject([{ path: `/x/${TOKEN}`, binId: link.id }]);
    expect(JSON.stringify(client.events)).not.toContain(bin.id);
  });

  test("is told of deletions, but not of notes, stars or settings", async () => {
    const bin = await server.createBin();
    const id = await sendSecret(bin);
    const { client, link } = await watchBin(bin);
    const json = { "content-type": "application/json" };
    const change = (path: string, body: object) =>
      bin.api(path, { method: "PATCH", headers: json, body: JSON.stringify(body) });
    await change(`/captures/${id}`, { note: "private", starred: true });
    await change(`/bins/${bin.id}`, { name: "private" });
    await bin.api(`/captures/${id}`, { method: "DELETE" });
    await expect.poll(() => client.of("removed")).toEqual([{ binId: link.id, ids: [id] }]);
    expect(client.events).toHaveLength(1);
  });

  test("is told and cut off when the link is revoked, and nobody else is", async () => {
    const bin = await server.createBin();
    const { client, link } = await watchBin(bin);
    const other = await watchBin(bin);
    await bin.api(`/shares/${link.id}`, { method: "DELETE" });
    await expect.poll(() => client.of("gone")).toEqual([{ binId: link.id }]);
    await expect.poll(() => client.socket.connected).toBe(false);
    await expect(connectLive(server, { share: link.secret })).rejects.toThrow("gone");
    expect(other.client.socket.connected).toBe(true);
    await sendSecret(bin);
    await expect.poll(() => other.client.captures()).toHaveLength(1);
    expect(client.captures()).toEqual([]);
  });

  test("is cut off when the link expires, and when the bin is deleted", async () => {
    const bin = await server.createBin();
    const { client, link } = await watchBin(bin, { expiresIn: 5 });
    const lasting = await watchBin(bin, { expiresIn: null });
    await expect.poll(() => client.of("gone"), { timeout: 15_000 }).toEqual([{ binId: link.id }]);
    expect(lasting.client.socket.connected).toBe(true);
    await bin.api(`/bins/${bin.id}`, { method: "DELETE" });
    await expect.poll(() => lasting.client.of("gone")).toEqual([{ binId: lasting.link.id }]);
  }, 30_000);
});

test("who watches a capture through a link learns when it is deleted, and of nothing else", async () => {
  const bin = await server.createBin();
  const [id, other] = [await sendSecret(bin), await sendSecret(bin)];
  const link = await share(bin, `/captures/${id}`);
  const client = await connectLive(server, { share: link.secret });
  expect(await client.watch(link.id, 0)).toEqual({ ok: true, seq: 0, missed: [], reset: false });
  await sendSecret(bin);
  await bin.api(`/captures/${other}`, { method: "DELETE" });
  await bin.api(`/captures/${id}`, { method: "DELETE" });
  await expect.poll(() => client.of("gone")).toEqual([{ binId: link.id }]);
  expect(client.events).toHaveLength(1);
});
