import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { connectLive, type LiveClient, openSocket } from "../testing/live-client.ts";
import { startServer, type TestServer } from "../testing/server.ts";

describe("a server with MAX_SOCKETS_PER_ADDRESS=3 behind a proxy that it trusts", () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ MAX_SOCKETS_PER_ADDRESS: "3", TRUST_PROXY: "loopback" });
  });
  afterAll(() => server.stop());

  const from = (address: string) => ({ headers: { "X-Forwarded-For": address } });

  /** What a client is told instead of being connected. */
  async function refusal(address: string): Promise<{ active: boolean; code: unknown }> {
    const socket = openSocket(server, from(address));
    const error = await new Promise<Error & { data?: { code?: string } }>((failed, connected) => {
      socket.once("connect_error", failed);
      socket.once("connect", () => connected(new Error("it was let in")));
    });
    return { active: socket.active, code: error.data?.code };
  }

  test("lets no more in, says why in a way that no client repeats at once, and does when one has gone", async () => {
    const clients: LiveClient[] = [];
    for (let i = 0; i < 3; i++) clients.push(await connectLive(server, from("192.0.2.1")));
    // A client that is not active does not reconnect by itself.
    expect(await refusal("192.0.2.1")).toEqual({ active: false, code: "rate_limited" });
    clients[0]!.socket.disconnect();
    await expect.poll(async () => refusal("192.0.2.1").catch(() => "let in")).toBe("let in");
    expect(clients[1]!.socket.connected).toBe(true);
  });

  test("counts each address by itself, and an IPv6 network as one", async () => {
    for (const host of ["1", "2", "3"]) await connectLive(server, from(`2001:db8:7::${host}`));
    expect(await refusal("2001:db8:7::4")).toMatchObject({ code: "rate_limited" });
    const other = await connectLive(server, from("2001:db8:8::1"));
    expect(other.socket.connected).toBe(true);
  });

  test("keeps the first of many that come at once", async () => {
    const sockets = Array.from({ length: 12 }, () => openSocket(server, from("192.0.2.8")));
    const outcomes = await Promise.all(
      sockets.map(
        (socket) =>
          new Promise<string>((done) => {
            socket.once("connect", () => done("connected"));
            socket.once("connect_error", (error: Error & { data?: { code?: string } }) =>
              done(String(error.data?.code)),
            );
          }),
      ),
    );
    expect(outcomes.slice().sort()).toEqual([
      ...Array<string>(3).fill("connected"),
      ...Array<string>(9).fill("rate_limited"),
    ]);
  });

  test("refuses the handshake of what opens connections and says nothing", async () => {
    const statuses = [];
    for (let i = 0; i < 24; i++) {
      const handshake = `${server.url}/socket.io/?EIO=4&transport=polling`;
      statuses.push((await fetch(handshake, from("192.0.2.9"))).status);
    }
    expect(statuses).toEqual([...Array<number>(23).fill(200), 403]);
  });
});
