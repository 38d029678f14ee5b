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
  subscribe: (listener: (action: FeedAction) => void) => () => void;
};

/** After these the counts are not what they were. */
const OUTDATING: ReadonlySet<FeedAction["type"]> = new Set([
  "removed",
  "restored",
  "missedTooMuch",
]);

/** The counts of a span, right at any time: the server's, and what came since. Null until known. */
export function useTimeline(source: TimelineSource): Counted | null {
  const { binId, from, to, newestSeq, paused, subscribe } = source;
  const [counted, setCounted] = useState<Counted | null>(null);
  const latest = useRef({ newestSeq, paused });
  const [fromMs, toMs] = [from?.getTime(), to?.getTime()];

  useEffect(() => {
    latest.current = { newestSeq, paused };
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
    let askedAt = Number.NEGATIVE_INFINITY;
    let asking = false;
    let wanted = true;
    let isShown = false;

    async function ask() {
      asking = true;
      wanted = false;
      askedAt = performance.now();
      try {
        const timeline = await getTimeline(binId, {
          from: fromMs === undefined ? undefined : new Date(fromMs),
          to: toMs === undefined ? undefined : new Date(toMs),
          buckets: BUCKETS,
          signal: abort.signal,
        });
        recent = recent.filter(({ seq }) => seq > timeline.seq);
        known = { timeline, added: new Set(), stale: false };
      } catch {
        wanted = true;
      } finally {
        asking = false;
      }
    }

    function show() {
      if (known) known = addCaptures(known, recent, bounds);
      if (known && known.added.size > ADDED_MAX) wanted = true;
      if (known?.stale) wanted = true;
      if (known === null || (latest.current.paused && isShown)) return;
      isShown = true;
      setCounted(known);
    }

    let missingSince: number | null = null;
    async function tick() {
      show();
      const isMissing = known !== null && missingCount(known, latest.current.newestSeq) > 0;
      const now = performance.now();
      if (!isMissing) missingSince = null;
      else missingSince ??= now;
      // What was only overtaken comes by itself.
      const isLost = missingSince !== null && now - missingSince > SHOW_MS * 2;
      if (asking || !(wanted || isLost) || now - askedAt < ASK_MS) return;
      await ask();
      if (!abort.signal.aborted) show();
    }

    const unsubscribe = subscribe((action) => {
      if (OUTDATING.has(action.type)) wanted = true;
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
  }, [binId, fromMs, toMs, subscribe]);

  return counted;
}
