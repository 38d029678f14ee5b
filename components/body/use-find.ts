"use client";

import { useDeferredValue, useState } from "react";
import { firstMatchAfter, type Matches } from "#components/body/find-text.ts";

export type Find = {
  query: string;
  matches: Matches | undefined;
  /** The match that is gone to; -1 for none. */
  current: number;
  setQuery: (query: string) => void;
  /** To the next or the one before, around the ends. */
  step: (by: 1 | -1) => void;
};

/** The words to ask for, behind the typing. */
export function useQuery() {
  const [query, setQuery] = useState("");
  return { query, setQuery, asked: useDeferredValue(query) };
}

/**
 * Going from match to match. The first one is the one after `from`, a position in the text.
 * @param onGo is told where to go: begin and end of the match
 */
export function useFind(
  { query, setQuery }: Pick<ReturnType<typeof useQuery>, "query" | "setQuery">,
  matches: Matches | undefined,
  from: () => number,
  onGo: (start: number, end: number) => void,
): Find {
  const [current, setCurrent] = useState(-1);
  const count = (matches?.ranges.length ?? 0) / 2;
  return {
    query,
    matches,
    current: current < count ? current : -1,
    setQuery(next) {
      setCurrent(-1);
      setQuery(next);
    },
    step(by) {
      if (!matches || count === 0) return;
      const start =
        current === -1 ? firstMatchAfter(matches, from()) - (by === 1 ? 1 : 0) : current;
      const next = (start + by + count) % count;
      setCurrent(next);
      onGo(matches.ranges[next * 2]!, matches.ranges[next * 2 + 1]!);
    },
  };
}
