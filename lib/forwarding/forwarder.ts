import type { TargetAnswer } from "../capture/target-answer.ts";
import type { DeliveryEvent } from "../contract/events.ts";
import type { Sender } from "../outbound/send.ts";
import type { ForwardJob } from "../store/claim-forwards.ts";
import type { Store } from "../store/store.ts";
import { wakeAt } from "./active-rule.ts";
import { createAnswers } from "./answers.ts";
import { captureLoader } from "./capture-loader.ts";
import { createClaims } from "./claims.ts";
import { createDispatch, type DispatchLimits } from "./dispatch.ts";
import { createIntake } from "./intake.ts";
import { createOutcomes } from "./outcomes.ts";
import { createRegistry } from "./registry.ts";

export type ForwarderOptions = {
  store: Pick<Store, "activeRules" | "capturesBeyond" | "wholeCaptures" | "write" | "isAlone">;
  sender: Sender;
  now(): Date;
  /** From 0 to 1. */
  random(): number;
  /** A delivery was stored. */
  onDelivered(event: DeliveryEvent): void;
  onError(error: unknown): void;
  limits?: Partial<ForwarderLimits>;
};

export type ForwarderLimits = DispatchLimits & {
  /** How often it looks for what is due. */
  tickMs: number;
  /** How often it looks for what other processes did, or left behind. */
  lookAroundMs: number;
};

export type Forwarder = {
  /** Takes up what an earlier process left. */
  start(): Promise<void>;
  /** A capture of this bin is stored. Cheap, and does nothing where no rule is. */
  captured(binId: string): void;
  /** Resolves when the rules of this bin are as they are stored. */
  rulesChanged(binId: string): Promise<void>;
  binGone(binId: string): void;
  /** Forwards of this rule wait again. */
  due(ruleId: string): void;
  /**
   * What the target of the bin's rule that answers the sender says to a capture's first attempt.
   * Null without such a rule; resolves with null when it takes longer than the rule lets it, and
   * when there is no whole response. To be asked before `captured`.
   */
  answerTo(binId: string, captureId: string): Promise<TargetAnswer | null> | null;
  /** Begins nothing more; what is underway may take `graceMs`, and is stored. */
  drain(graceMs: number): Promise<void>;
};

const LIMITS: ForwarderLimits = {
  perTarget: 16,
  total: 256,
  bodyBytes: 64 * 1024 * 1024,
  tickMs: 500,
  lookAroundMs: 10_000,
};

/** Captures share the writer: this is how long its transactions for forwards are apart. */
const GAP_MS = 20;
const RETRY_MS = 1_000;

/**
 * Sends new captures on, as rules say. The database is the truth: a rule's cursor says which
 * captures have their Forward rows, a row says when it is due, and both move on only in
 * transactions. What is in memory here is a part of that which is about to be sent: captures become
 * rows (intake), rows that are due are taken (claims), what was taken is sent (dispatch), and what
 * came of it is stored (outcomes).
 */
export function createForwarder(options: ForwarderOptions): Forwarder {
  const { store, now, onError } = options;
  const limits = { ...LIMITS, ...options.limits };
  const answers = createAnswers();
  const timers: NodeJS.Timeout[] = [];
  let isDraining = false;

  const release = (jobs: ForwardJob[]): void => {
    if (jobs.length === 0) return;
    const ids = jobs.map(({ id }) => id);
    store.write("releaseForwards", ids).catch(onError);
  };
  const registry = createRegistry({
    store,
    now,
    onDropped: (rule) => release(rule.queue.splice(0)),
  });
  const onQueued = (): void => dispatch.pump();
  const shared = { store, registry, now, release, onQueued, onError };
  const throttled = { ...shared, gapMs: GAP_MS, retryMs: RETRY_MS };
  const intake = createIntake({
    ...throttled,
    answers,
    onOutdated: (binId) => void rulesChanged(binId).catch(onError),
  });
  const claims = createClaims(throttled);
  const outcomes = createOutcomes({
    ...throttled,
    onDelivered: options.onDelivered,
    onStored: onQueued,
  });
  const dispatch = createDispatch({
    ...options,
    ...shared,
    limits,
    load: captureLoader(store),
    isHeldUp: () => outcomes.isFull,
    onOutcome(rule, outcome) {
      answers.ended(rule, outcome.job, outcome);
      outcomes.add(outcome, answers.count > 0);
    },
    onHungry: () => claims.want(),
  });

  const rulesChanged = async (binId?: string): Promise<void> => {
    intake.lookAt(await registry.refresh(binId));
    claims.want();
    dispatch.pump();
  };

  const every = (ms: number, action: () => void): void => {
    timers.push(setInterval(action, ms).unref());
  };

  return {
    async start() {
      if (store.isAlone) await store.write("releaseAllForwards");
      await rulesChanged();
      let isLooking = false;
      every(limits.lookAroundMs, () => {
        if (isLooking) return;
        isLooking = true;
        rulesChanged()
          .catch(onError)
          .finally(() => {
            isLooking = false;
          });
      });
      every(limits.tickMs, () => {
        const at = now().getTime();
        for (const { dueAt } of registry.all()) if (dueAt !== null && dueAt <= at) claims.want();
      });
    },
    captured(binId) {
      if (isDraining || registry.of(binId).length === 0) return;
      intake.lookAt([binId], answers.count > 0);
    },
    rulesChanged,
    binGone: registry.dropBin,
    due(ruleId) {
      const rule = registry.find(ruleId);
      if (!rule) return;
      wakeAt(rule, now().getTime());
      claims.want(true);
    },
    answerTo(binId, captureId) {
      const rule = registry.of(binId).find(({ record }) => record.answerSender);
      if (!rule || isDraining) return null;
      return answers.wait(captureId, rule.record.answerTimeoutMs);
    },
    async drain(graceMs) {
      isDraining = true;
      for (const timer of timers) clearInterval(timer);
      answers.stop();
      dispatch.stop();
      await Promise.all([intake.stop(), claims.stop()]);
      release([...registry.all()].flatMap(({ queue }) => queue.splice(0)));
      await dispatch.settle(graceMs);
      await outcomes.drain();
    },
  };
}
