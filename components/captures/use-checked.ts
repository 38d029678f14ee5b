"use client";

import { useMemo, useReducer } from "react";
import { NOTHING_CHECKED, reduceChecked } from "#components/captures/checked.ts";
import type { Feed } from "#components/live/feed.ts";
import type { Summary } from "#lib/contract/capture.ts";

export type CheckedCaptures = ReturnType<typeof useChecked>;

/** What is checked in the list of a bin, without what is deleted by now. Newest first. */
export function useChecked(feed: Feed) {
  const [state, dispatch] = useReducer(reduceChecked, NOTHING_CHECKED);
  const { captures: listed, removedIds, removedUpTo } = feed;

  const captures = useMemo(() => {
    if (state.captures.size === 0) return [];
    const current = new Map(listed.map((capture) => [capture.id, capture]));
    return [...state.captures.values()]
      .filter(({ id, seq }) => seq > removedUpTo && !removedIds.has(id))
      .map((capture): Summary => current.get(capture.id) ?? capture)
      .sort((a, b) => b.seq - a.seq);
  }, [state.captures, listed, removedIds, removedUpTo]);

  const ids = useMemo(() => new Set(captures.map(({ id }) => id)), [captures]);
  return { captures, ids, selecting: state.selecting || captures.length > 0, dispatch };
}
