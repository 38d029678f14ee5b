"use client";

import { useEffect, useState } from "react";
import { listBins } from "#components/api/bins.ts";
import type { Bin } from "#lib/contract/bin.ts";

const REFRESH_MS = 10_000;

/** The workspace's bins with their counts, asked for again from time to time while they are seen. */
export function useBins(initial: readonly Bin[]): readonly Bin[] {
  const [bins, setBins] = useState(initial);

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout>;

    async function refresh() {
      clearTimeout(timer);
      if (document.visibilityState === "visible") {
        // What fails now is asked for again in a moment; the connection's state says the rest.
        const answer = await listBins(abort.signal).catch(() => null);
        if (abort.signal.aborted) return;
        if (answer) setBins(answer.bins);
      }
      timer = setTimeout(refresh, REFRESH_MS);
    }

    timer = setTimeout(refresh, REFRESH_MS);
    document.addEventListener("visibilitychange", refresh);
    return () => {
      clearTimeout(timer);
      abort.abort();
      document.removeEventListener("visibilitychange", refresh);
    };
  }, []);

  return bins;
}
