import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { followBin } from "../testing/live-client.ts";
import { freePort } from "../testing/postgres.ts";
import { startServer, type TestBin, type TestServer } from "../testing/server.ts";

/** Sends until it is told to stop, whatever becomes of the server; gives the ids it was promised. */
function keepSending(url: string, senders: number) {
  const acknowledged: string[] = [];
  let isOver = false;
  const run = async () => {
    while (!isOver) {
      try {
        const response = await fetch(url, { method: "POST", body: "hello" });
        const id = response.headers.get("inlet-capture");
        if (response.ok && id) acknowledged.push(id);
      } catch {
        // No answer, no promise. The server is away: leave it the processor.
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  const runs = Array.from({ length: senders }, run);
  const stop = async () => {
    isOver = true;
    await Promise.all(runs);
  };
  onTestFinished(stop);
  return { acknowledged, stop };
}

const oneTo = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** The page must end with all that is stored, and what is stored with all that was promised. */
async function expectNothingLost(
  bin: TestBin,
  page: ReturnType<typeof followBin>,
  acknowledged: string[],
) {
  const stored = await bin.all();
  expect(stored.map(({ seq }) => seq)).toEqual(oneTo(stored.length));
  await expect.poll(() => page.seqs().length).toBe(stored.length);
  expect(page.seqs()).toEqual(oneTo(stored.length));
  const ids = page.ids();
  expect(acknowledged.filter((id) => !ids.has(id))).toEqual([]);
  expect(new Set(acknowledged).size).toBe(acknowledged.length);
}

test("a client that loses its connection again and again ends with every capture", async () => {
  const server = await startServer();
  onTestFinished(async () => void (await server.stop()));
  const bin = await server.createBin();
  const load = keepSending(`${server.url}/in/${bin.id}`, 4);
  const page = followBin(server, bin);
  for (let connects = 1; connects <= 6; connects++) {
    await expect.poll(page.connects).toBe(connects);
    const before = load.acknowledged.length;
    await expect.poll(() => load.acknowledged.length).toBeGreaterThan(before + 50);
    if (connects < 6) page.socket.io.engine.close();
  }
  await load.stop();
  await expectNothingLost(bin, page, load.acknowledged);
});

test("a server that is killed under load and started again loses nothing it acknowledged", async () => {
  const folder = await mkdtemp(join(tmpdir(), "inlet-live-"));
  const env = { DATABASE_URL: `file:${join(folder, "inlet.db")}`, PORT: String(await freePort()) };
  let server: TestServer = await startServer(env);
  onTestFinished(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });
  const bin = await server.createBin();
  const load = keepSending(`${server.url}/in/${bin.id}`, 4);
  const page = followBin(server, bin);
  for (let round = 1; round <= 2; round++) {
    await expect.poll(page.connects).toBe(round);
    const before = load.acknowledged.length;
    await expect.poll(() => load.acknowledged.length).toBeGreaterThan(before + 100);
    await server.kill();
    server = await startServer(env);
  }
  await expect.poll(page.connects).toBe(3);
  const before = load.acknowledged.length;
  await expect.poll(() => load.acknowledged.length).toBeGreaterThan(before + 100);
  await load.stop();
  await expectNothingLost(bin, page, load.acknowledged);
});
