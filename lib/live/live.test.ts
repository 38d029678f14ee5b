import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectLive, openSocket, sendMany } from "../testing/live-client.ts";
import { startServer, type TestBin, type TestServer } from "../testing/server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ MAX_CAPTURES_PER_BIN: "2000" });
});
afterAll(() => server.stop());

const send = (bin: TestBin, count = 1) => sendMany(server.port, bin.id, count);
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);

async function call(bin: TestBin, method: string, path: string, input: object) {
  const response = await bin.api(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  expect(response.status).toBe(200);
  return (await response.json()) as { undo?: string };
}

async function connectError(options: Parameters<typeof openSocket>[1]): Promise<Error> {
  const socket = openSocket(server, options);
  return new Promise((failed, unexpected) => {
    socket.once("connect_error", failed);
    socket.once("connect", () => unexpected(new Error("it connected")));
  });
}

/** A bin whose owner is known by a cookie. */
async function cookieOwner(): Promise<{ binId: string; cookie: string }> {
  const response = await fetch(`${server.url}/api/v1/bins`, { method: "POST" });
  const { id } = (await response.json()) as { id: string };
  return { binId: id, cookie: response.headers.getSetCookie()[0]!.split(";")[0]! };
}

describe("watching", () => {
  test("a bin is for its own workspace; all others are told that it does not exist", async () => {
    const bin = await server.createBin();
    const other = await server.createBin();
    const notFound = { ok: false, code: "not_found" };
    for (const token of [other.token, undefined]) {
      const client = await connectLive(server, { token });
      expect(await client.watch(bin.id, null)).toEqual(notFound);
      expect(await client.watch("a".repeat(20), null)).toEqual(notFound);
      await send(bin);
      // An own bin's event on the same socket comes after anything that the other's could cause.
      if (token) {
        await client.watch(other.id, null);
        await send(other);
        await expect.poll(() => client.captures().length).toBe(1);
      }
      expect(client.captures().every(({ binId }) => binId === other.id)).toBe(true);
    }
  });

  test("works with a token and with a cookie", async () => {
    const bin = await server.createBin();
    const byToken = await connectLive(server, { token: bin.token });
    expect(await byToken.watch(bin.id, null)).toMatchObject({ ok: true });
    const { binId, cookie } = await cookieOwner();
    const byCookie = await connectLive(server, { headers: { cookie } });
    expect(await byCookie.watch(binId, null)).toMatchObject({ ok: true });
  });

  test("with a token that opens nothing does not even connect", async () => {
    expect((await connectError({ token: "inlet_nobody" })).message).toContain("token");
    const { cookie } = await cookieOwner();
    const error = await connectError({ token: "inlet_nobody", headers: { cookie } });
    expect(error.message).toContain("token");
  });

  test("from a page of another origin does not connect, from our own it does", async () => {
    const { binId, cookie } = await cookieOwner();
    for (const origin of ["https://evil.test", "null", `http://127.0.0.1:${server.port + 1}`]) {
      expect(await connectError({ headers: { origin, cookie } })).toBeInstanceOf(Error);
    }
    const client = await connectLive(server, { headers: { origin: server.url, cookie } });
    expect(await client.watch(binId, null)).toMatchObject({ ok: true });
  });

  test("is refused over long polling from another origin, too", async () => {
    const url = `${server.url}/socket.io/?EIO=4&transport=polling`;
    const from = (origin: string) => fetch(url, { headers: { origin } });
    expect((await from("https://evil.test")).status).toBe(403);
    expect((await from(server.url)).status).toBe(200);
  });

  test("with input that makes no sense is refused and harms nothing", async () => {
    const bin = await server.createBin();
    const { socket, watch } = await connectLive(server, { token: bin.token });
    for (const input of [
      null,
      1,
      {},
      { binId: bin.id },
      { binId: bin.id, after: -1 },
      { binId: "x", after: 1 },
    ]) {
      const ack = await socket.emitWithAck("watch", input as never);
      expect(ack).toEqual({ ok: false, code: "invalid_request" });
    }
    socket.emit("watch", null as never, "no function" as never);
    socket.emit("unwatch", null as never);
    expect(await watch(bin.id, null)).toMatchObject({ ok: true });
  });
});

describe("catching up", () => {
  test("gives exactly what came after `after`, oldest first", async () => {
    const bin = await server.createBin();
    await send(bin, 10);
    const client = await connectLive(server, { token: bin.token });
    for (const after of [0, 4, 9, 10]) {
      const ack = await client.watch(bin.id, after);
      expect(ack).toMatchObject({ ok: true, seq: 10, reset: false });
      expect(ack.ok && ack.missed.map(({ seq }) => seq)).toEqual(range(after + 1, 10));
    }
    const ack = await client.watch(bin.id, 9);
    const [newest] = (await bin.page("limit=1")).captures;
    expect(ack.ok && ack.missed).toEqual([newest]);
  });

  test("with null gives none and says the newest `seq`", async () => {
    const bin = await server.createBin();
    await send(bin, 3);
    const client = await connectLive(server, { token: bin.token });
    const expected = { ok: true, seq: 3, missed: [], reset: false };
    expect(await client.watch(bin.id, null)).toEqual(expected);
  });

  test("after more than 1,000 missed captures says to list anew", async () => {
    const bin = await server.createBin();
    await send(bin, 1001);
    const client = await connectLive(server, { token: bin.token });
    expect(await client.watch(bin.id, 0)).toEqual({ ok: true, seq: 1001, missed: [], reset: true });
    const ack = await client.watch(bin.id, 1);
    expect(ack).toMatchObject({ ok: true, seq: 1001, reset: false });
    expect(ack.ok && ack.missed.map(({ seq }) => seq)).toEqual(range(2, 1001));
  });

  test("from a `seq` that is not there yet says to list anew", async () => {
    const bin = await server.createBin();
    await send(bin, 2);
    const client = await connectLive(server, { token: bin.token });
    expect(await client.watch(bin.id, 3)).toEqual({ ok: true, seq: 2, missed: [], reset: true });
  });

  test("leaves out what was deleted or cleared", async () => {
    const bin = await server.createBin();
    await send(bin, 3);
    const [first] = await bin.all();
    await bin.api(`/captures/${first!.id}`, { method: "DELETE" });
    const client = await connectLive(server, { token: bin.token });
    const ack = await client.watch(bin.id, 0);
    expect(ack.ok && ack.missed.map(({ seq }) => seq)).toEqual([2, 3]);
    await bin.api(`/bins/${bin.id}/captures`, { method: "DELETE" });
    const after = { ok: true, seq: 3, missed: [], reset: false };
    expect(await client.watch(bin.id, 0)).toEqual(after);
  });
});

describe("catching up with the revision of the answer before", () => {
  const json = (method: string, input: object) => ({
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  const CHANGES: Record<string, (bin: TestBin, ids: string[]) => Promise<unknown>> = {
    "a note": (bin, [id]) => bin.api(`/captures/${id}`, json("PATCH", { note: "x" })),
    "a star": (bin, ids) =>
      bin.api(`/bins/${bin.id}/captures`, json("PATCH", { ids, starred: true })),
    "a deletion": (bin, [id]) => bin.api(`/captures/${id}`, { method: "DELETE" }),
    "a deletion with a way back": (bin, [id]) =>
      bin.api(`/bins/${bin.id}/captures/delete`, json("POST", { ids: [id] })),
    "a deletion that was undone": async (bin, [id]) => {
      const { undo } = await call(bin, "POST", `/bins/${bin.id}/captures/delete`, { ids: [id] });
      await call(bin, "POST", `/bins/${bin.id}/captures/restore`, { undo });
    },
    "a clear": (bin) => bin.api(`/bins/${bin.id}/captures`, { method: "DELETE" }),
    "a clear with a way back": (bin) =>
      bin.api(`/bins/${bin.id}/captures/delete`, json("POST", { all: true })),
    "a clear that was undone": async (bin) => {
      const { undo } = await call(bin, "POST", `/bins/${bin.id}/captures/delete`, { all: true });
      await call(bin, "POST", `/bins/${bin.id}/captures/restore`, { undo });
    },
    "a new name": (bin) => bin.api(`/bins/${bin.id}`, json("PATCH", { name: "x" })),
  };

  test.each(Object.entries(CHANGES))("says to list anew after %s", async (_, change) => {
    const bin = await server.createBin();
    await send(bin, 3);
    const { socket } = await connectLive(server, { token: bin.token });
    const watch = async (revision: number | null) => {
      const ack = await socket.emitWithAck("watch", { binId: bin.id, after: 3, revision });
      if (!ack.ok) throw new Error(ack.code);
      return ack;
    };
    const first = await watch(null);
    expect(first).toMatchObject({ reset: false, state: { stored: 3, removedUpTo: 0 } });
    await send(bin);
    const { missed, reset, state } = await watch(first.state!.revision);
    expect({ missed: missed.length, reset }).toEqual({ missed: 1, reset: false });
    expect(state!.stored).toBe(4);

    const response = await change(
      bin,
      (await bin.all()).map(({ id }) => id),
    );
    if (response instanceof Response) expect(response.ok).toBe(true);
    const last = await watch(state!.revision);
    expect(last).toMatchObject({ missed: [], reset: true });
    expect(last.state!.stored).toBe((await bin.get()).storedCount);
    expect(await watch(last.state!.revision)).toMatchObject({ reset: false, state: last.state });
  });

  test("says up to where retention has removed", async () => {
    const bin = await server.createBin();
    await send(bin, 2_500);
    const { socket } = await connectLive(server, { token: bin.token });
    const oldest = async () => (await bin.page("after=0&limit=1")).captures[0]!.seq;
    await expect.poll(oldest).toBe(501);
    const watch = { binId: bin.id, after: 2_500, revision: 0 };
    const state = { stored: 2_000, removedUpTo: 500, revision: 0 };
    expect(await socket.emitWithAck("watch", watch)).toMatchObject({ reset: false, state });
  });
});

describe("a watched bin", () => {
  const watched = async () => {
    const bin = await server.createBin();
    const client = await connectLive(server, { token: bin.token });
    await client.watch(bin.id, null);
    return { bin, client };
  };

  test("sends each capture as the list has it", async () => {
    const { bin, client } = await watched();
    await send(bin);
    await expect.poll(() => client.captures().length).toBe(1);
    const { captures } = await bin.page();
    expect(client.captures()).toEqual([{ binId: bin.id, captures }]);
  });

  test("sends many captures in few messages, in order, and says how many it left out", async () => {
    const { bin, client } = await watched();
    const count = 1500;
    await send(bin, count);
    const told = () =>
      client
        .captures()
        .reduce((sum, { captures, skipped = 0 }) => sum + captures.length + skipped, 0);
    await expect.poll(told).toBe(count);
    const messages = client.captures();
    expect(messages.length).toBeLessThan(count / 4);
    for (const { captures } of messages) expect(captures.length).toBeLessThanOrEqual(200);
    const seqs = messages.flatMap(({ captures }) => captures.map(({ seq }) => seq));
    expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
  });

  test("says what was deleted and up to where it was cleared", async () => {
    const { bin, client } = await watched();
    await send(bin, 3);
    const [first] = await bin.all();
    await bin.api(`/captures/${first!.id}`, { method: "DELETE" });
    await bin.api(`/bins/${bin.id}/captures`, { method: "DELETE" });
    const removed = () => client.events.filter(({ name }) => name === "removed");
    await expect.poll(() => removed().length).toBe(2);
    expect(removed().map(({ event }) => event)).toEqual([
      { binId: bin.id, ids: [first!.id] },
      { binId: bin.id, all: true, upTo: 3 },
    ]);
  });

  test("says up to where it was trimmed to its limit", async () => {
    const { bin, client } = await watched();
    await send(bin, 2010);
    await expect
      .poll(() => client.events.filter(({ name }) => name === "removed").at(-1)?.event)
      .toEqual({ binId: bin.id, upTo: 10 });
    expect((await bin.all()).map(({ seq }) => seq)).toEqual(range(11, 2010));
  });

  test("says which captures a person starred or noted", async () => {
    const { bin, client } = await watched();
    await send(bin, 2);
    const [first, second] = (await bin.all()).map(({ id }) => id) as [string, string];
    await call(bin, "PATCH", `/captures/${first}`, { note: "odd" });
    await call(bin, "PATCH", `/bins/${bin.id}/captures`, { ids: [first, second], starred: true });
    await expect.poll(() => client.of("changed").length).toBe(2);
    const [noted, starred] = client.of("changed");
    expect(noted).toEqual({ binId: bin.id, captures: [{ id: first, note: "odd" }] });
    expect(starred?.captures).toHaveLength(2);
    expect(starred?.captures).toContainEqual({ id: second, starred: true });
  });

  test("says what is deleted and what comes back", async () => {
    const { bin, client } = await watched();
    await send(bin, 3);
    const captures = await bin.all();
    const ids = [captures[0]!.id, captures[2]!.id];
    const { undo } = await call(bin, "POST", `/bins/${bin.id}/captures/delete`, { ids });
    await expect.poll(() => client.of("removed").length).toBe(1);
    expect(client.of("removed")[0]?.ids?.sort()).toEqual([...ids].sort());
    await call(bin, "POST", `/bins/${bin.id}/captures/restore`, { undo });
    await expect.poll(() => client.of("restored").length).toBe(1);
    expect(client.of("restored")).toEqual([
      { binId: bin.id, count: 2, captures: [captures[0], captures[2]], after: 0 },
    ]);
  });

  test("tells of many that come back in messages of a bounded size", async () => {
    const { bin, client } = await watched();
    await send(bin, 450);
    const ids = (await bin.all()).map(({ id }) => id);
    const { undo } = await call(bin, "POST", `/bins/${bin.id}/captures/delete`, { ids });
    await call(bin, "POST", `/bins/${bin.id}/captures/restore`, { undo });
    await expect
      .poll(() => client.of("restored").map(({ count }) => count))
      .toEqual([200, 200, 50]);
    const seqs = client.of("restored").flatMap(({ captures }) => captures!.map(({ seq }) => seq));
    expect(seqs).toEqual(range(1, 450));
  });

  test("says that a clear is undone", async () => {
    const { bin, client } = await watched();
    await send(bin, 2);
    const { undo } = await call(bin, "POST", `/bins/${bin.id}/captures/delete`, { all: true });
    await call(bin, "POST", `/bins/${bin.id}/captures/restore`, { undo });
    await expect.poll(() => client.of("restored").length).toBe(1);
    expect(client.of("removed")).toEqual([{ binId: bin.id, all: true, upTo: 2 }]);
    expect(client.of("restored")).toEqual([{ binId: bin.id, count: 2, captures: null, after: 0 }]);
  });

  test("sends its settings when they change", async () => {
    const { bin, client } = await watched();
    const response = await bin.api(`/bins/${bin.id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "Stripe" }),
    });
    await expect.poll(() => client.events.length).toBe(1);
    expect(client.events).toEqual([{ name: "bin", event: await response.json() }]);
  });

  test("that is deleted says `gone`, and nothing after it", async () => {
    const { bin, client } = await watched();
    await send(bin);
    await expect.poll(() => client.captures().length).toBe(1);
    await bin.api(`/bins/${bin.id}`, { method: "DELETE" });
    await expect.poll(() => client.events.at(-1)?.name).toBe("gone");
    const count = client.events.length;
    await fetch(`${server.url}/in/${bin.id}`);
    expect(await client.watch(bin.id, null)).toEqual({ ok: false, code: "not_found" });
    expect(client.events).toHaveLength(count);
  });

  test("that is unwatched sends nothing more; other bins still do", async () => {
    const { bin, client } = await watched();
    const second = await bin.api("/bins", { method: "POST" });
    const { id } = (await second.json()) as { id: string };
    await client.watch(id, null);
    client.socket.emit("unwatch", { binId: bin.id });
    // Messages of one socket are handled in order, so the answer shows that it is unwatched.
    await client.watch(id, null);
    await send(bin);
    await sendMany(server.port, id, 1);
    await expect.poll(() => client.captures().length).toBe(1);
    expect(client.captures()[0]!.binId).toBe(id);
  });

  test("sends to each of its watchers", async () => {
    const { bin, client } = await watched();
    const second = await connectLive(server, { token: bin.token });
    await second.watch(bin.id, null);
    await send(bin);
    for (const { captures } of [client, second]) {
      await expect.poll(() => captures().length).toBe(1);
    }
  });
});
