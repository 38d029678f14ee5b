import { io, type Socket } from "socket.io-client";
import { noteBulkResends } from "#components/bulk/bulk-resends.ts";
import { deliveryEvents } from "#components/live/delivery-events.ts";
import type { FeedAction } from "#components/live/feed.ts";
import { noteDelivery } from "#components/resend/resends.ts";
import type { Bin } from "#lib/contract/bin.ts";
import type { ClientToServerEvents, ServerToClientEvents } from "#lib/contract/events.ts";
import type { Storage } from "#lib/contract/instance-limits.ts";

export type Connection =
  | "connecting"
  | "live"
  | "reconnecting"
  /** This address has as many connections as it may have. */
  | "crowded"
  /** The server answered that this browser may not watch the bin, or that there is none. */
  | "refused"
  /** The instance is closed, and the browser signed out. */
  | "signedOut";

type LiveOptions = {
  binId: string;
  /** The newest `seq` that is loaded, asked for at each connection. */
  newestSeq: () => number;
  onActions: (action: FeedAction) => void;
  onBin: (bin: Bin) => void;
  /** The bin itself may have changed, too, while nobody was told. */
  onReset: () => void;
  onStorage: (storage: Storage) => void;
  onConnection: (connection: Connection) => void;
  onGone: () => void;
};

const ACK_TIMEOUT_MS = 10_000;
const RETRY_MS = 2_000;
/** Somebody signs in again, in this window or another, or does not. */
const SIGNED_OUT_RETRY_MS = 10_000;

/** Others of the same address have to close something first. */
const CROWDED_RETRY_MS = 20_000;

/** Watches one bin until the returned function is called, through any number of connections. */
export function watchBin(options: LiveOptions): () => void {
  const { binId, newestSeq, onActions, onBin, onStorage, onReset, onConnection, onGone } = options;
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  let retry: ReturnType<typeof setTimeout> | undefined;
  // Between joining the room and the answer, events may run ahead of what was missed.
  let early: FeedAction[] | null = null;
  // Of the last answer: what changed while nobody was told is seen by it.
  let revision: number | null = null;

  function take(action: FeedAction): void {
    if (early) early.push(action);
    else onActions(action);
  }

  function reconnectIn(ms: number): void {
    clearTimeout(retry);
    retry = setTimeout(() => {
      socket.disconnect();
      socket.connect();
    }, ms);
  }

  function reconnectSoon(): void {
    onConnection("reconnecting");
    reconnectIn(RETRY_MS);
  }

  async function watch(): Promise<void> {
    early = [];
    const after = newestSeq();
    const mine = early;
    const answer = await socket
      .timeout(ACK_TIMEOUT_MS)
      .emitWithAck("watch", { binId, after, revision })
      .catch(() => null);
    if (early !== mine) return;
    early = null;
    if (answer === null || (!answer.ok && answer.code === "unavailable")) return reconnectSoon();
    if (!answer.ok) return onConnection("refused");
    const { seq, missed, reset } = answer;
    const { stored, removedUpTo, revision: current } = answer.state!;
    revision = current;
    if (reset) {
      onActions({ type: "missedTooMuch", seq, stored, removedUpTo });
      onReset();
    } else {
      if (removedUpTo > 0) onActions({ type: "removed", upTo: removedUpTo });
      onActions({ type: "caughtUp", after, seq, missed });
    }
    for (const action of mine) onActions(action);
    onConnection("live");
  }

  socket.on("connect", watch);
  socket.on("disconnect", (reason) => {
    early = null;
    onConnection("reconnecting");
    // The one reason after which Socket.IO does not come back by itself.
    if (reason === "io server disconnect") reconnectSoon();
  });
  socket.on("connect_error", (error: Error & { data?: { code?: string } }) => {
    if (error.data?.code === "unauthorized") {
      onConnection("signedOut");
      reconnectIn(SIGNED_OUT_RETRY_MS);
    } else if (error.data?.code === "rate_limited") {
      onConnection("crowded");
      // Not all at once, when there are many of us.
      reconnectIn(CROWDED_RETRY_MS * (1 + Math.random()));
    } else if (socket.active) onConnection("reconnecting");
    else reconnectSoon();
  });
  socket.on("captures", (event) => {
    if (event.binId !== binId) return;
    take({ type: "arrived", captures: event.captures, skipped: event.skipped ?? 0 });
  });
  socket.on("removed", ({ binId: of, ...removed }) => {
    if (of === binId) take({ type: "removed", ...removed });
  });
  socket.on("restored", ({ binId: of, ...restored }) => {
    if (of === binId) take({ type: "restored", ...restored });
  });
  socket.on("changed", ({ binId: of, captures }) => {
    if (of === binId) take({ type: "changed", captures });
  });
  socket.on("delivery", (event) => {
    if (event.binId !== binId) return;
    noteDelivery(event.captureId);
    deliveryEvents.emit(event);
  });
  socket.on("bulkResend", (bulk) => {
    if (bulk.binId === binId) noteBulkResends([bulk]);
  });
  socket.on("bin", (bin) => {
    if (bin.id === binId) onBin(bin);
  });
  socket.on("storage", (event) => {
    if (event.binId === binId) onStorage(event.storage);
  });
  socket.on("gone", (event) => {
    if (event.binId === binId) onGone();
  });

  return () => {
    clearTimeout(retry);
    socket.removeAllListeners();
    socket.disconnect();
  };
}
