import type { BulkGaps } from "../contract/bulk-resend.ts";
import type { BulkClock } from "./bulk-clock.ts";
import { createPace } from "./pace.ts";

/** One of the captures of a bulk resend, which may be gone by the time it is sent. */
export type BulkItem = { index: number; captureId: string; receivedAt: Date };

export type BulkRunOptions = {
  total: number;
  /** Where to begin, and what after it has ended already. */
  position: number;
  ahead: readonly number[];
  ratePerSecond: number;
  concurrency: number;
  gaps: BulkGaps;
  clock: BulkClock;
  /** Those of the captures that are there, in this order. The others have been seen to. */
  load(indexes: number[]): Promise<BulkItem[]>;
  /** Waits for a place among all bulk resends. Rejects when the signal aborts. */
  takePlace(signal: AbortSignal): Promise<() => void>;
  /** When it rejects, it is called again for the same one, a little later. */
  send(item: BulkItem): Promise<void>;
  onError(error: unknown): void;
};

export type BulkRun = {
  /** Those that are on their way come to their end. */
  pause(): void;
  resume(): void;
  stop(): void;
  /** Resolves when nothing is on its way any more, with whether all were sent. */
  ended: Promise<boolean>;
  dueByGap(receivedAt: Date): number | null;
};

/** Captures are looked up so many at a time; their bodies one by one, when it is their turn. */
const LOAD_MAX = 100;
/** One that takes long holds up those that come so much later, or what ended would be a long list. */
const AHEAD_MAX = 500;
/** Whatever failed is tried again after this. */
const RETRY_MS = 1_000;

/** Sends the captures of one bulk resend: one loop that begins them, in order, at their pace. */
export function startBulkRun(options: BulkRunOptions): BulkRun {
  const { clock, concurrency } = options;
  const pace = createPace(options);
  const inFlight = new Map<number, Promise<void>>();
  /** Looked up, in order. What has to be sent again comes back to its head. */
  const waiting: BulkItem[] = [];
  const hasEnded = new Set(options.ahead);
  let nextIndex = options.position;
  let state: "running" | "paused" | "stopped" = "running";
  let retryAt = 0;
  let wake = () => {};

  /** Until something happens, or the time is over. */
  const rest = (ms = Number.POSITIVE_INFINITY): Promise<void> => {
    const woken = new AbortController();
    wake = () => woken.abort();
    return clock.sleep(ms, woken.signal);
  };

  const takePlace = async (): Promise<(() => void) | null> => {
    const woken = new AbortController();
    wake = () => woken.abort();
    try {
      return await options.takePlace(woken.signal);
    } catch {
      return null;
    }
  };

  const noteFailure = (error: unknown): void => {
    options.onError(error);
    retryAt = clock.now() + RETRY_MS;
  };

  const loadMore = async (): Promise<void> => {
    const indexes: number[] = [];
    for (; nextIndex < options.total && indexes.length < LOAD_MAX; nextIndex++) {
      if (!hasEnded.has(nextIndex)) indexes.push(nextIndex);
    }
    while (indexes.length > 0 && state !== "stopped") {
      try {
        waiting.push(...(await options.load(indexes)));
        return;
      } catch (error) {
        noteFailure(error);
        await rest(RETRY_MS);
      }
    }
  };

  const hasMore = async (): Promise<boolean> => {
    while (waiting.length === 0 && nextIndex < options.total && state !== "stopped") {
      await loadMore();
    }
    return waiting.length > 0;
  };

  const begin = (item: BulkItem, release: () => void): void => {
    const sending = options
      .send(item)
      .catch((error) => {
        noteFailure(error);
        waiting.push(item);
        waiting.sort((a, b) => a.index - b.index);
      })
      .finally(() => {
        release();
        inFlight.delete(item.index);
        wake();
      });
    inFlight.set(item.index, sending);
  };

  /** The first that waits, when it is its turn. False when that does not come any more. */
  const beginInTurn = async (): Promise<boolean> => {
    for (;;) {
      if (state === "stopped") return false;
      const item = waiting[0]!;
      const now = clock.now();
      const due = Math.max(pace.due(now, item.receivedAt), retryAt);
      const isFull = inFlight.size >= concurrency;
      if (state === "paused" || isFull || item.index - oldest() > AHEAD_MAX) {
        await rest();
      } else if (due > now) {
        await rest(due - now);
      } else {
        const release = await takePlace();
        if (!release) continue;
        // It may have been paused in the moment in which the place was given.
        if (state === "running") {
          pace.begun(due);
          begin(waiting.shift()!, release);
          return true;
        }
        release();
      }
    }
  };

  const oldest = (): number => Math.min(...inFlight.keys());

  const run = async (): Promise<boolean> => {
    for (;;) {
      if (await hasMore()) {
        if (!(await beginInTurn())) break;
      } else if (waiting.length === 0) {
        if (state === "stopped" || inFlight.size === 0) break;
        await rest();
      }
    }
    const isWhole = state !== "stopped";
    await Promise.all(inFlight.values());
    return isWhole;
  };

  const become = (changed: typeof state) => {
    if (state === "stopped") return;
    state = changed;
    wake();
  };

  return {
    pause: () => become("paused"),
    resume() {
      if (state === "paused") pace.restart();
      become("running");
    },
    stop: () => become("stopped"),
    ended: run(),
    dueByGap: pace.dueByGap,
  };
}
