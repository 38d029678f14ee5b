"use client";

import { useEffect, useState } from "react";
import { getCapture } from "#components/api/captures.ts";
import { captureCache } from "#components/capture/capture-cache.ts";
import type { Capture } from "#lib/contract/capture.ts";

export type LoadedCapture = {
  capture: Capture | null;
  error: unknown;
  retry: () => void;
  /** Takes over a newer version that the server answered with. */
  replace: (capture: Capture) => void;
};

/** One capture in full. For a component that is keyed by its id. */
export function useCapture(id: string): LoadedCapture {
  const [capture, setCapture] = useState(() => captureCache.get(id) ?? null);
  const [error, setError] = useState<unknown>(null);
  const missing = capture === null && error === null;

  useEffect(() => {
    if (!missing) return;
    const abort = new AbortController();
    getCapture(id, abort.signal).then(
      (loaded) => {
        captureCache.put(loaded);
        setCapture(loaded);
      },
      (cause) => {
        if (!abort.signal.aborted) setError(cause);
      },
    );
    return () => abort.abort();
  }, [id, missing]);

  return {
    capture,
    error,
    retry: () => setError(null),
    replace: (next) => {
      captureCache.put(next);
      setCapture(next);
    },
  };
}
