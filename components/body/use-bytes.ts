"use client";

import { useEffect, useState } from "react";
import type { BytesKind } from "#components/api/captures.ts";
import { type Bytes, readBytes } from "#components/api/read-bytes.ts";

type BytesState = { loaded: Bytes | null; error: unknown; retry: () => void };

/** The first `limit` bytes; what was loaded stays while more is on its way. */
export function useBytes(id: string, kind: BytesKind, limit: number): BytesState {
  const [loaded, setLoaded] = useState<Bytes | null>(null);
  const [error, setError] = useState<unknown>(null);

  useEffect(() => {
    if (error !== null) return;
    const abort = new AbortController();
    readBytes(id, kind, limit, abort.signal).then(setLoaded, (cause) => {
      if (!abort.signal.aborted) setError(cause);
    });
    return () => abort.abort();
  }, [id, kind, limit, error]);

  return { loaded, error, retry: () => setError(null) };
}
