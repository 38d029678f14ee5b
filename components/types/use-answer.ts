"use client";

import { useEffect, useState } from "react";

type Answer<Value> = { of: unknown; value: Value | null; error: unknown };

/** What `ask` answers to `of`, asked anew when that is another. Null: there is nothing to ask. */
export function useAnswer<Of, Value>(
  of: Of | null,
  ask: (of: Of, signal: AbortSignal) => Promise<Value>,
): Answer<Value> | null {
  const [state, setState] = useState<Answer<Value> | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `ask` does the same in every render
  useEffect(() => {
    if (of === null) return;
    const abort = new AbortController();
    ask(of, abort.signal).then(
      (value) => {
        if (!abort.signal.aborted) setState({ of, value, error: null });
      },
      (error) => {
        if (!abort.signal.aborted) setState({ of, value: null, error });
      },
    );
    return () => abort.abort();
  }, [of]);

  return state?.of === of ? state : null;
}
