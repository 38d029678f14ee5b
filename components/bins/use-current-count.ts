"use client";

import { useEffect, useState } from "react";
import { getBin } from "#components/api/bins.ts";

/** How many captures a bin holds now, asked when `wanted`; null until it is known. */
export function useCurrentCount(binId: string, wanted: boolean): number | null {
  const [count, setCount] = useState<number | null>(null);

  useEffect(() => {
    if (!wanted) return;
    const abort = new AbortController();
    getBin(binId, abort.signal).then(
      (bin) => setCount(bin.storedCount),
      () => {},
    );
    return () => {
      abort.abort();
      setCount(null);
    };
  }, [binId, wanted]);

  return count;
}
