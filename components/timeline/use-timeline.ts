"use client";

import { useEffect, useRef, useState } from "react";
import { getTimeline } from "#components/api/timeline.ts";
import type { FeedAction } from "#components/live/feed.ts";
import {
  addCaptures,
  type Counted,
  capturesOf,
  missingCount,
} from "#components/timeline/counted.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** Few enough to be told apart in a narrow list, and to be chosen with a finger. */
export const BUCKETS = 48;
/** Buckets may be added on the right until there are so many; then the server makes them longer. */
const BUCKETS_MAX = 72;
/** A count moves this often at most, however fast captures come. */
const SHOW_MS = 250;
/** The server is asked again this often at most, also to retry. */
const ASK_MS = 2_000;
/** What takes the server long is asked for less often: for a fifth of the time at most. */
const ASK_SHARE = 5;
/** So many that came since are kept; then the server counts them. */
const ADDED_MAX = 5_000;

export type TimelineSource = {
  binId: string;
  /** Only what came from here on, and before there. */
  from: Date | null;
  to: Date | null;
  /** The newest number that was given out. */
  newestSeq: number;
  /** What is shown stays as it is. */
  paused: boolean;
  /** What is counted besides, without the span; null counts everything. */
  search: SearchedFor | null;
  subscribe: (listener: (action: FeedAction) => void) => () => void;
};

export type SearchedFor = {
  q: string;
  /** The list's own matches, newest first; null until it has some, which are more urgent. */
  known: readonly Summary[] | null;
  /** There are older ones, too. */
  hasOlder: boolean;
  /** A star or a note can make a match. */
  dependsOnOwner: boolean;
};

/** After these the counts are not what they were. */
const OUTDATING: ReadonlySet<FeedAction["type"]> = new Set([
  "removed",
  "restored",
  "missedTooMuch",
]);

/** `isCurrent` is false while the counts are still those of what was asked for before. */
export type ShownCounts = { counted: Counted; isCurrent: boolean };

/**
 * The counts of a span, right at any time: the server's, and on top of it what came since. Of a search
 * that is what the list found in it. Null until known.
 */
export function useTimeline(source: TimelineSource): ShownCounts | null {
  const { binId, from, to, newestSeq, paused, search, subscribe } = source;
  const [shown, setShown] = useState<{ key: string; counted: Counted } | null>(null);
  const latest = useRef({ newestSeq, paused, search });
  const [fromMs, toMs] = [from?.getTime(), to?.getTime()];
  const q = search?.q;
  const key = JSON.stringify([binId, fromMs, toMs, q]);

  useEffect(() => {
    latest.current = { newestSeq, paused, search };
  });

  useEffect(() => {
    const bounds = {
      from: fromMs ?? Number.NEGATIVE_INFINITY,
      to: toMs ?? Number.POSITIVE_INFINITY,
      maxBuckets: BUCKETS_MAX,
    };
    const abort = new AbortController();
    let known: Counted | null = null;
    let recent: Summary[] = [];
    let askAgainAt = Number.NEGATIVE_INFINITY;
    let asking = false;
    let wanted = true;
    let isShown = false;

    async function ask() {
      asking = true;
      wanted = false;
      const askedAt = performance.now();
      try {
        const timeline = await getTimeline(binId, {
          from: fromMs === undefined ? undefined : new Date(fromMs),
          to: toMs === undefined ? undefined : new Date(toMs),
          q,
          buckets: BUCKETS,
          signal: abort.signal,
        });
        recent = recent.filter(({ seq }) => seq > timeline.seq);
        known = { timeline, added: new Set(), stale: false };
      } catch {
        wanted = true;
      } finally {
        const tookMs = performance.now() - askedAt;
        askAgainAt = askedAt + Math.max(ASK_MS, tookMs * ASK_SHARE);
        asking = false;
      }
    }

    function show() {
      const { search: found } = latest.current;
      if (known) known = addCaptures(known, found ? (found.known ?? []) : recent, bounds);
      if (known && found && isBeyond(known, found)) wanted = true;
      if (known && known.added.size > ADDED_MAX) wanted = true;
      if (known?.stale) wanted = true;
      if (known === null || (latest.current.paused && isShown)) return;
      isShown = true;
      setShown({ key, counted: known });
    }

    let missingSince: number | null = null;
    async function tick() {
      show();
      const { search: found, newestSeq: newest } = latest.current;
      // What a search has not found yet, the list asks for.
      const isMissing = known !== null && !found && missingCount(known, newest) > 0;
      const now = performance.now();
      if (!isMissing) missingSince = null;
      else missingSince ??= now;
      // What was only overtaken comes by itself.
      const isLost = missingSince !== null && now - missingSince > SHOW_MS * 2;
      if (asking || !(wanted || isLost) || now < askAgainAt || found?.known === null) return;
      await ask();
      if (!abort.signal.aborted) show();
    }

    const unsubscribe = subscribe((action) => {
      const isChanged = action.type === "changed" && latest.current.search?.dependsOnOwner;
      if (OUTDATING.has(action.type) || isChanged) wanted = true;
      recent.push(...capturesOf(action));
      if (recent.length > 2 * ADDED_MAX) recent = recent.slice(-ADDED_MAX);
    });
    tick();
    const timer = setInterval(tick, SHOW_MS);
    return () => {
      unsubscribe();
      clearInterval(timer);
      abort.abort();
    };
  }, [key, binId, fromMs, toMs, q, subscribe]);

  return shown && { counted: shown.counted, isCurrent: shown.key === key };
}

/** The list has let go of matches that came since they were counted. */
function isBeyond({ timeline }: Counted, { known, hasOlder }: SearchedFor): boolean {
  const oldest = known?.at(-1);
  return oldest !== undefined && hasOlder && oldest.seq > timeline.seq;
}
