"use client";

import { useEffect, useRef } from "react";
import { seenCounts } from "#components/bins/seen-counts.ts";

const WRITE_MS = 500;

/** Remembers that this browser showed the bin's captures up to `seq`, unless the tab is hidden. */
export function useMarkSeen(binId: string, seq: number, hidden: boolean): void {
  const newest = useRef(seq);
  useEffect(() => {
    newest.current = seq;
  });

  useEffect(() => {
    if (hidden) return;
    const mark = () => seenCounts.put({ [binId]: newest.current });
    mark();
    const timer = setInterval(mark, WRITE_MS);
    return () => {
      clearInterval(timer);
      mark();
    };
  }, [binId, hidden]);
}
