import type { NewCapture } from "../contract/new-capture.ts";

/** Under SQLite's 32,766 and PostgreSQL's 65,535 parameters of one statement. */
const BATCH_MAX_CAPTURES = 256;
/** A single larger capture makes a batch of its own. */
const BATCH_MAX_BYTES = 16 * 1024 * 1024;

/** What became of a capture: its number, the bin went away, or nothing can be vouched for. */
export type CommitResult = { seq: number } | "bin_gone" | "failed";

export type AppendBatch = (
  captures: NewCapture[],
) => Promise<{ seqs: (number | null)[]; failed: number[] }>;

export type GroupCommit = {
  add(capture: NewCapture, done: (result: CommitResult) => void): void;
  /** Resolves when everything added before is settled. */
  settled(): Promise<void>;
};

type Waiting = { capture: NewCapture; done: (result: CommitResult) => void };

/**
 * Group commit: while one transaction is on its way to the disk, arrivals wait; the next one takes
 * them all. Every `done` is called once, after its transaction. Order is kept.
 */
export function groupCommit(
  append: AppendBatch,
  onCommitted: (capture: NewCapture, seq: number) => void,
  onError: (error: unknown) => void,
): GroupCommit {
  let queue: Waiting[] = [];
  let isScheduled = false;
  let isWriting = false;
  let idle: (() => void)[] = [];

  const takeBatch = (): Waiting[] => {
    let bytes = 0;
    let count = 0;
    while (count < queue.length && count < BATCH_MAX_CAPTURES) {
      bytes += queue[count]!.capture.body.byteLength;
      if (count > 0 && bytes > BATCH_MAX_BYTES) break;
      count += 1;
    }
    const batch = count === queue.length ? queue : queue.slice(0, count);
    queue = count === queue.length ? [] : queue.slice(count);
    return batch;
  };

  const settle = (batch: Waiting[], seqs: (number | null)[], failed: Set<number>): void => {
    for (let i = 0; i < batch.length; i++) {
      const { capture, done } = batch[i]!;
      const seq = seqs[i];
      if (typeof seq === "number") {
        done({ seq });
        onCommitted(capture, seq);
      } else done(failed.has(i) ? "failed" : "bin_gone");
    }
  };

  const write = async (): Promise<void> => {
    isScheduled = false;
    isWriting = true;
    const batch = takeBatch();
    let seqs: (number | null)[] = [];
    let failed = new Set<number>();
    try {
      const appended = await append(batch.map(({ capture }) => capture));
      seqs = appended.seqs;
      failed = new Set(appended.failed);
    } catch (error) {
      onError(error);
      failed = new Set(batch.keys());
    }
    isWriting = false;
    // Before these are answered: the disk should not wait for the replies of the last transaction.
    if (queue.length > 0) void write();
    settle(batch, seqs, failed);
    schedule();
  };

  // Not at once: what else arrived in this turn of the event loop goes into the same transaction.
  const schedule = (): void => {
    if (isScheduled || isWriting) return;
    if (queue.length === 0) {
      for (const resolve of idle) resolve();
      idle = [];
      return;
    }
    isScheduled = true;
    setImmediate(() => void write());
  };

  return {
    add(capture, done) {
      queue.push({ capture, done });
      schedule();
    },
    settled: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        schedule();
      }),
  };
}
