"use client";

import { type Dispatch, useEffect, useState } from "react";
import { getCaptures, getCapturesAfter } from "#components/api/captures.ts";
import type { Feed, FeedAction } from "#components/live/feed.ts";

/** Long enough for a message that overtook another one to be followed by it. */
const GAP_PATIENCE_MS = 100;
const RETRY_MS = 2_000;

/** Fetches what the live events left out: gaps, or the first page when there was too much. */
export function useBackfill(binId: string, feed: Feed, dispatch: Dispatch<FeedAction>): void {
  const [attempt, setAttempt] = useState(0);
  // What somebody reads stays, unless there is nothing left of it.
  const mustRefresh = feed.stale && (feed.heldAt === null || feed.captures.length === 0);
  const gapAfter = feed.gaps[0]?.after;
  const gapBefore = feed.gaps[0]?.before;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed attempt is what starts the next
  useEffect(() => {
    if (!mustRefresh) return;
    return attemptAfter(0, setAttempt, async (signal) => {
      dispatch({ type: "refreshed", page: await getCaptures(binId, { signal }) });
    });
  }, [binId, mustRefresh, dispatch, attempt]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed attempt is what starts the next
  useEffect(() => {
    if (gapAfter === undefined || gapBefore === undefined) return;
    const gap = { after: gapAfter, before: gapBefore };
    return attemptAfter(GAP_PATIENCE_MS, setAttempt, async (signal) => {
      const page = await getCapturesAfter(binId, gap.after, signal);
      dispatch({ type: "gapPage", gap, page });
    });
  }, [binId, gapAfter, gapBefore, dispatch, attempt]);
}

/** Runs `work` after a while; when it fails, asks for the next attempt a little later. */
function attemptAfter(
  delayMs: number,
  setAttempt: (next: (attempt: number) => number) => void,
  work: (signal: AbortSignal) => Promise<void>,
): () => void {
  const abort = new AbortController();
  let timer = setTimeout(async () => {
    try {
      await work(abort.signal);
    } catch {
      if (abort.signal.aborted) return;
      timer = setTimeout(() => setAttempt((attempt) => attempt + 1), RETRY_MS);
    }
  }, delayMs);
  return () => {
    clearTimeout(timer);
    abort.abort();
  };
}
