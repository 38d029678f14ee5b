import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Server as Engine } from "engine.io";
import { Server, type Socket } from "socket.io";
import type { Bin } from "../contract/bin.ts";
import type { Summary } from "../contract/capture.ts";
import {
  type ChangedEvent,
  type ClientToServerEvents,
  type RemovedEvent,
  type RestoredEvent,
  type ServerToClientEvents,
  unwatchSchema,
  type WatchAck,
  watchSchema,
} from "../contract/events.ts";
import { CATCH_UP_MAX } from "../contract/limits.ts";
import { createFeed } from "./feed.ts";

const SOCKET_PATH = "/socket.io";
/** Clients send ids and numbers, nothing larger. */
const MAX_MESSAGE_BYTES = 16 * 1024;
const MAX_WATCHED_BINS = 100;

type Credentials = { authorization: string | null; cookie: string | null };

export type LiveOptions<Visitor> = {
  /** Null for nobody in particular. Rejects for credentials that open nothing. */
  identify(credentials: Credentials): Promise<Visitor | null>;
  isOwnOrigin(origin: string, host: string | null): boolean;
  /** The newest `seq` of a bin, null when the visitor may not see it. */
  newestSeq(visitor: Visitor | null, binId: string): Promise<number | null>;
  capturesAfter(
    binId: string,
    after: number,
    limit: number,
  ): Promise<{ captures: Summary[]; hasMore: boolean }>;
  onError(error: unknown): void;
};

export type Live = {
  /** True when the request is Socket.IO's. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** A capture is stored; `summary` is called only where somebody watches. */
  captured(binId: string, summary: () => Summary): void;
  removed(event: RemovedEvent): void;
  restored(event: RestoredEvent): void;
  capturesChanged(event: ChangedEvent): void;
  changed(bin: Bin): void;
  gone(binId: string): void;
  close(): Promise<void>;
};

const roomOf = (binId: string) => `bin:${binId}`;

export function createLive<Visitor>(options: LiveOptions<Visitor>): Live {
  type Data = { visitor: Visitor | null };
  type InletServer = Server<
    ClientToServerEvents,
    ServerToClientEvents,
    Record<string, never>,
    Data
  >;
  type InletSocket = Socket<
    ClientToServerEvents,
    ServerToClientEvents,
    Record<string, never>,
    Data
  >;

  const engine = new Engine({
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest(req, decide) {
      const { origin, host } = req.headers;
      const isAllowed = origin === undefined || options.isOwnOrigin(origin, host ?? null);
      decide(isAllowed ? null : "forbidden origin", isAllowed);
    },
  });
  const io: InletServer = new Server({ serveClient: false });
  io.bind(engine);

  const feed = createFeed(
    (binId) => io.of("/").adapter.rooms.has(roomOf(binId)),
    (event) => io.to(roomOf(event.binId)).emit("captures", event),
  );

  io.use((socket, next) => {
    const token: unknown = socket.handshake.auth.token;
    const credentials = {
      authorization: typeof token === "string" ? `Bearer ${token}` : null,
      cookie: socket.handshake.headers.cookie ?? null,
    };
    options.identify(credentials).then(
      (visitor) => {
        socket.data.visitor = visitor;
        next();
      },
      (error: Error) => next(error),
    );
  });

  const watch = async (socket: InletSocket, input: unknown): Promise<WatchAck> => {
    const parsed = watchSchema.safeParse(input);
    if (!parsed.success || socket.rooms.size > MAX_WATCHED_BINS) {
      return { ok: false, code: "invalid_request" };
    }
    const { binId, after } = parsed.data;
    const { visitor } = socket.data;
    if ((await options.newestSeq(visitor, binId)) === null) return { ok: false, code: "not_found" };
    // The room first: what is committed while the past is read then comes both ways, never neither.
    await socket.join(roomOf(binId));
    const seq = await options.newestSeq(visitor, binId);
    if (seq === null) {
      await socket.leave(roomOf(binId));
      return { ok: false, code: "not_found" };
    }
    if (after === null) return { ok: true, seq, missed: [], reset: false };
    // A number from the future is from another database's past.
    if (after > seq) return { ok: true, seq, missed: [], reset: true };
    const { captures, hasMore } = await options.capturesAfter(binId, after, CATCH_UP_MAX);
    if (hasMore) return { ok: true, seq, missed: [], reset: true };
    const newest = Math.max(seq, captures.at(-1)?.seq ?? 0);
    return { ok: true, seq: newest, missed: captures, reset: false };
  };

  io.on("connection", (socket) => {
    socket.on("watch", (input, ack) => {
      if (typeof ack !== "function") return;
      watch(socket, input).then(ack, (error) => {
        options.onError(error);
        ack({ ok: false, code: "unavailable" });
      });
    });
    socket.on("unwatch", (input) => {
      const parsed = unwatchSchema.safeParse(input);
      if (parsed.success) void socket.leave(roomOf(parsed.data.binId));
    });
  });

  const isLive = ({ url = "" }: IncomingMessage): boolean => {
    const next = url.charAt(SOCKET_PATH.length);
    return url.startsWith(SOCKET_PATH) && (next === "/" || next === "?" || next === "");
  };

  return {
    handle(req, res) {
      if (!isLive(req)) return false;
      engine.handleRequest(req as Parameters<typeof engine.handleRequest>[0], res);
      return true;
    },
    onUpgrade(req, socket, head) {
      if (!isLive(req)) return false;
      engine.handleUpgrade(req as Parameters<typeof engine.handleUpgrade>[0], socket, head);
      return true;
    },
    captured: feed.push,
    removed: (event) => void io.to(roomOf(event.binId)).emit("removed", event),
    restored: (event) => void io.to(roomOf(event.binId)).emit("restored", event),
    capturesChanged: (event) => void io.to(roomOf(event.binId)).emit("changed", event),
    changed: (bin) => void io.to(roomOf(bin.id)).emit("bin", bin),
    gone(binId) {
      io.to(roomOf(binId)).emit("gone", { binId });
      io.in(roomOf(binId)).socketsLeave(roomOf(binId));
    },
    async close() {
      feed.stop();
      await io.close();
      engine.close();
    },
  };
}
