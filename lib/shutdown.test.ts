import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { io } from "socket.io-client";
import { describe, expect, onTestFinished, test } from "vitest";
import type { Delivery } from "./contract/delivery.ts";
import { newDatabaseUrl } from "./testing/databases.ts";
import { inParallel, loadUntilGone } from "./testing/load.ts";
import { freePort } from "./testing/postgres.ts";
import { connectRaw } from "./testing/raw-sender.ts";
import { startServer, type TestBin } from "./testing/server.ts";
import { upTo } from "./testing/store.ts";

const DELAYED = { status: 202, headers: [], body: "x".repeat(256 * 1024), delayMs: 30_000 };

/** A server, and the same one again: on the same database and port. */
async function startTwice() {
  const env = {
    DATABASE_URL: await newDatabaseUrl("sqlite"),
    PORT: String(await freePort()),
  };
  const server = await startServer(env);
  onTestFinished(() => server.kill());
  return {
    server,
    async again() {
      const next = await startServer(env);
      onTestFinished(() => next.kill());
    },
  };
}

function isRefused(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => resolve(!socket.destroy()));
    socket.on("error", () => resolve(true));
  });
}

/** An upload of which the server has the head, as its `100 Continue` proves, and no body yet. */
async function startUpload(port: number, binId: string, length: number) {
  const sender = await connectRaw(port);
  await sender.write(
    `PUT /in/${binId} HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length}\r\nExpect: 100-continue\r\n\r\n`,
  );
  await expect.poll(sender.received).toContain("100 Continue");
  return sender;
}

describe("SIGTERM", () => {
  test("lets uploads end and delayed replies go out, and takes no new connection", async () => {
    const { server, again } = await startTwice();
    const bin = await server.createBin();
    const slow = await server.createBin({ reply: DELAYED });
    const uploads = await Promise.all(
      upTo(20).map(async () => {
        const upload = await startUpload(server.port, bin.id, 10);
        await upload.write("01234");
        return upload;
      }),
    );
    const delayed = upTo(30).map(async (i) => {
      const response = await fetch(`${server.url}/in/${slow.id}`, { method: "POST", body: `${i}` });
      expect(response.status).toBe(202);
      expect(await response.text()).toBe(DELAYED.body);
      return response.headers.get("inlet-capture")!;
    });
    await expect.poll(() => slow.all()).toHaveLength(delayed.length);

    const exit = server.stop();
    await expect.poll(() => isRefused(server.port)).toBe(true);
    const answers = await Promise.all(
      uploads.map(async (upload) => {
        await upload.write("56789");
        return upload.answer();
      }),
    );
    const delayedIds = await Promise.all(delayed);
    expect(await exit).toBe(0);

    await again();
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const ids = answers.map(({ headers }) => headers.get("inlet-capture"));
    const stored = await bin.all();
    expect(stored.map(({ id }) => id).sort()).toEqual(ids.sort());
    for (const { id, problem } of stored) {
      expect(problem).toBeNull();
      expect((await bin.body(id)).toString()).toBe("0123456789");
    }
    expect((await slow.all()).map(({ id }) => id).sort()).toEqual(delayedIds.sort());
  });

  test("lets an upload end also when the signal comes twice, as npm passes it on", async () => {
    const { server } = await startTwice();
    const bin = await server.createBin();
    const upload = await startUpload(server.port, bin.id, 10);
    const exit = server.stop();
    await expect.poll(() => isRefused(server.port)).toBe(true);
    process.kill(server.pid, "SIGTERM");
    await upload.write("0123456789");
    expect((await upload.answer()).status).toBe(200);
    expect(await exit).toBe(0);
  });

  test("does not wait for ever: what came of a hanging upload is stored as aborted", async () => {
    const { server, again } = await startTwice();
    const bin = await server.createBin();
    const upload = await startUpload(server.port, bin.id, 1000);
    await upload.write("only this");
    expect(await server.stop()).toBe(0);

    await again();
    const [stored, ...others] = await bin.all();
    expect(others).toEqual([]);
    expect(stored).toMatchObject({ method: "PUT", problem: "aborted", bodySize: 9 });
    expect((await bin.body(stored!.id)).toString()).toBe("only this");
  });

  test("under load ends well, and what was answered is stored, without a gap", async () => {
    const { server, again } = await startTwice();
    const bin = await server.createBin();
    let exit: Promise<number | null> | undefined;
    // Any answer but 200 fails the load.
    const load = await loadUntilGone(`${server.url}/in/${bin.id}`, 16, (count) => {
      if (count >= 200) exit ??= server.stop();
    });
    expect(await exit).toBe(0);

    await again();
    const stored = await bin.all();
    expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => i + 1));
    await inParallel([...load].slice(-100), 8, async ([id, body]) => {
      expect((await bin.body(id)).toString(), id).toBe(body);
    });
  });

  test("ends also with an idle connection and a watcher that stay open", async () => {
    const { server } = await startTwice();
    const idle = await connectRaw(server.port);
    await idle.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    expect((await idle.answer()).status).toBe(200);
    const watcher = io(server.url, { transports: ["websocket"], reconnection: false });
    onTestFinished(() => void watcher.close());
    const closed = new Promise((resolve) => watcher.on("disconnect", resolve));
    await expect.poll(() => watcher.connected).toBe(true);
    expect(await server.stop()).toBe(0);
    await closed;
  });
});

describe("a resend that is underway", () => {
  const resendTo = (bin: TestBin, id: string, url: string) =>
    bin.api(`/captures/${id}/resend`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url }),
    });

  /** A target that takes connections and never answers. */
  async function startSilence() {
    const sockets: Socket[] = [];
    const server = createServer((socket) => void sockets.push(socket.on("error", () => {})));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    return { sockets, url: `http://127.0.0.1:${(server.address() as { port: number }).port}/` };
  }

  test.each(["SIGTERM", "SIGKILL"])("is stored as interrupted, after %s", async (signal) => {
    const { server, again } = await startTwice();
    const bin = await server.createBin();
    const sent = await fetch(`http://127.0.0.1:${server.port}/in/${bin.id}`);
    const id = sent.headers.get("inlet-capture")!;
    const target = await startSilence();
    const answer = resendTo(bin, id, target.url).catch(() => null);
    await expect.poll(() => target.sockets.length).toBe(1);
    if (signal === "SIGTERM") expect(await server.stop()).toBe(0);
    else await server.kill();
    await answer;
    await again();
    const response = await bin.api(`/captures/${id}/deliveries`);
    const { deliveries } = (await response.json()) as { deliveries: Delivery[] };
    expect(deliveries).toMatchObject([{ state: "failed", error: { code: "interrupted" } }]);
  });
});
