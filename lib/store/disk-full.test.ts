import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { newFolder } from "../testing/databases.ts";
import { inParallel } from "../testing/load.ts";
import { startServer, type TestBin, type TestServer } from "../testing/server.ts";
import { limitFileSize, mountSmallDisk } from "../testing/small-disk.ts";

const BODY = Buffer.alloc(256 * 1024, "0123456789abcdef");
const canMount = process.platform === "linux" && process.getuid?.() === 0;

const send = (server: TestServer, bin: TestBin, body = BODY) =>
  fetch(`${server.url}/in/${bin.id}`, { method: "POST", body });

/** Sends until the disk is full, then twice as much again. Returns the ids that were acknowledged. */
async function fill(server: TestServer, bin: TestBin): Promise<string[]> {
  const acknowledged: string[] = [];
  const isFull = async () => {
    const response = await send(server, bin);
    if (response.status === 200) acknowledged.push(response.headers.get("inlet-capture")!);
    else await expectRefused(response);
    return response.status !== 200;
  };
  await expect.poll(isFull, { interval: 0, timeout: 30_000 }).toBe(true);
  await inParallel(Array.from({ length: 40 }), 8, isFull);
  return acknowledged;
}

async function expectRefused(response: Response) {
  expect(response.status).toBe(503);
  expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
  expect(response.headers.get("inlet-capture")).toBeNull();
  expect(await response.json()).toMatchObject({ code: "unavailable", status: 503 });
}

async function expectWhole(bin: TestBin, acknowledged: string[]) {
  const stored = await bin.all();
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => i + 1));
  expect(stored.map(({ id }) => id).sort()).toEqual([...acknowledged].sort());
  await inParallel(acknowledged, 4, async (id) => {
    expect((await bin.body(id)).equals(BODY), id).toBe(true);
  });
}

async function survivesFullDisk(server: TestServer, makeRoom: () => void) {
  const bin = await server.createBin();
  const acknowledged = await fill(server, bin);
  expect(acknowledged.length).toBeGreaterThan(10);

  await expectWhole(bin, acknowledged);
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  const patch = { method: "PATCH", headers: { "content-type": "application/json" } };
  const name = JSON.stringify({ name: "x".repeat(100) });
  // A small change may still fit into a page that is there; what it must not do is hang or lie.
  const change = await bin.api(`/bins/${bin.id}`, { ...patch, body: name });
  expect([200, 503]).toContain(change.status);

  makeRoom();
  await expect
    .poll(async () => {
      const response = await send(server, bin);
      if (response.status === 200) acknowledged.push(response.headers.get("inlet-capture")!);
      return response.status;
    })
    .toBe(200);
  await inParallel(Array.from({ length: 20 }), 8, async () => {
    const response = await send(server, bin);
    expect(response.status).toBe(200);
    acknowledged.push(response.headers.get("inlet-capture")!);
  });
  await expectWhole(bin, acknowledged);
}

describe.runIf(process.platform === "linux")("a full disk", () => {
  test.runIf(canMount)(
    "refuses captures, loses none, and needs no restart afterwards",
    async () => {
      const disk = await mountSmallDisk(24);
      onTestFinished(() => disk.remove());
      const server = await startServer({ DATABASE_URL: `file:${join(disk.folder, "inlet.db")}` });
      onTestFinished(async () => void (await server.stop()));
      await survivesFullDisk(server, disk.grow);
    },
  );

  test("is survived also where the failing write is of another kind", async () => {
    const server = await startServer({
      DATABASE_URL: `file:${join(await newFolder(), "inlet.db")}`,
    });
    onTestFinished(async () => void (await server.stop()));
    limitFileSize(server.pid, 12);
    await survivesFullDisk(server, () => limitFileSize(server.pid, "unlimited"));
  });
});
