import { newCaptureId } from "../capture/capture-id.ts";
import type { ForwardJob } from "../store/claim-forwards.ts";
import type { ForwardBatch } from "../store/enqueue-forwards.ts";
import type { SummaryRecord } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { type ActiveRule, leaseOf, QUEUE_MAX, wakeAt } from "./active-rule.ts";
import type { Answers } from "./answers.ts";
import type { Registry } from "./registry.ts";
import { selectCaptures } from "./select.ts";
import { type ThrottleSettings, throttle } from "./throttle.ts";

export type IntakeOptions = ThrottleSettings & {
  store: Pick<Store, "capturesBeyond" | "wholeCaptures" | "write">;
  registry: Registry;
  answers: Answers;
  now(): Date;
  /** Rules have more in their queues, or are due. */
  onQueued(): void;
  /** Rules of this bin are not what this process takes them for. */
  onOutdated(binId: string): void;
};

/** Makes rows of captures: those beyond a rule's cursor that the rule selects. */
export type Intake = {
  /** @param isUrgent a sender waits for the answer */
  lookAt(binIds: Iterable<string>, isUrgent?: boolean): void;
  stop(): Promise<void>;
};

type Batch = { rule: ActiveRule; batch: ForwardBatch; jobs: ForwardJob[] };

/** Captures of a bin that are looked at in one go, and bins in one transaction. */
const PAGE_CAPTURES = 200;
const ROUND_BINS = 20;

export function createIntake(options: IntakeOptions): Intake {
  const { store, registry, answers, now, onQueued, onOutdated } = options;
  const behind = new Set<string>();

  const toBatch = (rule: ActiveRule, captures: SummaryRecord[], to: number, at: Date): Batch => {
    const { id: ruleId, binId } = rule.record;
    const leasedUntil = leaseOf(rule, at);
    const jobs = captures.map(
      ({ id: captureId, seq, bodySize }): ForwardJob => ({
        id: newCaptureId(at.getTime()),
        ...{ ruleId, binId, captureId, seq, bodySize, leasedUntil },
        ...{ attempts: 0, attemptsBefore: 0, since: at, createdAt: at },
      }),
    );
    const forwards = jobs.map(({ id, captureId, seq }) => ({ id, captureId, seq }));
    // Only what can be sent soon; the rest is taken when its turn comes.
    const leased = Math.min(jobs.length, Math.max(0, QUEUE_MAX - rule.queue.length));
    const batch = { ruleId, binId, from: rule.cursor, to, forwards, leased, leasedUntil };
    return { rule, batch, jobs };
  };

  /** What a page of the bin's captures is to each rule that has not seen it; null when there is none. */
  const look = async (binId: string, at: Date) => {
    const rules = registry.of(binId);
    if (rules.length === 0) return null;
    const from = Math.min(...rules.map(({ cursor }) => cursor));
    const page = await store.capturesBeyond(binId, from, PAGE_CAPTURES);
    if (!page) return null;
    const selected = await selectCaptures(store, rules, page.captures, at.getTime());
    const batches: Batch[] = [];
    for (const [rule, captures] of selected) {
      answers.skipped(rule, page.captures, captures);
      if (page.upTo > rule.cursor) batches.push(toBatch(rule, captures, page.upTo, at));
    }
    return { batches, hasMore: page.hasMore };
  };

  const enqueue = async (batches: Batch[], at: Date): Promise<void> => {
    if (batches.length === 0) return;
    const inputs = batches.map(({ batch }) => batch);
    const moved = new Set(await store.write("enqueueForwards", inputs, at));
    for (const { rule, batch, jobs } of batches) {
      if (!moved.has(batch.ruleId)) {
        // Another process was there, or the rule is not what it was.
        onOutdated(batch.binId);
        continue;
      }
      rule.cursor = Math.max(rule.cursor, batch.to);
      rule.queue.push(...jobs.slice(0, batch.leased));
      if (batch.leased < jobs.length) wakeAt(rule, at.getTime());
    }
  };

  const round = async (): Promise<void> => {
    const binIds = [...behind].slice(0, ROUND_BINS);
    for (const binId of binIds) behind.delete(binId);
    const at = now();
    const unfinished: string[] = [];
    try {
      const batches: Batch[] = [];
      for (const binId of binIds) {
        const looked = await look(binId, at);
        if (!looked) continue;
        batches.push(...looked.batches);
        if (looked.hasMore) unfinished.push(binId);
      }
      await enqueue(batches, at);
    } catch (error) {
      for (const binId of binIds) behind.add(binId);
      throw error;
    }
    for (const binId of unfinished) behind.add(binId);
    if (behind.size > 0) rounds.want();
    onQueued();
  };

  const rounds = throttle(round, options);
  return {
    lookAt(binIds, isUrgent = false) {
      for (const binId of binIds) behind.add(binId);
      if (behind.size > 0) rounds.want(isUrgent);
    },
    stop: () => rounds.stop(),
  };
}
