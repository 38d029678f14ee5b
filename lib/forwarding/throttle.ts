/** Runs a task again and again while it is wanted: one at a time, and not more often than said. */
export type Throttle = {
  /** @param urgent does not wait for the gap */
  want(urgent?: boolean): void;
  /** Resolves when nothing runs. */
  stop(): Promise<void>;
};

export type ThrottleSettings = {
  gapMs: number;
  retryMs: number;
  onError(error: unknown): void;
};

/**
 * At once when it has rested, then with a gap, so that what comes meanwhile shares one transaction:
 * captures wait for the same writer.
 *
 * @param task rejects to be tried again after `retryMs`
 */
export function throttle(
  task: () => Promise<void>,
  { gapMs, retryMs, onError }: ThrottleSettings,
): Throttle {
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | undefined;
  let isWanted = false;
  let isStopped = false;
  let isSoon = false;
  let next = 0;

  const run = (): void => {
    timer = undefined;
    isSoon = false;
    isWanted = false;
    running = task()
      .then(
        () => gapMs,
        (error) => {
          onError(error);
          isWanted = true;
          return retryMs;
        },
      )
      .then((pause) => {
        next = performance.now() + pause;
        running = undefined;
        if (isWanted) plan();
      });
  };

  const plan = (isUrgent = false): void => {
    if (isStopped || running || isSoon) return;
    const wait = isUrgent ? 0 : next - performance.now();
    if (wait <= 0) {
      clearTimeout(timer);
      isSoon = true;
      // In a turn of its own: whatever else comes in this one goes along.
      timer = setTimeout(run, 0);
    } else timer ??= setTimeout(run, wait);
  };

  return {
    want(isUrgent = false) {
      isWanted = true;
      plan(isUrgent);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
