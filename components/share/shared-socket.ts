import { io, type Socket } from "socket.io-client";
import type { Summary } from "#lib/contract/capture.ts";
import type {
  ClientToServerEvents,
  RemovedEvent,
  ServerToClientEvents,
} from "#lib/contract/events.ts";

type SharedSocketOptions = {
  shareId: string;
  secret: string;
  newestSeq: () => number;
  onCaptures: (captures: Summary[]) => void;
  onRemoved: (event: RemovedEvent) => void;
  /** What is shown has to be fetched anew. */
  onStale: () => void;
  onLive: (live: boolean) => void;
  /** The link shows nothing any more. */
  onGone: () => void;
};

/** Others of the same address have to close something first. */
const CROWDED_RETRY_MS = 20_000;

/** What is fetched anew is a page of captures, which takes a server longer than to say that it should be. */
const STALE_EVERY_MS = 1_000;

/** Watches what a link shows until the returned function is called. */
export function watchShared(options: SharedSocketOptions): () => void {
  const { shareId, secret, newestSeq, onCaptures, onRemoved, onStale, onLive, onGone } = options;
  const socket: Socket<ServerToClientEvents, ClientToServerEvents> = io({
    auth: { share: secret },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5_000,
  });
  let revision: number | null = null;
  let staleAgain: ReturnType<typeof setTimeout> | undefined;
  let isStaleAgain = false;
  const fetchAnew = () => {
    isStaleAgain = staleAgain !== undefined;
    if (isStaleAgain) return;
    onStale();
    staleAgain = setTimeout(() => {
      staleAgain = undefined;
      if (isStaleAgain) fetchAnew();
    }, STALE_EVERY_MS);
  };
  const end = () => {
    socket.disconnect();
    onGone();
  };
  socket.on("connect", async () => {
    const watch = { binId: shareId, after: newestSeq(), revision };
    const answer = await socket
      .timeout(10_000)
      .emitWithAck("watch", watch)
      .catch(() => null);
    if (answer === null) return;
    if (!answer.ok) return end();
    onCaptures(answer.missed);
    revision = answer.state!.revision;
    if (answer.reset) fetchAnew();
    onLive(true);
  });
  socket.on("disconnect", () => onLive(false));
  let retry: ReturnType<typeof setTimeout> | undefined;
  socket.on("connect_error", (error: Error & { data?: { code?: string } }) => {
    onLive(false);
    if (error.message === "gone") return end();
    // Socket.IO does not come back by itself when it was told no.
    if (error.data?.code !== "rate_limited") return;
    clearTimeout(retry);
    retry = setTimeout(() => socket.connect(), CROWDED_RETRY_MS * (1 + Math.random()));
  });
  socket.on("captures", ({ captures, skipped }) => {
    onCaptures(captures);
    if (skipped) fetchAnew();
  });
  socket.on("removed", (event) => {
    onRemoved(event);
    if (event.more) fetchAnew();
  });
  socket.on("restored", fetchAnew);
  socket.on("gone", end);
  return () => {
    clearTimeout(retry);
    clearTimeout(staleAgain);
    socket.removeAllListeners();
    socket.disconnect();
  };
}
