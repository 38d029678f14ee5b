import { io, type Socket } from "socket.io-client";
import { onTestFinished } from "vitest";
import type { Summary } from "../contract/capture.ts";
import type {
  CapturesEvent,
  ClientToServerEvents,
  ServerToClientEvents,
  WatchAck,
} from "../contract/events.ts";
import { connectRaw } from "./raw-http.ts";
import type { TestBin, TestServer } from "./server.ts";

export type LiveSocket = Socket<ServerToClientEvents, ClientToServerEvents>;
type ServerEvent = {
  [Name in keyof ServerToClientEvents]: {
    name: Name;
    event: Parameters<ServerToClientEvents[Name]>[0];
  };
}[keyof ServerToClientEvents];

export type LiveClient = {
  socket: LiveSocket;
  /** Everything that the server sent so far, in order. */
  events: ServerEvent[];
  captures(): CapturesEvent[];
  /** The events of one name. */
  of<Name extends keyof ServerToClientEvents>(
    name: Name,
  ): Parameters<ServerToClientEvents[Name]>[0][];
  watch(binId: string, after: number | null): Promise<WatchAck>;
};

export type LiveOptions = {
  token?: string;
  /** The secret of a share link. */
  share?: string;
  headers?: Record<string, string>;
};

/** A socket that is closed at the end of the test, whether it ever connects or not. */
export function openSocket(
  server: Pick<TestServer, "url">,
  { token, share, headers }: LiveOptions = {},
): LiveSocket {
  const socket: LiveSocket = io(server.url, {
    auth: { ...(token !== undefined && { token }), ...(share !== undefined && { share }) },
    extraHeaders: headers,
    transports: ["websocket"],
    reconnectionDelay: 20,
    reconnectionDelayMax: 100,
    forceNew: true,
  });
  onTestFinished(() => void socket.disconnect());
  return socket;
}

export async function connectLive(
  server: Pick<TestServer, "url">,
  options?: LiveOptions,
): Promise<LiveClient> {
  const socket = openSocket(server, options);
  await new Promise<void>((connected, failed) => {
    socket.once("connect", connected);
    socket.once("connect_error", failed);
  });
  const events: ServerEvent[] = [];
  for (const name of ["captures", "removed", "changed", "restored", "bin", "gone"] as const) {
    socket.on(name, (event: ServerEvent["event"]) => {
      events.push({ name, event } as ServerEvent);
    });
  }
  return {
    socket,
    events,
    captures: () => events.flatMap((sent) => (sent.name === "captures" ? [sent.event] : [])),
    of: (name) => events.flatMap((sent) => (sent.name === name ? [sent.event as never] : [])),
    watch: (binId, after) => socket.timeout(10_000).emitWithAck("watch", { binId, after }),
  };
}

/** What a page has of a bin: merged by `seq`, with what was missed or skipped fetched. */
export function followBin(server: TestServer, bin: TestBin) {
  const seen = new Map<number, Summary>();
  const socket = openSocket(server, { token: bin.token });
  const merge = (captures: Summary[]) => {
    for (const capture of captures) seen.set(capture.seq, capture);
  };
  const contiguous = (): number => {
    let seq = 0;
    while (seen.has(seq + 1)) seq += 1;
    return seq;
  };
  /** Fetches what a full message or a long absence left out. */
  const fill = async () => {
    for (let hasMore = true; hasMore; ) {
      const page = await bin.page(`limit=200&after=${contiguous()}`);
      merge(page.captures);
      hasMore = page.hasMore;
    }
  };
  const catchUp = async () => {
    const ack = await socket.emitWithAck("watch", { binId: bin.id, after: contiguous() });
    if (!ack.ok) throw new Error(ack.code);
    merge(ack.missed);
    if (ack.reset) await fill();
  };
  let connects = 0;
  socket.on("connect", () => {
    connects += 1;
    // A connection that ends in between is followed by another `connect`.
    void catchUp().catch(() => {});
  });
  socket.on("captures", ({ captures, skipped }) => {
    merge(captures);
    if (skipped) void fill().catch(() => {});
  });
  return {
    socket,
    seqs: () => [...seen.keys()].sort((a, b) => a - b),
    ids: () => new Set([...seen.values()].map(({ id }) => id)),
    connects: () => connects,
  };
}

/** Sends this many requests at once, pipelined on one connection, and awaits their answers. */
export async function sendMany(port: number, binId: string, count: number): Promise<void> {
  const connection = await connectRaw(port);
  connection.send(`POST /in/${binId} HTTP/1.1\r\nContent-Length: 0\r\n\r\n`.repeat(count));
  for (let i = 0; i < count; i++) {
    const { status } = await connection.response();
    if (status !== 200) throw new Error(`answered ${status}`);
  }
  connection.socket.destroy();
}
