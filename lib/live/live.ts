import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Server as Engine } from "engine.io";
import { Server, type Socket } from "socket.io";
import type { Bin } from "../contract/bin.ts";
import type { BulkResend } from "../contract/bulk-resend.ts";
import type { Summary } from "../contract/capture.ts";
import {
  type BinState,
  type ChangedEvent,
  type ClientToServerEvents,
  type DeliveryEvent,
  type RemovedEvent,
  type RestoredEvent,
  type ServerToClientEvents,
  type StorageEvent,
  unwatchSchema,
  type Watch,
  type WatchAck,
  watchSchema,
} from "../contract/events.ts";
import { CATCH_UP_MAX } from "../contract/limits.ts";
import type { ErrorCode } from "../contract/problem.ts";
import { isAppError } from "../errors.ts";
import { createFeed } from "./feed.ts";
import { createSharedBins, type SharedLink } from "./shared-bins.ts";
import { type SocketCountsOptions, socketCounts } from "./socket-counts.ts";

const SOCKET_PATH = "/socket.io";
/** Clients send ids and numbers, nothing larger. */
const MAX_MESSAGE_BYTES = 16 * 1024;
const MAX_WATCHED_BINS = 100;
/** Rooms that are no bins: a socket's own, its token's, and its session's. */
const OWN_ROOMS = 3;

type Credentials = {
  authorization: string | null;
  cookie: string | null;
  agent: string | null;
  admission: string | null;
};

/** A visitor as far as the socket is concerned. */
type Holder = { tokenId: string; expiresAt: Date | null };

/** How far a bin is, all of it read at once. */
export type Position = BinState & { seq: number };

export type LiveOptions<Visitor, Link extends SharedLink> = {
  /** Null for nobody in particular. Rejects for credentials that open nothing. */
  identify(credentials: Credentials): Promise<Visitor | null>;
  /** Where what says who was let in is found, see `Credentials`. */
  admissionHeader: string;
  /** The session that a socket lives by, null for one that no session opened. */
  sessionOf(credentials: Credentials): string | null;
  isOwnOrigin(origin: string, host: string | null): boolean;
  sockets: SocketCountsOptions;
  /** Null when the visitor may not see the bin. */
  positionOf(visitor: Visitor | null, binId: string): Promise<Position | null>;
  capturesAfter(
    binId: string,
    after: number,
    limit: number,
  ): Promise<{ captures: Summary[]; hasMore: boolean }>;
  /** The link that a secret opens, null when it opens nothing (any more). */
  findLink(secret: string): Promise<Link | null>;
  /** Null when the link's bin is gone. */
  sharedPositionOf(link: Link): Promise<Position | null>;
  sharedCapturesAfter(
    secret: string,
    after: number,
    limit: number,
  ): Promise<{ captures: Summary[]; hasMore: boolean }>;
  onError(error: unknown): void;
};

export type Live<Link extends SharedLink = SharedLink> = {
  /** Whether the request is Socket.IO's; the two below take those alone. */
  isLive(req: IncomingMessage): boolean;
  handle(req: IncomingMessage, res: ServerResponse): void;
  onUpgrade(req: IncomingMessage, socket: Duplex, head: Buffer): void;
  /**
   * A capture is stored; `summary` is called only where somebody watches. Where a link's is null, its
   * watchers are told that there is one more to list.
   */
  captured(
    binId: string,
    summary: () => Summary,
    sharedSummary: (link: Link) => Summary | null,
  ): void;
  removed(event: RemovedEvent): void;
  restored(event: RestoredEvent): void;
  capturesChanged(event: ChangedEvent): void;
  delivered(event: DeliveryEvent): void;
  bulkChanged(bulk: BulkResend): void;
  changed(bin: Bin): void;
  stored(event: StorageEvent): void;
  gone(binId: string): void;
  /** A token was revoked: whoever is connected with it is cut off. */
  signedOut(tokenId: string): void;
  /** A link was taken back: whoever watches through it is told, and cut off. */
  revoked(shareId: string): void;
  /** A browser signed out: its sockets are cut off. */
  sessionEnded(sessionId: string): void;
  close(): Promise<void>;
};

const roomOf = (binId: string) => `bin:${binId}`;
const tokenRoomOf = (tokenId: string) => `token:${tokenId}`;
const sessionRoomOf = (sessionId: string) => `session:${sessionId}`;
const sharedRoomOf = (shareId: string) => `share:${shareId}`;
/** The longest that a timer can wait. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;
/** Summaries for a link are made one by one: who missed more lists anew. */
const SHARED_CATCH_UP_MAX = 50;

/** The link's id stands for the bin's; whoever knows that one anyway may say it. */
const isShownBy = (link: SharedLink, binId: string): boolean =>
  binId === link.id || (link.captureId === null && binId === link.binId);

type Missed = { captures: Summary[]; hasMore: boolean };

/** What a watcher that asked as in `watch` has to know; null for all that it missed means too much. */
function answer({ seq, ...state }: Position, { revision }: Watch, missed: Missed | null): WatchAck {
  const isTold = revision === undefined || revision === null || revision === state.revision;
  const captures = isTold && missed?.hasMore === false ? missed.captures : null;
  // More may have come after the position was read.
  const newest = Math.max(seq, captures?.at(-1)?.seq ?? 0);
  return {
    ok: true,
    seq: newest,
    missed: captures ?? [],
    reset: captures === null,
    ...(revision !== undefined && { state: { ...state, stored: state.stored + newest - seq } }),
  };
}

const NOTHING: Missed = { captures: [], hasMore: false };

export function createLive<Visitor extends Holder, Link extends SharedLink>(
  options: LiveOptions<Visitor, Link>,
): Live<Link> {
  type Shared = { link: Link; secret: string };
  /** Who holds a link is nobody else, whatever else the browser sends along. */
  type Data = { visitor: Visitor | null; shared: Shared | null };
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

  const counts = socketCounts(options.sockets);
  const engine = new Engine({
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest(req, decide) {
      const { origin, host } = req.headers;
      const isOwn = origin === undefined || options.isOwnOrigin(origin, host ?? null);
      const isAllowed = isOwn && !counts.isFlooded(req);
      decide(isOwn ? (isAllowed ? null : "too many sockets") : "forbidden origin", isAllowed);
    },
  });
  engine.on("connection", (socket) => counts.opened(socket, socket.request));
  const io: InletServer = new Server({ serveClient: false });
  io.bind(engine);

  const feed = createFeed(
    (binId) => io.of("/").adapter.rooms.has(roomOf(binId)),
    (event) => io.to(roomOf(event.binId)).emit("captures", event),
  );

  const hangUp = (shareId: string): void => {
    const room = io.in(sharedRoomOf(shareId));
    room.emit("gone", { binId: shareId });
    room.disconnectSockets(true);
  };
  const sharedBins = createSharedBins<Link>(
    (shareId) => io.of("/").adapter.rooms.has(sharedRoomOf(shareId)),
    {
      captures: (id, event) => io.to(sharedRoomOf(id)).emit("captures", event),
      removed: (id, event) => io.to(sharedRoomOf(id)).emit("removed", event),
      restored: (id, event) => io.to(sharedRoomOf(id)).emit("restored", event),
      gone: hangUp,
    },
  );

  const hangUpAt = (socket: InletSocket, expiresAt: Date | null, farewell?: () => void): void => {
    if (!expiresAt) return;
    let timer: NodeJS.Timeout;
    const wait = () => {
      const left = expiresAt.getTime() - Date.now();
      timer = setTimeout(left <= 0 ? end : wait, Math.min(Math.max(left, 0), MAX_TIMEOUT_MS));
    };
    const end = () => {
      farewell?.();
      socket.disconnect(true);
    };
    wait();
    socket.on("disconnect", () => clearTimeout(timer));
  };

  io.use((socket, next) => {
    if (!counts.isOver(socket.conn)) return next();
    // The one way to say why: a browser does not see the answer to a handshake.
    const tooMany = new Error("too many sockets are open from this address");
    next(Object.assign(tooMany, { data: { code: "rate_limited" satisfies ErrorCode } }));
    // What has read it goes by itself; whoever has not is cut off.
    setTimeout(() => socket.conn.close(), 1_000).unref();
  });

  io.use((socket, next) => {
    const secret: unknown = socket.handshake.auth.share;
    socket.data.visitor = null;
    socket.data.shared = null;
    if (secret === undefined) return next();
    options.findLink(typeof secret === "string" ? secret : "").then((link) => {
      if (!link) return next(new Error("gone"));
      socket.data.shared = { link, secret: secret as string };
      next();
    }, next);
  });

  const credentialsOf = ({ handshake }: InletSocket): Credentials => {
    const { auth, headers } = handshake;
    return {
      authorization: typeof auth.token === "string" ? `Bearer ${auth.token}` : null,
      cookie: headers.cookie ?? null,
      agent: headers["user-agent"] ?? null,
      admission: headers[options.admissionHeader]?.toString() ?? null,
    };
  };

  io.use((socket, next) => {
    if (socket.data.shared) return next();
    options.identify(credentialsOf(socket)).then(
      (visitor) => {
        socket.data.visitor = visitor;
        next();
      },
      // The page asks why it was refused.
      (error: Error & { code?: string }) =>
        next(Object.assign(error, { data: { code: error.code } })),
    );
  });

  const watchShared = async (
    socket: InletSocket,
    { link, secret }: Shared,
    input: Watch,
  ): Promise<WatchAck> => {
    const { binId, after } = input;
    if (!isShownBy(link, binId)) return { ok: false, code: "not_found" };
    sharedBins.add(link);
    await socket.join(sharedRoomOf(link.id));
    // Again, now that nothing of what happens to the link can be missed.
    const current = await options.findLink(secret);
    const position = current && (await options.sharedPositionOf(current));
    if (position === null) {
      await socket.leave(sharedRoomOf(link.id));
      return { ok: false, code: "not_found" };
    }
    if (after === null || link.captureId !== null) return answer(position, input, NOTHING);
    if (after > position.seq) return answer(position, input, null);
    return answer(
      position,
      input,
      await options.sharedCapturesAfter(secret, after, SHARED_CATCH_UP_MAX),
    );
  };

  const watch = async (socket: InletSocket, input: unknown): Promise<WatchAck> => {
    const parsed = watchSchema.safeParse(input);
    if (!parsed.success || socket.rooms.size >= OWN_ROOMS + MAX_WATCHED_BINS) {
      return { ok: false, code: "invalid_request" };
    }
    const { binId, after } = parsed.data;
    const { visitor, shared } = socket.data;
    if (shared) return watchShared(socket, shared, parsed.data);
    if (!(await options.positionOf(visitor, binId))) return { ok: false, code: "not_found" };
    // The room first: what is committed while the past is read then comes both ways, never neither.
    await socket.join(roomOf(binId));
    const position = await options.positionOf(visitor, binId);
    if (position === null) {
      await socket.leave(roomOf(binId));
      return { ok: false, code: "not_found" };
    }
    if (after === null) return answer(position, parsed.data, NOTHING);
    // A number from the future is from another database's past.
    if (after > position.seq) return answer(position, parsed.data, null);
    return answer(position, parsed.data, await options.capturesAfter(binId, after, CATCH_UP_MAX));
  };

  /** Cuts a socket off as soon as the credentials that it came with open nothing any more. */
  const holdToToken = (socket: InletSocket, { tokenId, expiresAt }: Visitor): void => {
    void socket.join(tokenRoomOf(tokenId));
    hangUpAt(socket, expiresAt);
    // Again, now that it cannot miss being revoked.
    options.identify(credentialsOf(socket)).then(
      (visitor) => visitor ?? socket.disconnect(true),
      // While the database is away nothing is known; what is revoked meanwhile comes by the room.
      (error) => isAppError(error) && error.code === "unauthorized" && socket.disconnect(true),
    );
  };

  io.on("connection", (socket) => {
    const { visitor, shared } = socket.data;
    if (visitor) holdToToken(socket, visitor);
    const session = shared ? null : options.sessionOf(credentialsOf(socket));
    if (session !== null) void socket.join(sessionRoomOf(session));
    if (shared) {
      const { id, expiresAt } = shared.link;
      hangUpAt(socket, expiresAt, () => socket.emit("gone", { binId: id }));
    }
    socket.on("watch", (input, ack) => {
      if (typeof ack !== "function") return;
      watch(socket, input).then(ack, (error) => {
        options.onError(error);
        ack({ ok: false, code: "unavailable" });
      });
    });
    socket.on("unwatch", (input) => {
      const parsed = unwatchSchema.safeParse(input);
      if (!parsed.success) return;
      const { binId } = parsed.data;
      if (!shared) void socket.leave(roomOf(binId));
      else if (isShownBy(shared.link, binId)) void socket.leave(sharedRoomOf(shared.link.id));
    });
  });

  const isLive = ({ url = "" }: IncomingMessage): boolean => {
    const next = url.charAt(SOCKET_PATH.length);
    return url.startsWith(SOCKET_PATH) && (next === "/" || next === "?" || next === "");
  };

  return {
    isLive,
    handle(req, res) {
      engine.handleRequest(req as Parameters<typeof engine.handleRequest>[0], res);
    },
    onUpgrade(req, socket, head) {
      engine.handleUpgrade(req as Parameters<typeof engine.handleUpgrade>[0], socket, head);
    },
    captured(binId, summary, sharedSummary) {
      feed.push(binId, summary);
      sharedBins.captured(binId, sharedSummary);
    },
    removed(event) {
      io.to(roomOf(event.binId)).emit("removed", event);
      sharedBins.removed(event);
    },
    restored(event) {
      io.to(roomOf(event.binId)).emit("restored", event);
      sharedBins.restored(event);
    },
    capturesChanged: (event) => void io.to(roomOf(event.binId)).emit("changed", event),
    delivered: (event) => void io.to(roomOf(event.binId)).emit("delivery", event),
    bulkChanged: (bulk) => void io.to(roomOf(bulk.binId)).emit("bulkResend", bulk),
    stored: (event) => void io.to(roomOf(event.binId)).emit("storage", event),
    changed: (bin) => void io.to(roomOf(bin.id)).emit("bin", bin),
    gone(binId) {
      io.to(roomOf(binId)).emit("gone", { binId });
      io.in(roomOf(binId)).socketsLeave(roomOf(binId));
      sharedBins.gone(binId);
    },
    signedOut: (tokenId) => io.in(tokenRoomOf(tokenId)).disconnectSockets(true),
    revoked: hangUp,
    sessionEnded: (sessionId) => void io.in(sessionRoomOf(sessionId)).disconnectSockets(true),
    async close() {
      feed.stop();
      sharedBins.stop();
      await io.close();
      engine.close();
    },
  };
}
