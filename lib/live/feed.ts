import type { Summary } from "../contract/capture.ts";
import type { CapturesEvent } from "../contract/events.ts";
import { LIVE_BATCH_MAX, LIVE_WINDOW_MS } from "../contract/limits.ts";

export type Feed = {
  /** In `seq` order within a bin. `summary` is called only where it will be sent; null is skipped. */
  push(binId: string, summary: () => Summary | null): void;
  stop(): void;
};

type Pending = { captures: Summary[]; skipped: number };

/**
 * Coalesces what is committed into at most one message per bin and window. The first of a quiet
 * bin goes out at the end of this turn of the event loop, so one request is seen at once.
 */
export function createFeed(
  isWatched: (binId: string) => boolean,
  send: (event: CapturesEvent) => void,
): Feed {
  const pending = new Map<string, Pending>();
  const resting = new Map<string, NodeJS.Timeout>();

  const flush = (binId: string): void => {
    const waiting = pending.get(binId);
    if (!waiting) return;
    pending.delete(binId);
    const { captures, skipped } = waiting;
    send(skipped > 0 ? { binId, captures, skipped } : { binId, captures });
    const rest = () => {
      resting.delete(binId);
      flush(binId);
    };
    resting.set(binId, setTimeout(rest, LIVE_WINDOW_MS));
  };

  return {
    push(binId, summary) {
      if (!isWatched(binId)) return;
      let waiting = pending.get(binId);
      if (!waiting) {
        waiting = { captures: [], skipped: 0 };
        pending.set(binId, waiting);
        if (!resting.has(binId)) setImmediate(flush, binId);
      }
      const made = waiting.captures.length < LIVE_BATCH_MAX ? summary() : null;
      if (made) waiting.captures.push(made);
      else waiting.skipped += 1;
    },
    stop() {
      for (const timer of resting.values()) clearTimeout(timer);
      resting.clear();
      pending.clear();
    },
  };
}
