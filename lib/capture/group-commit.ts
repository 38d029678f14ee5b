import type { NewCapture } from "../contract/new-capture.ts";

/**
 * So many captures go to the writer without waiting for the rest of the turn: with many senders,
 * writing would otherwise begin only when all that are answered together have sent again.
 */
const SLICE_CAPTURES = 32;

/** Each body is copied on its way to the writer; what is beyond this waits uncopied. */
const WRITING_MAX_BYTES = 16 * 1024 * 1024;

/** What became of a capture: its number, the bin went away, or nothing can be vouched for. */
export type CommitResult = { seq: number } | "bin_gone" | "failed";

/** Stores captures in the order of the calls; calls that wait may share one transaction. */
export type Append = (
  captures: NewCapture[],
) => Promise<{ seqs: (number | null)[]; failed: number[] }>;

export type GroupCommit = {
  add(capture: NewCapture, done: (result: CommitResult) => void): void;
  /** Resolves when everything added before is settled. */
  settled(): Promise<void>;
};

type Waiting = { capture: NewCapture; done: (result: CommitResult) => void };

/**
 * The serving thread's half of group commit: what arrives in one turn of the event loop goes to the
 * writer together. The writer's half is that one transaction takes all that waits by then.
 * Every `done` is called once, after its transaction, in order.
 */
export function groupCommit(
  append: Append,
  onCommitted: (capture: NewCapture, seq: number) => void,
  onError: (error: unknown) => void,
): GroupCommit {
  const queue: Waiting[] = [];
  let isScheduled = false;
  let writing = 0;
  let writingBytes = 0;
  let idle: (() => void)[] = [];

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

  const take = (): { batch: Waiting[]; bytes: number } => {
    let bytes = 0;
    let count = 0;
    while (count < queue.length && bytes < WRITING_MAX_BYTES - writingBytes) {
      bytes += queue[count]!.capture.body.byteLength;
      count += 1;
    }
    return { batch: queue.splice(0, count), bytes };
  };

  const write = async (): Promise<void> => {
    const { batch, bytes } = take();
    if (batch.length === 0) return;
    writing += 1;
    writingBytes += bytes;
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
    writing -= 1;
    writingBytes -= bytes;
    // Before these are answered: the disk should not wait for the replies of the last transaction.
    void write();
    settle(batch, seqs, failed);
    wakeIdle();
  };

  const wakeIdle = (): void => {
    if (queue.length > 0 || writing > 0) return;
    for (const resolve of idle) resolve();
    idle = [];
  };

  const endOfTurn = (): void => {
    isScheduled = false;
    void write();
  };

  return {
    add(capture, done) {
      queue.push({ capture, done });
      if (queue.length % SLICE_CAPTURES === 0) void write();
      else if (!isScheduled) {
        isScheduled = true;
        setImmediate(endOfTurn);
      }
    },
    settled: () =>
      new Promise((resolve) => {
        idle.push(resolve);
        wakeIdle();
      }),
  };
}
