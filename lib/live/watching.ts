import type { Summary } from "../contract/capture.ts";
import {
  type BinState,
  unwatchSchema,
  type Watch,
  type WatchAck,
  watchSchema,
} from "../contract/events.ts";
import { CATCH_UP_MAX } from "../contract/limits.ts";
import type { InletSocket, Shared } from "./inlet-socket.ts";
import { roomOf, sharedRoomOf } from "./rooms.ts";
import type { SharedLink } from "./shared-bins.ts";

/** How far a bin is, all of it read at once. */
export type Position = BinState & { seq: number };

export type WatchingOptions<Visitor, Link extends SharedLink> = {
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
};

const MAX_WATCHED_BINS = 100;
/** Rooms that are no bins: a socket's own, its token's, and its session's. */
const OWN_ROOMS = 3;

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

/** What clients ask for: to be told of a bin, from where they were, and to be told no more. */
export function createWatching<Visitor, Link extends SharedLink>(
  options: WatchingOptions<Visitor, Link>,
  onLinkWatched: (link: Link) => void,
) {
  const watchShared = async (
    socket: InletSocket<Visitor, Link>,
    { link, secret }: Shared<Link>,
    input: Watch,
  ): Promise<WatchAck> => {
    const { binId, after } = input;
    if (!isShownBy(link, binId)) return { ok: false, code: "not_found" };
    onLinkWatched(link);
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

  const watch = async (socket: InletSocket<Visitor, Link>, input: unknown): Promise<WatchAck> => {
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

  const unwatch = (socket: InletSocket<Visitor, Link>, input: unknown): void => {
    const parsed = unwatchSchema.safeParse(input);
    if (!parsed.success) return;
    const { binId } = parsed.data;
    const { shared } = socket.data;
    if (!shared) void socket.leave(roomOf(binId));
    else if (isShownBy(shared.link, binId)) void socket.leave(sharedRoomOf(shared.link.id));
  };

  return { watch, unwatch };
}
