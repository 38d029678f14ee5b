import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import {
  type BulkResend,
  bulkDeliveriesSchema,
  bulkResendSchema,
  bulkResendsSchema,
  type CreateBulkResendInput,
} from "#lib/contract/bulk-resend.ts";
import { deliveriesSchema } from "#lib/contract/delivery.ts";
import { listen } from "#lib/outbound/testing.ts";
import { connectLive } from "#lib/testing/live-client.ts";
import { exchange } from "#lib/testing/raw-http.ts";
import { binClient, startServer, type TestBin, type TestServer } from "#lib/testing/server.ts";
import { upTo } from "#lib/testing/store.ts";
import { expectProblem } from "./testing.ts";

const shared = await startServer();
afterAll(() => shared.stop());

type Answer = (req: IncomingMessage, res: ServerResponse) => void;
const answerOk: Answer = (_req, res) => void res.end("ok");

/** A target that says which paths it was asked for, in order. */
async function startTarget(answer: Answer = answerOk) {
  const paths: string[] = [];
  const server = createServer((req, res) => {
    req.resume();
    req.on("end", () => {
      paths.push(req.url!);
      answer(req, res);
    });
  });
  return { url: `http://127.0.0.1:${await listen(server)}`, paths };
}

/** Answers those that wait when it is told to. */
function gate() {
  const waiting: ServerResponse[] = [];
  let isOpen = false;
  return {
    answer: ((_req, res) => void (isOpen ? res.end() : waiting.push(res))) as Answer,
    waiting,
    open() {
      isOpen = true;
      for (const res of waiting.splice(0)) res.end();
    },
  };
}

async function newBin(count: number, server: TestServer = shared): Promise<TestBin> {
  const bin = await server.createBin();
  for (const n of upTo(count)) {
    const sent = await fetch(`${server.url}/in/${bin.id}/${n}`, { method: "POST", body: `${n}` });
    expect(sent.status).toBe(200);
  }
  return bin;
}

const post = (bin: TestBin, path: string, json: unknown = {}) =>
  bin.api(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(json),
  });

async function create(bin: TestBin, input: Partial<CreateBulkResendInput> & { url: string }) {
  const json = { captures: { all: true }, ratePerSecond: 500, ...input };
  const response = await post(bin, `/bins/${bin.id}/bulk-resends`, json);
  expect(response.status).toBe(201);
  return bulkResendSchema.parse(await response.json());
}

async function act(bin: TestBin, { id }: BulkResend, action: "pause" | "resume" | "cancel") {
  const response = await post(bin, `/bulk-resends/${id}/${action}`);
  expect(response.status).toBe(200);
  return bulkResendSchema.parse(await response.json());
}

async function get(bin: TestBin, { id }: BulkResend): Promise<BulkResend> {
  return bulkResendSchema.parse(await (await bin.api(`/bulk-resends/${id}`)).json());
}

async function whenEnded(bin: TestBin, bulk: BulkResend): Promise<BulkResend> {
  await expect.poll(async () => (await get(bin, bulk)).endedAt).not.toBeNull();
  return get(bin, bulk);
}

const listed = async (bin: TestBin, { id }: BulkResend, query = "") =>
  bulkDeliveriesSchema.parse(
    await (await bin.api(`/bulk-resends/${id}/deliveries${query}`)).json(),
  );

const pathsUpTo = (count: number) => upTo(count).map((n) => `/${n}`);

describe("POST /bins/{binId}/bulk-resends", () => {
  test("sends all captures of a bin in their order, each as a delivery of its own", async () => {
    const target = await startTarget();
    const bin = await newBin(5);
    const bulk = await create(bin, { url: `${target.url}/base` });
    expect(bulk).toMatchObject({ binId: bin.id, total: 5, state: "running", endedAt: null });
    const ended = await whenEnded(bin, bulk);
    expect(ended).toMatchObject({ state: "done", sent: 5, succeeded: 5, failed: 0, skipped: 0 });
    expect(target.paths).toEqual(pathsUpTo(5).map((path) => `/base${path}`));
    const [capture] = await bin.all();
    const { deliveries } = deliveriesSchema.parse(
      await (await bin.api(`/captures/${capture!.id}/deliveries`)).json(),
    );
    expect(deliveries).toMatchObject([{ state: "succeeded", request: { edited: false } }]);
  });

  test("sends some by their ids, in their order, and passes over those that are not there", async () => {
    const target = await startTarget();
    const bin = await newBin(4);
    const other = await newBin(1);
    const ids = (await bin.all()).map(({ id }) => id);
    const others = (await other.all()).map(({ id }) => id);
    const captures = { ids: [ids[3]!, ids[0]!, ids[0]!, others[0]!] };
    const bulk = await create(bin, { url: target.url, captures });
    expect(await whenEnded(bin, bulk)).toMatchObject({ total: 2, succeeded: 2 });
    expect(target.paths).toEqual(["/1", "/4"]);
  });

  test("sends what a search finds, to exactly the URL when asked to", async () => {
    const target = await startTarget();
    const bin = await newBin(12);
    const captures = { q: "path:/1" };
    const bulk = await create(bin, { url: `${target.url}/x?y=1`, path: "replace", captures });
    expect(bulk.q).toBe("path:/1");
    expect(await whenEnded(bin, bulk)).toMatchObject({ total: 4, succeeded: 4 });
    expect(target.paths).toEqual(["/x?y=1", "/x?y=1", "/x?y=1", "/x?y=1"]);
  });

  test("says of each how it ended, and sends those that did not succeed again", async () => {
    let isBroken = true;
    const target = await startTarget((req, res) => {
      if (isBroken && req.url === "/2") return void res.destroy();
      res.statusCode = isBroken && req.url === "/3" ? 503 : 204;
      res.end();
    });
    const bin = await newBin(4);
    const bulk = await create(bin, { url: target.url });
    const counts = { sent: 4, succeeded: 2, other: 1, failed: 1 };
    expect(await whenEnded(bin, bulk)).toMatchObject(counts);
    const { deliveries } = await listed(bin, bulk, "?outcome=unsuccessful");
    expect(deliveries).toMatchObject([
      { index: 1, seq: 2, outcome: "failed", status: null, error: { code: "connection_reset" } },
      { index: 2, seq: 3, outcome: "other", status: 503, error: null },
    ]);
    expect((await listed(bin, bulk, "?outcome=failed")).deliveries).toHaveLength(1);
    const first = await listed(bin, bulk, "?limit=3");
    expect([first.deliveries.length, first.hasMore]).toEqual([3, true]);
    const rest = await listed(bin, bulk, `?after=${first.deliveries.at(-1)!.index}`);
    expect([rest.deliveries.map(({ seq }) => seq), rest.hasMore]).toEqual([[4], false]);

    isBroken = false;
    target.paths.length = 0;
    const again = await create(bin, { url: target.url, captures: { unsuccessfulOf: bulk.id } });
    expect(await whenEnded(bin, again)).toMatchObject({ total: 2, succeeded: 2 });
    expect(target.paths).toEqual(["/2", "/3"]);
    const none = { url: target.url, captures: { unsuccessfulOf: again.id } };
    const refused = await post(bin, `/bins/${bin.id}/bulk-resends`, none);
    await expectProblem(refused, "invalid_request");
  });

  test("skips captures that were deleted before their turn, and says how many", async () => {
    const { answer, open, waiting } = gate();
    const target = await startTarget(answer);
    const bin = await newBin(5);
    const bulk = await create(bin, { url: target.url });
    await expect.poll(() => waiting.length).toBe(1);
    const ids = (await bin.all()).map(({ id }) => id);
    await bin.api(`/captures/${ids[1]}`, { method: "DELETE" });
    await post(bin, `/bins/${bin.id}/captures/delete`, { ids: [ids[3]] });
    open();
    expect(await whenEnded(bin, bulk)).toMatchObject({ sent: 3, succeeded: 3, skipped: 2 });
    expect(target.paths).toEqual(["/1", "/3", "/5"]);
  });

  test("what cannot be sent fails with the reason, and the others go on", async () => {
    const target = await startTarget();
    const bin = await newBin(1);
    const connect = `127.0.0.1:${shared.port}/in/${bin.id}`;
    await exchange(shared.port, `CONNECT ${connect} HTTP/1.1\r\nHost: ${connect}\r\n\r\n`);
    await expect.poll(async () => (await bin.all()).length).toBe(2);
    await fetch(`${shared.url}/in/${bin.id}/3`);
    const bulk = await create(bin, { url: target.url });
    expect(await whenEnded(bin, bulk)).toMatchObject({ sent: 3, succeeded: 2, failed: 1 });
    const { deliveries } = await listed(bin, bulk, "?outcome=failed");
    const error = { code: "failed", message: expect.stringMatching(/^CONNECT cannot be sent/) };
    expect(deliveries).toMatchObject([{ seq: 2, method: "CONNECT", status: null, error }]);
    expect(target.paths).toEqual(["/1", "/3"]);
  });

  test("has so many on their way at once", async () => {
    const { answer, open, waiting } = gate();
    const target = await startTarget(answer);
    const bin = await newBin(6);
    const bulk = await create(bin, { url: target.url, concurrency: 3 });
    await expect.poll(() => waiting.length).toBe(3);
    expect((await get(bin, bulk)).sent).toBe(0);
    open();
    expect(await whenEnded(bin, bulk)).toMatchObject({ succeeded: 6 });
    expect([...target.paths].sort()).toEqual(pathsUpTo(6));
  });

  test("two do not wait for each other", async () => {
    const { answer, open, waiting } = gate();
    const [stuck, target] = [await startTarget(answer), await startTarget()];
    const bin = await newBin(3);
    const first = await create(bin, { url: stuck.url });
    await expect.poll(() => waiting.length).toBe(1);
    const second = await create(bin, { url: target.url });
    expect(await whenEnded(bin, second)).toMatchObject({ succeeded: 3 });
    expect(await get(bin, first)).toMatchObject({ state: "running", sent: 0 });
    const { bulkResends } = bulkResendsSchema.parse(
      await (await bin.api(`/bins/${bin.id}/bulk-resends`)).json(),
    );
    expect(bulkResends.map(({ id }) => id)).toEqual([second.id, first.id]);
    open();
    await whenEnded(bin, first);
  });

  test.each([
    ["no captures named", { captures: {} }, "captures"],
    ["an empty list", { captures: { ids: [] } }, "captures.ids"],
    ["ids that are not there", { captures: { ids: [crypto.randomUUID()] } }, "captures.ids"],
    ["a search that finds nothing", { captures: { q: "method:PATCH" } }, "captures.q"],
    ["a search that cannot be read", { captures: { q: "size:x" } }, "q"],
    ["a rate of nothing", { ratePerSecond: 0 }, "ratePerSecond"],
    ["too many at once", { concurrency: 9 }, "concurrency"],
    ["no URL", { url: "ftp://example.com" }, "url"],
    ["unknown gaps", { gaps: "2x" }, "gaps"],
  ])("refuses %s and names the field", async (_what, change, field) => {
    const bin = await newBin(1);
    const input = { url: "http://127.0.0.1:9/", captures: { all: true }, ...change };
    const response = await post(bin, `/bins/${bin.id}/bulk-resends`, input);
    const problem = await expectProblem(response, "invalid_request");
    expect(problem.errors?.map((error) => error.field)).toContain(field);
  });

  test("refuses an empty bin, and another workspace's bulk resend", async () => {
    const [empty, full] = [await newBin(0), await newBin(1)];
    const all = { url: "http://127.0.0.1:9/", captures: { all: true } };
    const response = await post(empty, `/bins/${empty.id}/bulk-resends`, all);
    expect((await expectProblem(response, "invalid_request")).detail).toMatch(/no captures/);
    const target = await startTarget();
    const bulk = await create(full, { url: target.url });
    const others = { url: target.url, captures: { unsuccessfulOf: bulk.id } };
    const refused = await post(empty, `/bins/${empty.id}/bulk-resends`, others);
    await expectProblem(refused, "not_found");
  });
});

describe("pause, resume and cancel", () => {
  test("a pause lets what is on its way end, and nothing begin until it goes on", async () => {
    const { answer, open, waiting } = gate();
    const target = await startTarget(answer);
    const bin = await newBin(4);
    const bulk = await create(bin, { url: target.url });
    await expect.poll(() => waiting.length).toBe(1);
    expect(await act(bin, bulk, "pause")).toMatchObject({ state: "paused", endedAt: null });
    open();
    await expect.poll(async () => (await get(bin, bulk)).sent).toBe(1);
    expect(await act(bin, bulk, "pause")).toMatchObject({ state: "paused", sent: 1 });
    expect(target.paths).toEqual(["/1"]);
    expect(await act(bin, bulk, "resume")).toMatchObject({ state: "running" });
    expect(await whenEnded(bin, bulk)).toMatchObject({ state: "done", succeeded: 4 });
    expect(target.paths).toEqual(pathsUpTo(4));
    expect(await act(bin, bulk, "cancel")).toMatchObject({ state: "done" });
    expect(await act(bin, bulk, "pause")).toMatchObject({ state: "done" });
    expect(await act(bin, bulk, "resume")).toMatchObject({ state: "done" });
  });

  test.each(["running", "paused"])(
    "a cancel ends one that is %s, and counts what was on its way",
    async (state) => {
      const { answer, open, waiting } = gate();
      const target = await startTarget(answer);
      const bin = await newBin(4);
      const bulk = await create(bin, { url: target.url, concurrency: 2 });
      await expect.poll(() => waiting.length).toBe(2);
      if (state === "paused") await act(bin, bulk, "pause");
      const cancelled = await act(bin, bulk, "cancel");
      expect(cancelled).toMatchObject({ state: "cancelled", sent: 0 });
      expect(cancelled.endedAt).not.toBeNull();
      open();
      await expect.poll(async () => (await get(bin, bulk)).sent).toBe(2);
      expect(await act(bin, bulk, "resume")).toMatchObject({ state: "cancelled" });
      expect(target.paths).toHaveLength(2);
    },
  );
});

test("watchers of the bin are told how far it is, and nobody else", async () => {
  const { answer, open, waiting } = gate();
  const target = await startTarget(answer);
  const [bin, other] = [await newBin(3), await newBin(0)];
  const told: BulkResend[] = [];
  const toldOthers: BulkResend[] = [];
  for (const [watched, list] of [
    [bin, told],
    [other, toldOthers],
  ] as const) {
    const client = await connectLive(shared, { token: watched.token });
    client.socket.on("bulkResend", (bulk: BulkResend) => list.push(bulk));
    await client.watch(watched.id, null);
  }
  const bulk = await create(bin, { url: target.url });
  await expect.poll(() => waiting.length).toBe(1);
  await expect.poll(() => told.at(-1)).toMatchObject({ id: bulk.id, state: "running", sent: 0 });
  open();
  await expect.poll(() => told.at(-1)).toMatchObject({ state: "done", sent: 3, succeeded: 3 });
  expect(toldOthers).toEqual([]);
});

describe("a server that stops", () => {
  async function startOn(databaseUrl: string) {
    const server = await startServer({ DATABASE_URL: databaseUrl });
    onTestFinished(() => server.kill());
    return server;
  }
  async function newDatabase() {
    const folder = await mkdtemp(join(tmpdir(), "inlet-bulk-"));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    return `file:${join(folder, "inlet.db")}`;
  }

  test("by kill -9: the next one goes on by itself, and everything has arrived at least once", async () => {
    const databaseUrl = await newDatabase();
    const first = await startOn(databaseUrl);
    const bin = await newBin(60, first);
    const { answer, open, waiting } = gate();
    // The first 20 are answered, then those on their way wait.
    const target = await startTarget((req, res) =>
      target.paths.length <= 20 ? answerOk(req, res) : answer(req, res),
    );
    const bulk = await create(bin, { url: target.url, concurrency: 4 });
    await expect.poll(() => waiting.length).toBe(4);
    await first.kill();
    const before = target.paths.length;
    open();

    const second = await startOn(databaseUrl);
    const again = binClient(second.url, bin, bin.token);
    const ended = await whenEnded(again, bulk);
    expect(ended).toMatchObject({ state: "done", total: 60, sent: 60, succeeded: 60 });
    expect([...new Set(target.paths)].sort()).toEqual(pathsUpTo(60).sort());
    // Those that were on their way, and no other, were sent twice.
    expect(before).toBe(24);
    expect(target.paths).toHaveLength(64);
  });

  test("by SIGTERM: one that runs goes on, one that is paused stays so", async () => {
    const databaseUrl = await newDatabase();
    const first = await startOn(databaseUrl);
    const bin = await newBin(10, first);
    const { answer, open, waiting } = gate();
    const target = await startTarget(answer);
    const running = await create(bin, { url: `${target.url}/running` });
    await expect.poll(() => waiting.length).toBe(1);
    const paused = await create(bin, { url: `${target.url}/paused` });
    await expect.poll(() => waiting.length).toBe(2);
    await act(bin, paused, "pause");
    // What is on its way may end while the server drains.
    const stopped = first.stop();
    await expect.poll(() => first.log.some((line) => line.includes('"stopping"'))).toBe(true);
    open();
    expect(await stopped).toBe(0);
    expect(target.paths).toEqual(["/running/1", "/paused/1"]);

    const second = await startOn(databaseUrl);
    const again = binClient(second.url, bin, bin.token);
    expect(await whenEnded(again, running)).toMatchObject({ state: "done", succeeded: 10 });
    expect(await get(again, paused)).toMatchObject({ state: "paused", sent: 1 });
    await act(again, paused, "resume");
    expect(await whenEnded(again, paused)).toMatchObject({ state: "done", succeeded: 10 });
    expect(target.paths).toHaveLength(20);
  });
});
