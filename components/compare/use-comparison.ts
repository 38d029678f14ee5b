"use client";

import { useEffect, useState } from "react";
import { runComparison } from "#components/compare/run-comparison.ts";
import type { Comparison } from "#lib/compare/compare-messages.ts";
import type { Message } from "#lib/compare/message.ts";

export type Compared = { left: Message; right: Message; comparison: Comparison };

type State = { key: string; compared: Compared | null; error: unknown };

export type Loaders = {
  /** Names what is compared: another one is loaded anew. */
  key: string;
  load: (side: "left" | "right", signal: AbortSignal) => Promise<Message>;
};

/** Loads two messages and compares them. What was compared before does not show in between. */
export function useComparison({ key, load }: Loaders) {
  const [state, setState] = useState<State | null>(null);
  const [attempt, setAttempt] = useState(0);
  const current = state?.key === key ? state : null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for what is loaded
  useEffect(() => {
    const abort = new AbortController();
    const { signal } = abort;
    const run = async (): Promise<Compared> => {
      const [left, right] = await Promise.all([load("left", signal), load("right", signal)]);
      return { left, right, comparison: await runComparison(left, right, signal) };
    };
    run().then(
      (compared) => {
        if (!signal.aborted) setState({ key, compared, error: null });
      },
      (error) => {
        if (!signal.aborted) setState({ key, compared: null, error });
      },
    );
    return () => abort.abort();
  }, [key, attempt]);

  return {
    compared: current?.compared ?? null,
    error: current?.error ?? null,
    retry: () => {
      setState(null);
      setAttempt((before) => before + 1);
    },
  };
}
