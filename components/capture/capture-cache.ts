import type { Capture, Summary } from "#lib/contract/capture.ts";

const MAX_CAPTURES = 30;

const captures = new Map<string, Capture>();
const listeners = new Set<() => void>();

function changed(): void {
  for (const listener of listeners) listener();
}

/** The captures that were looked at last, so that going back and forth shows them at once. */
export const captureCache = {
  get(id: string): Capture | undefined {
    return captures.get(id);
  },
  put(capture: Capture): void {
    captures.delete(capture.id);
    captures.set(capture.id, capture);
    if (captures.size > MAX_CAPTURES) captures.delete(captures.keys().next().value!);
    changed();
  },
  /** What somebody changed about it, here or elsewhere. */
  patch(id: string, change: Partial<Pick<Summary, "note" | "starred">>): void {
    const capture = captures.get(id);
    if (!capture) return;
    captures.set(id, { ...capture, ...change });
    changed();
  },
  /** What is shown is asked for again. */
  clear(): void {
    captures.clear();
    changed();
  },
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
