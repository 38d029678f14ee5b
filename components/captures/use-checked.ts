"use client";

import { useMemo, useReducer } from "react";
import { NOTHING_CHECKED, reduceChecked, wholeOf } from "#components/captures/checked.ts";
import type { Feed } from "#components/live/feed.ts";
import type { Summary } from "#lib/contract/capture.ts";

export type CheckedCaptures = ReturnType<typeof useChecked>;

type CheckedOptions = {
  feed: Feed;
  /** What the list is searched for, and what it shows of that, newest first. */
  q: string | null;
  shown: readonly Summary[];
};

/** What is checked in the list of a bin, without what is deleted by now. Newest first. */
export function useChecked({ feed, q, shown }: CheckedOptions) {
  const [kept, dispatch] = useReducer(reduceChecked, NOTHING_CHECKED);
  const { captures: listed, removedIds, removedUpTo } = feed;
  // All of one search is not all of another.
  const isOther = kept.all !== null && kept.all.q !== q;
  const state = isOther ? { ...kept, ...(kept.isWhole ? NOTHING_CHECKED : { all: null }) } : kept;
  const { all, isWhole } = state;

  const captures = useMemo(() => {
    if (state.captures.size === 0) return [];
    const current = new Map(listed.map((capture) => [capture.id, capture]));
    return [...state.captures.values()]
      .filter(({ id, seq }) => seq > removedUpTo && !removedIds.has(id))
      .map((capture): Summary => current.get(capture.id) ?? capture)
      .sort((a, b) => b.seq - a.seq);
  }, [state.captures, listed, removedIds, removedUpTo]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: of the state, these two matter here
  const ids = useMemo(() => {
    const checked = isWhole ? wholeOf(state, shown) : captures;
    return new Set(checked.map(({ id }) => id));
  }, [captures, shown, isWhole, all]);
  return {
    captures,
    ids,
    all,
    /** All that is meant where that is more than `captures`. */
    whole: isWhole ? all : null,
    selecting: state.selecting || isWhole || captures.length > 0,
    dispatch,
  };
}
