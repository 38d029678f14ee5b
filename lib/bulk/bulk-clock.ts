/** What waits in a bulk resend, so that a test can let days go by. */
export type BulkClock = {
  /** Milliseconds, never going back. */
  now(): number;
  /** Resolves after so many milliseconds, and early when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
};

/** The longest that a timer can wait. Who slept less than asked looks at the clock and sleeps on. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export const systemClock: BulkClock = {
  now: () => performance.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, Math.min(ms, MAX_TIMEOUT_MS));
      signal.addEventListener("abort", end, { once: true });
    }),
};
