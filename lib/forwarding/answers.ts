import type { TargetAnswer } from "../capture/target-answer.ts";
import type { ForwardJob } from "../store/claim-forwards.ts";
import type { ForwardAttempt } from "../store/record-forwards.ts";
import type { ActiveRule } from "./active-rule.ts";

/** Senders that wait for the target's answer to their capture. */
export type Answers = {
  readonly count: number;
  /** Null when it takes longer, too many wait, or no whole answer comes. */
  wait(captureId: string, timeoutMs: number): Promise<TargetAnswer | null>;
  /** Of those that were looked at, only the selected ones are sent. */
  skipped(
    rule: ActiveRule,
    looked: readonly { id: string }[],
    selected: readonly { id: string }[],
  ): void;
  ended(rule: ActiveRule, job: ForwardJob, attempt: ForwardAttempt): void;
  /** Nobody waits any more. */
  stop(): void;
};

/** Senders beyond this get the bin's own reply: each holds a connection. */
const WAITING_MAX = 1_000;

export function createAnswers(): Answers {
  const waiting = new Map<string, (answer: TargetAnswer | null) => void>();
  let isStopped = false;

  return {
    get count() {
      return waiting.size;
    },
    wait(captureId, timeoutMs) {
      if (isStopped || waiting.size >= WAITING_MAX) return Promise.resolve(null);
      return new Promise((resolve) => {
        const end = (answer: TargetAnswer | null): void => {
          clearTimeout(timer);
          waiting.delete(captureId);
          resolve(answer);
        };
        const timer = setTimeout(end, timeoutMs, null);
        waiting.set(captureId, end);
      });
    },
    skipped({ record }, looked, selected) {
      if (!record.answerSender || waiting.size === 0) return;
      const sent = new Set(selected.map(({ id }) => id));
      for (const { id } of looked) if (!sent.has(id)) waiting.get(id)?.(null);
    },
    ended({ record }, { captureId }, { delivery }) {
      if (!record.answerSender) return;
      const response = delivery?.result.response;
      const isWhole = response && !response.truncated;
      const body = delivery?.body ?? new Uint8Array();
      const { status, headers } = response ?? {};
      waiting.get(captureId)?.(isWhole ? { status: status!, headers: headers!, body } : null);
    },
    stop() {
      isStopped = true;
      for (const end of [...waiting.values()]) end(null);
    },
  };
}
