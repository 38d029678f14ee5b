"use client";

import { useEffect, useMemo, useState } from "react";
import type { BodySource } from "#components/body/body-source.ts";
import { type OpenedBody, openAtOnce, openInWorker } from "#components/body/open-body.ts";

export type Opening = {
  body: OpenedBody | null;
  /** Bytes that have come, while they come. */
  received: number | null;
  error: unknown;
  retry: () => void;
};

const NOTHING = { body: null, received: null, error: null };

/** The body of a source, decoded and ready to be asked. */
export function useOpenedBody(
  source: BodySource,
  contentType: string | null,
  contentEncoding: string | null,
): Opening {
  const [state, setState] = useState<Omit<Opening, "retry">>(NOTHING);
  const [attempt, setAttempt] = useState(0);
  const here = "bytes" in source ? source.bytes : null;
  const atOnce = useMemo(
    () => here && openAtOnce(here, { contentType, contentEncoding }),
    [here, contentType, contentEncoding],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt is made anew
  useEffect(() => {
    if (atOnce) return;
    const abort = new AbortController();
    const { signal } = abort;
    const headers = { contentType, contentEncoding };
    const open = async () => {
      const raw = "bytes" in source ? source.bytes : await source.load(signal, onProgress);
      performance.mark("inlet:body-arrived");
      return openAtOnce(raw, headers) ?? openInWorker(raw, headers, signal);
    };
    const onProgress = (received: number) => setState({ ...NOTHING, received });
    setState(NOTHING);
    open().then(
      (body) => !signal.aborted && setState({ ...NOTHING, body }),
      (error) => !signal.aborted && setState({ ...NOTHING, error }),
    );
    return () => abort.abort();
  }, [source, atOnce, contentType, contentEncoding, attempt]);

  const retry = () => setAttempt(attempt + 1);
  return atOnce ? { ...NOTHING, body: atOnce, retry } : { ...state, retry };
}
