import type { FeedAction } from "#components/live/feed.ts";

/** A hidden page gets no animation frames, and must not collect events until it is shown again. */
const HIDDEN_FLUSH_MS = 500;

export type EventQueue = { push(action: FeedAction): void; stop(): void };

/** Hands actions on in their order, at most once a frame, with consecutive arrivals as one. */
export function createEventQueue(deliver: (actions: FeedAction[]) => void): EventQueue {
  let waiting: FeedAction[] = [];
  let frame = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function cancel(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    timer = undefined;
  }

  function flush(): void {
    cancel();
    const actions = joinArrivals(waiting);
    waiting = [];
    deliver(actions);
  }

  return {
    push(action) {
      waiting.push(action);
      if (timer !== undefined) return;
      frame = requestAnimationFrame(flush);
      timer = setTimeout(flush, HIDDEN_FLUSH_MS);
    },
    stop: cancel,
  };
}

export function joinArrivals(actions: readonly FeedAction[]): FeedAction[] {
  const joined: FeedAction[] = [];
  for (const action of actions) {
    const last = joined.at(-1);
    if (action.type === "arrived" && last?.type === "arrived") {
      joined[joined.length - 1] = {
        type: "arrived",
        captures: [...last.captures, ...action.captures],
        skipped: last.skipped + action.skipped,
      };
    } else {
      joined.push(action);
    }
  }
  return joined;
}
