import type { Capture } from "#lib/contract/capture.ts";

const MAX_CAPTURES = 30;

const captures = new Map<string, Capture>();

/** The captures that were looked at last, so that going back and forth shows them at once. */
export const captureCache = {
  get(id: string): Capture | undefined {
    return captures.get(id);
  },
  put(capture: Capture): void {
    captures.delete(capture.id);
    captures.set(capture.id, capture);
    if (captures.size > MAX_CAPTURES) captures.delete(captures.keys().next().value!);
  },
  drop(id: string): void {
    captures.delete(id);
  },
};
