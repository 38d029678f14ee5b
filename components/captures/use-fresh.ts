"use client";

import { useEffect, useState } from "react";

const MARK_MS = 1_600;

/**
 * The number after which captures are marked as new: everything older has been there for a while.
 * One timer at a time, however fast they come.
 */
export function useFreshAfter(newestSeq: number): number {
  const [settled, setSettled] = useState(newestSeq);

  const hasNew = newestSeq > settled;
  // biome-ignore lint/correctness/useExhaustiveDependencies: later ones wait for the next round
  useEffect(() => {
    if (!hasNew) return;
    const timer = setTimeout(() => setSettled(newestSeq), MARK_MS);
    return () => clearTimeout(timer);
  }, [settled, hasNew]);

  return settled;
}
