"use client";

import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { findCaptures } from "#components/api/captures.ts";
import type { Feed, FeedAction } from "#components/live/feed.ts";
import type { Paging } from "#components/live/use-paging.ts";
import {
  presentResults,
  type Results,
  type ResultsAction,
  reduceResults,
} from "#components/search/results.ts";
import type { Summary } from "#lib/contract/capture.ts";
import { dependsOnOwner, mayMatch } from "#lib/search/may-match.ts";
import { parseQuery } from "#lib/search/parse.ts";
import type { Query, QueryError } from "#lib/search/query.ts";

/** What comes in this time is asked for at once. */
const COALESCE_MS = 150;
const RETRY_MS = 2_000;

type SearchOptions = {
  binId: string;
  /** As the URL says; null searches nothing. */
  q: string | null;
  feed: Feed;
  subscribe: (listener: (action: FeedAction) => void) => () => void;
  change: (action: FeedAction) => void;
};

export type Search = {
  query: Query | null;
  /** Why the query cannot be read. */
  error: QueryError | null;
  state: "searching" | "found" | "failed" | "invalid";
  /** Matches, newest first. */
  captures: readonly Summary[];
  /** All matches that are known, also those that wait to be shown. */
  known: readonly Summary[];
  /** No capture above this one is shown. */
  shownUpTo: number;
  waiting: number;
  held: boolean;
  hasOlder: boolean;
  paging: Paging;
  retry: () => void;
};

type State = { key: string; results: Results | null };
type Keyed = { key: string; action: ResultsAction };

/** Answers of an earlier search change nothing. */
function reduce(state: State, { key, action }: Keyed): State {
  const results = reduceResults(state.key === key ? state.results : null, action);
  if (results === null) return state;
  return { key, results };
}

/** The captures of a bin that match `q`, kept current with the feed; null without a query. */
export function useSearch({ binId, q, feed, subscribe, change }: SearchOptions): Search | null {
  const key = `${binId} ${q}`;
  const parsed = useMemo(() => parseQuery(q ?? ""), [q]);
  const query = parsed.ok && q !== null ? parsed.query : null;
  const [state, dispatch] = useReducer(reduce, { key, results: null });
  const results = state.key === key && query ? state.results : null;
  const [failedKey, setFailedKey] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const latest = useRef(feed);
  useEffect(() => {
    latest.current = feed;
  });

  // Another list is shown, from its top.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each search
  useEffect(() => change({ type: "followed" }), [key, change]);

  const retry = useCallback(() => setAttempt((count) => count + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: an attempt is a new search
  useEffect(() => {
    if (q === null || query === null) return;
    const abort = new AbortController();
    const { newestSeq: seq, paused } = latest.current;
    setFailedKey(null);
    findCaptures(binId, q, null, abort.signal).then(
      (page) => dispatch({ key, action: { type: "found", page, seq, paused } }),
      () => abort.signal.aborted || setFailedKey(key),
    );
    return () => abort.abort();
  }, [binId, q, query, key, attempt]);

  useNewer({ binId, q, key, results, newestSeq: feed.newestSeq, dispatch });
  const paging = useOlder({ binId, q, key, results, dispatch });

  useEffect(() => {
    if (query === null) return;
    return subscribe((action) => {
      if (action.type === "held" || action.type === "paused") {
        dispatch({ key, action: { type: "held" } });
      } else if (action.type === "resumed" || (action.type === "followed" && !feed.paused)) {
        dispatch({ key, action: { type: "followed" } });
      } else if (action.type === "restored" || action.type === "missedTooMuch") {
        retry();
      } else if (action.type === "removed") {
        if (action.more) retry();
      } else if (action.type === "changed") {
        const isMatch = (capture: Summary) => mayMatch(query, capture, Date.now());
        dispatch({ key, action: { type: "changed", captures: action.captures, isMatch } });
        const known = new Set(results?.captures.map(({ id }) => id));
        const isNew = action.captures.some(({ id }) => !known.has(id));
        if (isNew && dependsOnOwner(query)) retry();
      }
    });
  }, [subscribe, query, key, results, retry, feed.paused]);

  if (q === null) return null;
  const { shown, known, waiting } = results
    ? presentResults(results, feed)
    : { shown: [], known: [], waiting: 0 };
  const failed = failedKey === key && results === null;
  return {
    query,
    error: parsed.ok ? null : parsed.error,
    state: parsed.ok ? (results ? "found" : failed ? "failed" : "searching") : "invalid",
    captures: shown,
    known,
    shownUpTo: results?.heldAt ?? results?.searchedSeq ?? 0,
    waiting,
    held: results !== null && results.heldAt !== null,
    hasOlder: results !== null && results.next !== null && results.next > feed.removedUpTo + 1,
    paging,
    retry,
  };
}

type Part = {
  binId: string;
  q: string | null;
  key: string;
  results: Results | null;
  dispatch: (keyed: Keyed) => void;
};

/** Asks for the matches among what came since, a little later, so that a burst is one question. */
function useNewer({ binId, q, key, results, newestSeq, dispatch }: Part & { newestSeq: number }) {
  const [attempt, setAttempt] = useState(0);
  const target = useRef(newestSeq);
  useEffect(() => {
    target.current = newestSeq;
  });
  const after = results?.searchedSeq;
  const isBehind = after !== undefined && after < newestSeq;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a failed attempt is what starts the next
  useEffect(() => {
    if (!isBehind || q === null) return;
    const abort = new AbortController();
    let timer = setTimeout(async () => {
      const seq = target.current;
      try {
        const page = await findCaptures(binId, q, { after }, abort.signal);
        dispatch({ key, action: { type: "newerPage", after, page, seq } });
      } catch {
        if (abort.signal.aborted) return;
        timer = setTimeout(() => setAttempt((count) => count + 1), RETRY_MS);
      }
    }, COALESCE_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [binId, q, key, after, isBehind, dispatch, attempt]);
}

function useOlder({ binId, q, key, results, dispatch }: Part): Paging {
  const [state, setState] = useState<{ key: string; is: Paging["state"] }>({ key, is: "idle" });
  const busy = useRef<string | null>(null);
  const before = results?.next ?? null;

  const loadOlder = useCallback(async () => {
    if (before === null || q === null || busy.current === key) return;
    busy.current = key;
    setState({ key, is: "loading" });
    try {
      const page = await findCaptures(binId, q, { before });
      dispatch({ key, action: { type: "olderPage", before, page } });
      setState({ key, is: "idle" });
    } catch {
      setState({ key, is: "failed" });
    } finally {
      busy.current = null;
    }
  }, [binId, q, key, before, dispatch]);

  return { state: state.key === key ? state.is : "idle", loadOlder };
}
