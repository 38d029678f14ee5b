import type { BulkGaps } from "../contract/bulk-resend.ts";

/** How many times as fast as they came. */
const SPEED: Record<BulkGaps, number | null> = { none: null, "1x": 1, "10x": 10 };

/** A timer comes a little late. So much of it is made up for, or a high rate would not be reached. */
const SLACK_MS = 20;

/** When captures are due to be sent. Times are milliseconds of one clock that never goes back. */
export type Pace = {
  /** When the next one is due, which came at `receivedAt`. */
  due(now: number, receivedAt: Date): number;
  /** It began, and was due then. */
  begun(due: number): void;
  /** The next one is due at once, and gaps count from it. */
  restart(): void;
  /** When that one would be due by its gap alone; null without gaps, and before the first one. */
  dueByGap(receivedAt: Date): number | null;
};

export function createPace(options: { ratePerSecond: number; gaps: BulkGaps }): Pace {
  const interval = 1000 / options.ratePerSecond;
  const speed = SPEED[options.gaps];
  let last = Number.NEGATIVE_INFINITY;
  // From one point on, not from gap to gap: what is late at each would add up.
  let anchor: { at: number; received: number } | null = null;

  const dueByGap = (receivedAt: Date): number | null =>
    speed === null || anchor === null
      ? null
      : anchor.at + (receivedAt.getTime() - anchor.received) / speed;

  return {
    due(now, receivedAt) {
      anchor ??= { at: now, received: receivedAt.getTime() };
      const byRate = Math.max(now - SLACK_MS, last + interval);
      return Math.max(byRate, dueByGap(receivedAt) ?? byRate);
    },
    begun(due) {
      last = due;
    },
    restart() {
      anchor = null;
    },
    dueByGap,
  };
}
