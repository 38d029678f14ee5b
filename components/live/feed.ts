import type { CapturePage, Summary } from "#lib/contract/capture.ts";
import type { ChangedEvent, RemovedEvent, RestoredEvent } from "#lib/contract/events.ts";
import { CATCH_UP_MAX } from "#lib/contract/limits.ts";

/** Captures kept in memory while the newest are shown; older ones are paged in again. */
export const FEED_WINDOW = 2_000;

/** Numbers strictly between the two exist, or did, and are not loaded. */
export type Gap = { after: number; before: number };

export type Feed = {
  /** Newest first, no number twice. */
  captures: readonly Summary[];
  /** The newest number that is known to have been given out. */
  newestSeq: number;
  /** How many captures the bin holds, as far as can be told. */
  stored: number;
  gaps: readonly Gap[];
  /** Whether there is more to page in below the last capture. */
  hasOlder: boolean;
  /** While somebody reads further down, or paused: the newest number that they are shown. */
  heldAt: number | null;
  /** Held until resumed, wherever somebody reads. */
  paused: boolean;
  /** Too much was missed to fill in: the first page has to be fetched anew. */
  stale: boolean;
  /** Answers that were on their way when these were removed must not bring them back. */
  removedUpTo: number;
  removedIds: ReadonlySet<string>;
};

type Removal = Omit<RemovedEvent, "binId">;
type Restoration = Omit<RestoredEvent, "binId">;

export type FeedAction =
  | { type: "arrived"; captures: readonly Summary[]; skipped: number }
  /** `missed` is all there is between `after` and `seq`. */
  | { type: "caughtUp"; after: number; seq: number; missed: readonly Summary[] }
  /** Too many captures, or a deletion, restoration or other change that no event told of. */
  | { type: "missedTooMuch"; seq: number; stored: number; removedUpTo: number }
  | { type: "refreshed"; page: CapturePage }
  | { type: "gapPage"; gap: Gap; page: CapturePage }
  | { type: "olderPage"; before: number; page: CapturePage }
  | ({ type: "removed" } & Removal)
  | ({ type: "restored" } & Restoration)
  | { type: "changed"; captures: ChangedEvent["captures"] }
  | { type: "held" }
  /** Not while paused. */
  | { type: "followed" }
  | { type: "paused" }
  | { type: "resumed" };

type FeedStart = { page: CapturePage; captureCount: number; storedCount: number };

/** The counts must have been read before the page: then no number up to them is missing from it. */
export function startFeed({ page, captureCount, storedCount }: FeedStart): Feed {
  const newestSeq = Math.max(captureCount, page.captures[0]?.seq ?? 0);
  return {
    captures: page.captures,
    newestSeq,
    stored: storedCount + (newestSeq - captureCount),
    gaps: [],
    hasOlder: page.hasMore,
    heldAt: null,
    paused: false,
    stale: false,
    removedUpTo: 0,
    removedIds: new Set(),
  };
}

/** What the list shows: all, or while held nothing that came later. */
export function shownCaptures({
  captures,
  heldAt,
}: Pick<Feed, "captures" | "heldAt">): readonly Summary[] {
  if (heldAt === null) return captures;
  const from = captures.findIndex((capture) => capture.seq <= heldAt);
  return from === -1 ? [] : captures.slice(from);
}

export function waitingCount(feed: Feed): number {
  return feed.heldAt === null ? 0 : feed.newestSeq - feed.heldAt;
}

export function reduceFeed(feed: Feed, action: FeedAction): Feed {
  switch (action.type) {
    case "arrived":
      return arrive(feed, action.captures, action.skipped);
    case "caughtUp": {
      const gaps = closeGaps(feed.gaps, action.after, action.seq);
      const advanced = advance({ ...feed, gaps }, action.seq);
      return feed.stale ? advanced : merge(advanced, action.missed);
    }
    case "missedTooMuch": {
      const { seq: newestSeq, stored, removedUpTo } = action;
      const known = { newestSeq, stored, removedUpTo, removedIds: new Set<string>() };
      return { ...feed, ...known, gaps: [], stale: true };
    }
    case "refreshed":
      return refresh(feed, action.page);
    case "gapPage":
      return fillGap(feed, action.gap, action.page);
    case "olderPage": {
      if (feed.captures.at(-1)?.seq !== action.before) return feed;
      return { ...merge(feed, action.page.captures, false), hasOlder: action.page.hasMore };
    }
    case "removed":
      return remove(feed, action);
    case "restored":
      return restore(feed, action);
    case "changed": {
      const changes = new Map(action.captures.map((change) => [change.id, change]));
      const captures = feed.captures.map((capture) => {
        const change = changes.get(capture.id);
        return change ? { ...capture, ...change } : capture;
      });
      return { ...feed, captures };
    }
    case "held":
      return hold(feed);
    case "followed":
      return feed.paused ? feed : follow(feed);
    case "paused":
      return feed.paused ? feed : { ...hold(feed), paused: true };
    case "resumed":
      return feed.paused ? follow({ ...feed, paused: false }) : feed;
  }
}

function hold(feed: Feed): Feed {
  if (feed.heldAt !== null) return feed;
  return { ...feed, heldAt: feed.captures[0]?.seq ?? feed.newestSeq };
}

function follow(feed: Feed): Feed {
  return feed.heldAt === null ? feed : trim({ ...feed, heldAt: null });
}

function advance(feed: Feed, seq: number): Feed {
  if (seq <= feed.newestSeq) return feed;
  return { ...feed, newestSeq: seq, stored: feed.stored + seq - feed.newestSeq };
}

function arrive(feed: Feed, captures: readonly Summary[], skipped: number): Feed {
  const gaps: Gap[] = [];
  let known = feed.newestSeq;
  let unseen = 0;
  for (const { seq } of captures) {
    if (seq > known + 1) {
      gaps.push({ after: known, before: seq });
      unseen += seq - known - 1;
    }
    known = Math.max(known, seq);
  }
  if (skipped > unseen) {
    const end = known + skipped - unseen;
    gaps.push({ after: known, before: end + 1 });
    known = end;
  }
  const advanced = advance(feed, known);
  if (feed.stale) return advanced;
  if (gaps.some((gap) => gap.before - gap.after - 1 > CATCH_UP_MAX)) {
    return { ...advanced, gaps: [], stale: true };
  }
  return merge({ ...advanced, gaps: [...feed.gaps, ...gaps] }, captures);
}

function refresh(feed: Feed, page: CapturePage): Feed {
  const top = page.captures[0]?.seq ?? 0;
  const empty: Feed = { ...feed, captures: [], hasOlder: page.hasMore, stale: false };
  const advanced = advance(empty, top);
  // What came while the page was on its way was not kept.
  const missing = { after: Math.max(top, feed.removedUpTo), before: advanced.newestSeq + 1 };
  const gaps = missing.before - missing.after > 1 ? [missing] : [];
  return merge({ ...advanced, gaps }, page.captures);
}

function fillGap(feed: Feed, gap: Gap, page: CapturePage): Feed {
  if (feed.stale || !feed.gaps.some((open) => open.after === gap.after)) return feed;
  const last = page.captures.at(-1)?.seq ?? gap.after;
  // Captures can be deleted, so it is the answer that closes a gap, not a count of what it had.
  const until = page.hasMore ? last : Math.max(last, gap.before - 1);
  const gaps = closeGaps(feed.gaps, gap.after, until);
  return merge(advance({ ...feed, gaps }, last), page.captures);
}

/** Nothing is missing any more between `after` and `until`, `until` included. */
function closeGaps(gaps: readonly Gap[], after: number, until: number): Gap[] {
  return gaps.flatMap((gap) => {
    if (gap.before <= after + 1 || gap.after >= until) return [gap];
    const below = { after: gap.after, before: after + 1 };
    const above = { after: until, before: gap.before };
    return [below, above].filter((rest) => rest.before - rest.after > 1);
  });
}

function merge(feed: Feed, incoming: readonly Summary[], mayTrim = true): Feed {
  const wanted = incoming.filter(
    (capture) => capture.seq > feed.removedUpTo && !feed.removedIds.has(capture.id),
  );
  if (wanted.length === 0) return feed;
  const top = feed.captures[0]?.seq ?? 0;
  const onTop = wanted.every((capture, i) => capture.seq > (wanted[i - 1]?.seq ?? top));
  const bottom = feed.captures.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  const below = wanted.every((capture, i) => capture.seq < (wanted[i - 1]?.seq ?? bottom));
  const captures = onTop
    ? [...wanted.toReversed(), ...feed.captures]
    : below
      ? [...feed.captures, ...wanted]
      : mergeAnyOrder(feed.captures, wanted);
  const gaps = onTop ? feed.gaps : feed.gaps.filter((gap) => !isFilled(gap, captures));
  const merged = { ...feed, captures, gaps };
  return mayTrim ? trim(merged) : merged;
}

function mergeAnyOrder(captures: readonly Summary[], wanted: readonly Summary[]): Summary[] {
  const bySeq = new Map(captures.map((capture) => [capture.seq, capture]));
  for (const capture of wanted) bySeq.set(capture.seq, capture);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

function isFilled(gap: Gap, captures: readonly Summary[]): boolean {
  let found = 0;
  for (const { seq } of captures) if (seq > gap.after && seq < gap.before) found += 1;
  return found === gap.before - gap.after - 1;
}

/** Keeps memory bounded: followed, by dropping the oldest; held, by not keeping what waits. */
function trim(feed: Feed): Feed {
  const { captures, heldAt } = feed;
  if (captures.length <= FEED_WINDOW) return feed;
  if (heldAt === null) {
    const kept = captures.slice(0, FEED_WINDOW);
    const oldest = kept.at(-1)!.seq;
    const gaps = feed.gaps.filter((gap) => gap.before > oldest);
    return { ...feed, captures: kept, gaps, hasOlder: true };
  }
  const shown = shownCaptures(feed);
  if (captures.length - shown.length <= FEED_WINDOW) return feed;
  const gaps = feed.gaps.filter((gap) => gap.after < heldAt);
  return { ...feed, captures: shown, gaps, stale: true };
}

function remove(feed: Feed, removal: Removal): Feed {
  return removal.more ? forget(feed, removal.more) : removeNamed(feed, removal);
}

/** So many are gone that nobody says which: all is fetched anew, whatever is held. */
function forget(feed: Feed, count: number): Feed {
  const stored = Math.max(0, feed.stored - count);
  return { ...feed, captures: [], gaps: [], hasOlder: true, stored, stale: true };
}

function removeNamed(feed: Feed, { ids = [], all, upTo }: Removal): Feed {
  const removedUpTo = Math.max(feed.removedUpTo, upTo ?? (all ? feed.newestSeq : 0));
  const news = ids.filter((id) => !feed.removedIds.has(id));
  const removedIds = news.length > 0 ? new Set([...feed.removedIds, ...news]) : feed.removedIds;
  const stored = Math.max(0, Math.min(feed.stored - news.length, feed.newestSeq - removedUpTo));
  const captures = feed.captures.filter(
    (capture) => capture.seq > removedUpTo && !removedIds.has(capture.id),
  );
  const gaps = closeGaps(feed.gaps, 0, removedUpTo);
  const hasOlder = feed.hasOlder && (captures.at(-1)?.seq ?? feed.newestSeq + 1) > removedUpTo + 1;
  // With nothing left on screen there is no number to page on from.
  const stale = feed.stale || (captures.length === 0 && hasOlder);
  return { ...feed, captures, gaps, hasOlder, stored, stale, removedUpTo, removedIds };
}

function restore(feed: Feed, { captures, count, after }: Restoration): Feed {
  const stored = feed.stored + count;
  if (captures === null) {
    const removedUpTo = Math.min(feed.removedUpTo, after);
    const removedIds = new Set<string>();
    return { ...feed, stored, removedUpTo, removedIds, heldAt: null, paused: false, stale: true };
  }
  const back = new Set(captures.map(({ id }) => id));
  const removedIds = new Set([...feed.removedIds].filter((id) => !back.has(id)));
  const oldest = feed.captures.at(-1)?.seq ?? Number.POSITIVE_INFINITY;
  // What is further down comes with its page; with it now, the page in between would be passed over.
  const wanted = feed.hasOlder ? captures.filter(({ seq }) => seq > oldest) : captures;
  return merge({ ...feed, stored, removedIds }, wanted);
}
