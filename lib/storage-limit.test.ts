import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deletion } from "./contract/deletion.ts";
import type { InstanceLimits, Storage } from "./contract/instance-limits.ts";
import { problemSchema } from "./contract/problem.ts";
import { newDatabaseUrl, PROVIDERS } from "./testing/databases.ts";
import { connectLive } from "./testing/live-client.ts";
import { connectRaw } from "./testing/raw-sender.ts";
import { startServer, type TestBin, type TestServer } from "./testing/server.ts";

const LIMIT = 40_000;
const BODY = "x".repeat(4_000);

const send = (bin: TestBin, body = BODY) => fetch(bin.captureUrl, { method: "POST", body });

const limitsOf = async (bin: TestBin) =>
  (await (await bin.api("/limits")).json()) as InstanceLimits;
const storageOf = async (bin: TestBin) => (await limitsOf(bin)).storage!;

/** Sends until a capture is refused, and returns how many were taken, and the refusal. */
async function fill(bin: TestBin, max = 100) {
  for (let taken = 0; taken < max; taken++) {
    const answer = await send(bin);
    if (answer.status !== 200) return { taken, refusal: answer };
  }
  throw new Error(`${max} were taken`);
}

const post = (bin: TestBin, path: string, json: object) =>
  bin.api(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(json),
  });

describe.each(PROVIDERS)("a workspace that may store 40,000 bytes on %s", (provider) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({
      MAX_STORED_BYTES_PER_WORKSPACE: String(LIMIT),
      DATABASE_URL: await newDatabaseUrl(provider),
    });
  });
  afterAll(() => server.stop());

  const inSameWorkspace = async (bin: TestBin) =>
    (await (await post(bin, "/bins", {})).json()) as TestBin;

  test("takes no more when it is full, and says why and until when", async () => {
    const bin = await server.createBin();
    const { taken, refusal } = await fill(bin);
    // What is underway when the limit is reached is still taken.
    expect(taken).toBeGreaterThanOrEqual(9);
    expect(taken).toBeLessThan(15);
    expect(refusal.status).toBe(429);
    const problem = problemSchema.parse(await refusal.json());
    expect(problem).toMatchObject({ code: "storage_full", status: 429 });
    expect(problem.detail).toMatch(/workspace stores all that it may.*deleted captures or bins/);
    expect(refusal.headers.get("retry-after")).toBe("60");
    expect(refusal.headers.get("ratelimit-policy")).toBe(
      `"stored-bytes";q=${LIMIT};qu="content-bytes"`,
    );
    expect(refusal.headers.get("ratelimit")).toBe('"stored-bytes";r=0;t=60');
    expect((await bin.get()).captureCount).toBe(taken);
    const storage = await storageOf(bin);
    expect(storage).toMatchObject({ limitBytes: LIMIT, full: "workspace" });
    expect(storage.usedBytes).toBeGreaterThan(taken * BODY.length);
    expect(storage.usedBytes).toBeLessThan(taken * (BODY.length + 300));
  });

  test("is full for all of its bins and for what is not valid HTTP, and no other workspace is", async () => {
    const bin = await server.createBin();
    const sibling = await inSameWorkspace(bin);
    await fill(bin);
    expect((await send(sibling)).status).toBe(429);
    const sender = await connectRaw(server.port);
    await sender.write(`GET /in/${sibling.id} HTTP/1.1\r\nBad header\r\n\r\n`);
    expect((await sender.answer()).status).toBe(429);
    expect((await send(await server.createBin())).status).toBe(200);
  });

  test("takes captures again as soon as some were deleted, which is for good while it is full", async () => {
    const bin = await server.createBin();
    const { taken } = await fill(bin);
    const [first, second] = await bin.all();
    await bin.api(`/captures/${first!.id}`, { method: "DELETE" });
    await expect.poll(async () => (await storageOf(bin)).full).toBeNull();
    expect((await send(bin)).status).toBe(200);
    await fill(bin);
    const deleted = await post(bin, `/bins/${bin.id}/captures/delete`, { ids: [second!.id] });
    expect(await deleted.json()).toEqual({ deleted: 1, undo: null, undoUntil: null });
    await expect.poll(async () => (await send(bin)).status).toBe(200);
    await fill(bin);
    const cleared = await post(bin, `/bins/${bin.id}/captures/delete`, { all: true });
    expect(await cleared.json()).toMatchObject({ undo: null });
    await expect.poll(async () => (await storageOf(bin)).usedBytes).toBe(0);
    expect((await fill(bin)).taken).toBeGreaterThanOrEqual(taken - 1);
  });

  test("gives what could still be undone to captures that need the room", async () => {
    const bin = await server.createBin();
    for (let i = 0; i < 8; i++) await send(bin);
    const answer = await post(bin, `/bins/${bin.id}/captures/delete`, { all: true });
    const { undo } = (await answer.json()) as Deletion;
    expect(undo).not.toBeNull();
    const before = await storageOf(bin);
    expect(before.usedBytes).toBeGreaterThan(8 * BODY.length);
    await fill(bin);
    await expect.poll(async () => (await send(bin)).status).toBe(200);
    const restored = await post(bin, `/bins/${bin.id}/captures/restore`, { undo });
    expect(restored.status).toBe(410);
  });

  test("has room again when one of its bins is deleted", async () => {
    const bin = await server.createBin();
    const sibling = await inSameWorkspace(bin);
    await fill(bin);
    expect((await send(sibling)).status).toBe(429);
    await bin.api(`/bins/${bin.id}`, { method: "DELETE" });
    await expect.poll(async () => (await send(sibling)).status).toBe(200);
  });

  test("tells whoever watches how much it stores, when it is full, and when it is not any more", async () => {
    const bin = await server.createBin();
    const client = await connectLive(server, { token: bin.token });
    const told: Storage[] = [];
    client.socket.on("storage", ({ binId, storage }) => {
      expect(binId).toBe(bin.id);
      told.push(storage);
    });
    await client.watch(bin.id, 0);
    await fill(bin);
    await expect.poll(() => told.at(-1)?.full).toBe("workspace");
    expect(told.length).toBeGreaterThan(3);
    await post(bin, `/bins/${bin.id}/captures/delete`, { all: true });
    await expect.poll(() => told.at(-1)).toEqual({ usedBytes: 0, limitBytes: LIMIT, full: null });
  });
});

describe("an instance that may store 40,000 bytes", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ MAX_STORED_BYTES: String(LIMIT) });
  });
  afterAll(() => server.stop());

  test("is full for every workspace, until somebody makes room", async () => {
    const [a, b] = [await server.createBin(), await server.createBin()];
    const { refusal } = await fill(a);
    const problem = problemSchema.parse(await refusal.json());
    expect(problem).toMatchObject({ code: "storage_full" });
    expect(problem.detail).toContain("this instance stores all that it may");
    expect(refusal.headers.get("retry-after")).toBe("60");
    expect(refusal.headers.get("ratelimit")).toBeNull();
    expect((await send(b)).status).toBe(429);
    expect(await storageOf(b)).toEqual({ usedBytes: 0, limitBytes: null, full: "instance" });
    await a.api(`/bins/${a.id}/captures`, { method: "DELETE" });
    await expect.poll(async () => (await send(b)).status).toBe(200);
  });
});

describe("GET /limits", () => {
  test("says that nothing is limited on a loopback address", async () => {
    const server = await startServer();
    const bin = await server.createBin();
    await send(bin);
    const limits = await limitsOf(bin);
    expect(limits).toEqual({
      storage: { usedBytes: expect.any(Number), limitBytes: null, full: null },
      capturesPerBin: 10_000,
      captures: null,
      bins: null,
      socketsPerAddress: null,
    });
    expect(limits.storage!.usedBytes).toBeGreaterThan(BODY.length);
    await server.stop();
  });

  test("says what is limited everywhere else, and what is left, also to nobody in particular", async () => {
    const server = await startServer({ HOST: "0.0.0.0", MAX_CAPTURES_PER_BIN: "500" });
    const nobody = async () => (await fetch(`${server.url}/api/v1/limits`)).json();
    const all = {
      capturesPerBin: 500,
      captures: { limit: 100, seconds: 1 },
      socketsPerAddress: 100,
    };
    const bins = { limit: 60, seconds: 3600 };
    expect(await nobody()).toEqual({
      ...all,
      storage: null,
      bins: { ...bins, remaining: 60, resetSeconds: 3600 },
    });
    const bin = await server.createBin();
    expect(await limitsOf(bin)).toEqual({
      ...all,
      storage: { usedBytes: 0, limitBytes: 2 ** 30, full: null },
      bins: { ...bins, remaining: 59, resetSeconds: expect.any(Number) },
    });
    expect(await nobody()).toMatchObject({ bins: { remaining: 59 } });
    await server.stop();
  });
});
