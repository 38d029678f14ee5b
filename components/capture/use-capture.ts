"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { getCapture } from "#components/api/captures.ts";
import { captureCache } from "#components/capture/capture-cache.ts";
import type { Capture } from "#lib/contract/capture.ts";

export type LoadedCapture = {
  /** The one that was asked for, or the one before it while it is on its way. */
  capture: Capture | null;
  error: unknown;
  retry: () => void;
  /** Takes over a newer version that the server answered with. */
  replace: (capture: Capture) => void;
};

/**
 * One capture in full. Going from one to the next shows no empty page in between. One that is
 * removed is not asked for, and comes back when that is undone.
 */
export function useCapture(id: string, removed = false): LoadedCapture {
  const [latest, setLatest] = useState<Capture | null>(null);
  const [failure, setFailure] = useState<{ id: string; error: unknown } | null>(null);
  const cached = useSyncExternalStore(
    captureCache.subscribe,
    () => captureCache.get(id),
    () => undefined,
  );
  const error = failure?.id === id ? failure.error : null;
  const missing = cached === undefined && error === null && !removed;

  useEffect(() => {
    if (removed) setFailure(null);
  }, [removed]);

  useEffect(() => {
    if (!missing) return;
    const abort = new AbortController();
    getCapture(id, abort.signal).then(
      (loaded) => {
        captureCache.put(loaded);
        setLatest(loaded);
      },
      (cause) => {
        if (!abort.signal.aborted) setFailure({ id, error: cause });
      },
    );
    return () => abort.abort();
  }, [id, missing]);

  return {
    capture: error === null ? (cached ?? latest) : null,
    error,
    retry: () => setFailure(null),
    replace: (next) => {
      captureCache.put(next);
      setLatest(next);
    },
  };
}
