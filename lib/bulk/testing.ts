import type { BulkClock } from "./bulk-clock.ts";

type Sleeper = { at: number; wake(): void };

/** Lets everything happen that needs no time to go by. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** A clock that stands still until it is told to go on. */
export function fakeClock() {
  let time = 0;
  const sleepers = new Set<Sleeper>();
  const clock: BulkClock = {
    now: () => time,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper = { at: time + ms, wake: () => end() };
        const end = () => {
          sleepers.delete(sleeper);
          signal.removeEventListener("abort", end);
          resolve();
        };
        signal.addEventListener("abort", end, { once: true });
        sleepers.add(sleeper);
      }),
  };
  return {
    clock,
    /** Lets so much time go by, one sleeper after another; without a number, until none is left. */
    async advance(ms = Number.POSITIVE_INFINITY): Promise<void> {
      const end = time + ms;
      for (;;) {
        await settle();
        const next = [...sleepers].sort((a, b) => a.at - b.at)[0];
        if (!next || next.at > end || next.at === Number.POSITIVE_INFINITY) break;
        time = Math.max(time, next.at);
        next.wake();
      }
      if (end !== Number.POSITIVE_INFINITY) time = end;
    },
  };
}
