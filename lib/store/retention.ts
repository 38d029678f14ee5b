import type { Writer } from "./writer.ts";

const DAY_MS = 24 * 60 * 60 * 1000;
const EXPIRY_INTERVAL_MS = 10 * 60 * 1000;
/** How soon a bin that overflowed is trimmed: under load one trim takes many captures' surplus. */
const TRIM_DELAY_MS = 100;
/** After a step, this many times its duration belong to captures. */
const REST_FACTOR = 4;
const RETRY_MS = 5_000;

export type RetentionOptions = {
  maxCapturesPerBin: number;
  binTtlDays: number;
  now: () => Date;
  /** Captures of a bin up to `seq` went to make room. */
  onTrimmed: (binId: string, seq: number) => void;
  onExpired: (binId: string) => void;
  onError: (error: unknown) => void;
};

export type Retention = {
  /** Told after every batch, so that nothing has to look for bins that are over the limit. */
  noteStoredCount(binId: string, count: number): void;
  /** There may be rows to sweep: a bin was cleared or deleted. */
  wake(): void;
  stop(): void;
};

/** Keeps bins within their limits, in small steps between the captures' transactions. */
export function startRetention(
  writer: Pick<Writer, "write">,
  options: RetentionOptions,
): Retention {
  let stopped = false;
  let sweeping = false;
  let sweepAgain = false;
  const timers = new Set<NodeJS.Timeout>();
  const overfull = new Set<string>();

  const later = (ms: number, action: () => void): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms).unref();
    timers.add(timer);
  };

  const failed = (error: unknown, retry: () => void): void => {
    if (stopped) return;
    options.onError(error);
    later(RETRY_MS, retry);
  };

  const sweep = async (): Promise<void> => {
    const start = performance.now();
    try {
      sweepAgain = false;
      const more = await writer.write("sweepStep", options.now());
      if (more || sweepAgain) later(REST_FACTOR * (performance.now() - start), () => void sweep());
      else sweeping = false;
    } catch (error) {
      failed(error, () => void sweep());
    }
  };

  const wake = (): void => {
    sweepAgain = true;
    if (sweeping || stopped) return;
    sweeping = true;
    void sweep();
  };

  const trim = async (binId: string): Promise<void> => {
    try {
      overfull.delete(binId);
      const seq = await writer.write("trimBin", binId, options.maxCapturesPerBin);
      if (seq === null) return;
      options.onTrimmed(binId, seq);
      wake();
    } catch (error) {
      failed(error, () => void trim(binId));
    }
  };

  const expire = async (): Promise<void> => {
    const now = options.now();
    const cutoff = new Date(now.getTime() - options.binTtlDays * DAY_MS);
    try {
      const expired = await writer.write("expireBins", cutoff, now);
      for (const binId of expired) options.onExpired(binId);
      // Deletions expire too.
      wake();
      later(expired.length > 0 ? TRIM_DELAY_MS : EXPIRY_INTERVAL_MS, () => void expire());
    } catch (error) {
      failed(error, () => void expire());
    }
  };

  void expire();
  // What a stop left behind.
  wake();

  return {
    noteStoredCount(binId, count) {
      if (count <= options.maxCapturesPerBin || overfull.has(binId)) return;
      overfull.add(binId);
      later(TRIM_DELAY_MS, () => void trim(binId));
    },
    wake,
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
