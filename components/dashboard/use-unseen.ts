"use client";

import { useState, useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  document.addEventListener("visibilitychange", listener);
  return () => document.removeEventListener("visibilitychange", listener);
}

/** Whether the tab is hidden: behind another one, or with its window minimised. */
export function useHidden(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => document.visibilityState === "hidden",
    () => false,
  );
}

/** How many of the captures up to `newestSeq` came while the tab was hidden; none once it is seen. */
export function useUnseen(newestSeq: number): number {
  const hidden = useHidden();
  const [hiddenSince, setHiddenSince] = useState<number | null>(null);
  if (hidden && hiddenSince === null) setHiddenSince(newestSeq);
  if (!hidden && hiddenSince !== null) setHiddenSince(null);
  return hidden && hiddenSince !== null ? newestSeq - hiddenSince : 0;
}
