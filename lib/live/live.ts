import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { Server as Engine } from "engine.io";
import { Server } from "socket.io";
import type { Bin } from "../contract/bin.ts";
import type { BulkResend } from "../contract/bulk-resend.ts";
import type { Summary } from "../contract/capture.ts";
import type {
  ChangedEvent,
  DeliveryEvent,
  RemovedEvent,
  RestoredEvent,
  StorageEvent,
} from "../contract/events.ts";
import type { ErrorCode } from "../contract/problem.ts";
import { isAppError } from "../errors.ts";
import { createFeed } from "./feed.ts";
import type { InletServer, InletSocket } from "./inlet-socket.ts";
import { roomOf, sessionRoomOf, sharedRoomOf, tokenRoomOf } from "./rooms.ts";
import { createSharedBins, type SharedLink } from "./shared-bins.ts";
import { type SocketCountsOptions, socketCounts } from "./socket-counts.ts";
import { createWatching, type WatchingOptions } from "./watching.ts";

const SOCKET_PATH = "/socket.io";
/** Clients send ids and numbers, nothing larger. */
const MAX_MESSAGE_BYTES = 16 * 1024;
type Credentials = {
  authorization: string | null;
  cookie: string | null;
  agent: string | null;
  admission: string | null;
};

/** A visitor as far as the socket is concerned. */
type Holder = { tokenId: string; expiresAt: Date | null };

export type LiveOptions<Visitor, Link extends SharedLink> = WatchingOptions<Visitor, Link> & {
  /** Null for nobody in particular. Rejects for credentials that open nothing. */
  identify(credentials: Credentials): Promise<Visitor | null>;
  /** Where what says who was let in is found, see `Credentials`. */
  admissionHeader: string;
  /** The session that a socket lives by, null for one that no session opened. */
  sessionOf(credentials: Credentials): string | null;
  isOwnOrigin(origin: string, host: string | null): boolean;
  sockets: SocketCountsOptions;
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

/** The longest that a timer can wait. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export function createLive<Visitor extends Holder, Link extends SharedLink>(
  options: LiveOptions<Visitor, Link>,
): Live<Link> {
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
  const io: InletServer<Visitor, Link> = new Server({ serveClient: false });
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

  const watching = createWatching(options, (link: Link) => sharedBins.add(link));

  const hangUpAt = (
    socket: InletSocket<Visitor, Link>,
    expiresAt: Date | null,
    farewell?: () => void,
  ): void => {
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

  const credentialsOf = ({ handshake }: InletSocket<Visitor, Link>): Credentials => {
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

  /** Cuts a socket off as soon as the credentials that it came with open nothing any more. */
  const holdToToken = (
    socket: InletSocket<Visitor, Link>,
    { tokenId, expiresAt }: Visitor,
  ): void => {
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
      watching.watch(socket, input).then(ack, (error) => {
        options.onError(error);
        ack({ ok: false, code: "unavailable" });
      });
    });
    socket.on("unwatch", (input) => watching.unwatch(socket, input));
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
