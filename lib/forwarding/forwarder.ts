import { setMaxListeners } from "node:events";
import { newCaptureId } from "../capture/capture-id.ts";
import type { TargetAnswer } from "../capture/target-answer.ts";
import type { DeliveryEvent } from "../contract/events.ts";
import type { Sender } from "../outbound/send.ts";
import type { ForwardAttempt, ForwardBatch, ForwardJob } from "../store/forward-queue.ts";
import type { Store } from "../store/store.ts";
import type { ActiveRule } from "./active-rule.ts";
import { type Answers, createAnswers } from "./answers.ts";
import { attemptForward } from "./attempt.ts";
import { captureLoader } from "./capture-loader.ts";
import { createRegistry } from "./registry.ts";
import { selectCaptures } from "./select.ts";
import { createTargets } from "./targets.ts";
import { throttle } from "./throttle.ts";

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

export type ForwarderLimits = {
  perTarget: number;
  total: number;
  /** Bodies of captures that are being sent, together; one at least is. */
  bodyBytes: number;
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

/** Captures of a bin that are looked at in one go, and bins in one transaction. */
const PAGE_CAPTURES = 200;
const ROUND_BINS = 20;
/** Forwards of one rule that a process takes at once. */
const TAKE_MAX = 64;
const TAKE_RULES = 50;
/** Outcomes of one transaction. */
const RECORD_MAX = 100;
const RECORD_BYTES = 8 * 1024 * 1024;
/** Captures share the writer: this is how long its transactions for forwards are apart. */
const GAP_MS = 20;
const RETRY_MS = 1_000;
/** How long a process may keep what it took before it sends it; when that may have ended, another takes it. */
const LEASE_MS = 15_000;

/**
 * Sends new captures on, as rules say. The database is the truth: a rule's cursor says which
 * captures have their Forward rows, a row says when it is due, and both move on only in
 * transactions. What is in memory here is a part of that which is about to be sent.
 */
export function createForwarder(options: ForwarderOptions): Forwarder {
  const { store, now, onError } = options;
  const limits = { ...LIMITS, ...options.limits };
  const targets = createTargets(limits);
  const load = captureLoader(store);
  const stopping = new AbortController();
  // Each sending listens; Node takes more than ten for a leak.
  setMaxListeners(0, stopping.signal);
  const answers: Answers = createAnswers();
  const behind = new Set<string>();
  const outcomes: ForwardAttempt[] = [];
  const underway = new Set<Promise<void>>();
  const timers: NodeJS.Timeout[] = [];
  let bodyBytes = 0;
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
  const leaseOf = ({ record }: ActiveRule) =>
    new Date(now().getTime() + LEASE_MS + record.timeoutMs);

  // 1. Captures become rows.

  const enqueue = async (): Promise<void> => {
    const binIds = [...behind].slice(0, ROUND_BINS);
    for (const binId of binIds) behind.delete(binId);
    const at = now();
    const batches: { rule: ActiveRule; batch: ForwardBatch; jobs: ForwardJob[] }[] = [];
    const unfinished: string[] = [];
    try {
      for (const binId of binIds) {
        const rules = registry.of(binId);
        if (rules.length === 0) continue;
        const from = Math.min(...rules.map(({ cursor }) => cursor));
        const page = await store.capturesBeyond(binId, from, PAGE_CAPTURES);
        if (!page) continue;
        if (page.hasMore) unfinished.push(binId);
        const selected = await selectCaptures(store, rules, page.captures, at.getTime());
        for (const [rule, captures] of selected) {
          answers.skipped(rule, page.captures, captures);
          if (page.upTo <= rule.cursor) continue;
          const { id: ruleId } = rule.record;
          const leasedUntil = leaseOf(rule);
          const jobs = captures.map(
            ({ id: captureId, seq, bodySize }): ForwardJob => ({
              id: newCaptureId(at.getTime()),
              ...{ ruleId, binId, captureId, seq, bodySize, leasedUntil },
              ...{ attempts: 0, attemptsBefore: 0, since: at, createdAt: at },
            }),
          );
          // Only what can be sent soon; the rest is taken when its turn comes.
          const leased = Math.min(jobs.length, Math.max(0, TAKE_MAX - rule.queue.length));
          const [from, to] = [rule.cursor, page.upTo];
          const batch = { ruleId, binId, from, to, forwards: jobs, leased, leasedUntil };
          batches.push({ rule, batch, jobs });
        }
      }
      if (batches.length > 0) {
        const moved = new Set(
          await store.write(
            "enqueueForwards",
            batches.map(({ batch }) => ({
              ...batch,
              forwards: batch.forwards.map(({ id, captureId, seq }) => ({ id, captureId, seq })),
            })),
            at,
          ),
        );
        for (const { rule, batch, jobs } of batches) {
          if (!moved.has(batch.ruleId)) {
            // Another process was there, or the rule is not what it was.
            void rulesChanged(batch.binId).catch(onError);
            continue;
          }
          rule.cursor = Math.max(rule.cursor, batch.to);
          rule.queue.push(...jobs.slice(0, batch.leased));
          if (batch.leased < jobs.length) rule.dueAt = Math.min(rule.dueAt ?? Infinity, +at);
        }
      }
    } catch (error) {
      for (const binId of binIds) behind.add(binId);
      throw error;
    }
    for (const binId of unfinished) behind.add(binId);
    if (behind.size > 0) enqueuing.want();
    pump();
  };

  // 2. Rows that are due are taken.

  const claim = async (): Promise<void> => {
    const at = now().getTime();
    const hungry: ActiveRule[] = [];
    for (const rule of registry.all()) {
      if (rule.dueAt === null || rule.dueAt > at || rule.queue.length > TAKE_MAX / 4) continue;
      hungry.push(rule);
      if (hungry.length === TAKE_RULES) break;
    }
    if (hungry.length === 0) return;
    const before = new Map(hungry.map((rule) => [rule, rule.dueAt]));
    // What becomes due while the database is asked is not forgotten.
    for (const rule of hungry) rule.dueAt = null;
    try {
      const claims = hungry.map((rule) => ({
        ruleId: rule.record.id,
        limit: TAKE_MAX - rule.queue.length,
        leasedUntil: leaseOf(rule),
      }));
      const claimed = await store.write("claimForwards", claims, new Date(at));
      for (const { ruleId, jobs, dueAt } of claimed) {
        const rule = registry.find(ruleId);
        if (!rule) {
          release(jobs);
          continue;
        }
        rule.queue.push(...jobs);
        wakeAt(rule, dueAt);
      }
    } catch (error) {
      for (const [rule, dueAt] of before) rule.dueAt = Math.min(rule.dueAt ?? Infinity, dueAt!);
      throw error;
    }
    pump();
    if (hungry.length === TAKE_RULES) claiming.want();
  };

  const wakeAt = (rule: ActiveRule, at: Date | null): void => {
    if (at) rule.dueAt = Math.min(rule.dueAt ?? Infinity, at.getTime());
  };

  // 3. What was taken is sent, a forward of each rule in turn.

  const sendNext = (rule: ActiveRule): boolean => {
    const [job] = rule.queue;
    if (!job) return false;
    if (bodyBytes > 0 && bodyBytes + job.bodySize > limits.bodyBytes) return false;
    const at = now().getTime();
    if (job.leasedUntil.getTime() - rule.record.timeoutMs <= at) {
      // It lay here for too long: another process may have it by the time it is sent.
      rule.queue.shift();
      rule.dueAt = Math.min(rule.dueAt ?? Infinity, job.leasedUntil.getTime() + 1);
      return true;
    }
    const giveBack = targets.take(rule.host);
    if (!giveBack) return false;
    rule.queue.shift();
    bodyBytes += job.bodySize;
    let isAlive = true;
    const sending = attemptForward({ ...options, load, signal: stopping.signal }, rule, job)
      .then((outcome) => {
        isAlive = outcome.status !== null || outcome.delivery === null;
        answers.ended(rule, job, outcome);
        outcomes.push(outcome);
        recording.want(answers.count > 0);
      })
      .catch((error) => {
        // The database did not give the capture: its turn comes again.
        onError(error);
        release([job]);
        rule.dueAt = Math.min(rule.dueAt ?? Infinity, at + RETRY_MS);
      })
      .finally(() => {
        giveBack(isAlive);
        bodyBytes -= job.bodySize;
        underway.delete(sending);
        pump();
      });
    underway.add(sending);
    return true;
  };

  let ring: ActiveRule[] = [];
  let isPumpPlanned = false;

  const pump = (): void => {
    if (isPumpPlanned || isDraining) return;
    isPumpPlanned = true;
    setImmediate(() => {
      isPumpPlanned = false;
      if (!isDraining) pumpNow();
    });
  };

  const pumpNow = (): void => {
    // Outcomes that cannot be stored hold up the sending, or memory would not be bounded.
    if (outcomes.length > 10 * RECORD_MAX) return;
    // Where it stopped last time it goes on, so that no rule is first every time.
    const ready = [...registry.all()].filter(({ queue }) => queue.length > 0);
    const last = ring[0] ? ready.indexOf(ring[0]) : -1;
    ring = last > 0 ? [...ready.slice(last), ...ready.slice(0, last)] : ready;
    for (let isMoving = true; isMoving; ) {
      isMoving = false;
      for (const rule of ring) if (sendNext(rule)) isMoving = true;
    }
    ring.push(...ring.splice(0, 1));
    const at = now().getTime();
    if (
      ready.some(
        ({ queue, dueAt }) => queue.length <= TAKE_MAX / 4 && dueAt !== null && dueAt <= at,
      )
    ) {
      claiming.want();
    }
  };

  // 4. What came of it is stored.

  let recordMax = RECORD_MAX;

  const record = async (): Promise<void> => {
    let bytes = 0;
    let count = 0;
    while (count < outcomes.length && count < recordMax) {
      bytes += outcomes[count]!.delivery?.body?.byteLength ?? 0;
      if (count > 0 && bytes > RECORD_BYTES) break;
      count += 1;
    }
    if (count === 0) return;
    const batch = outcomes.splice(0, count);
    let recorded: Map<string, number>;
    try {
      recorded = new Map(await store.write("recordForwards", batch));
      recordMax = Math.min(RECORD_MAX, recordMax * 2);
    } catch (error) {
      // Should it be one of them that the database refuses, the others come through without it.
      recordMax = 1;
      outcomes.push(...batch);
      throw error;
    }
    for (const { job, delivery, nextAttemptAt } of batch) {
      const rule = registry.find(job.ruleId);
      if (rule) wakeAt(rule, nextAttemptAt);
      const attempt = delivery && recorded.get(delivery.id);
      if (!delivery || !attempt) continue;
      const { binId, captureId } = job;
      const state = delivery.state === "succeeded" ? "succeeded" : "failed";
      options.onDelivered({ binId, captureId, deliveryId: delivery.id, state, attempt });
    }
    if (outcomes.length > 0) recording.want();
    pump();
  };

  const settings = { gapMs: GAP_MS, retryMs: RETRY_MS, onError };
  const enqueuing = throttle(enqueue, settings);
  const claiming = throttle(claim, settings);
  const recording = throttle(record, settings);

  const lookAt = (binIds: Iterable<string>, isUrgent = false): void => {
    for (const binId of binIds) behind.add(binId);
    if (behind.size > 0) enqueuing.want(isUrgent);
  };

  const lookAround = async (): Promise<void> => {
    lookAt(await registry.refresh());
    claiming.want();
    pump();
  };

  const rulesChanged = async (binId: string): Promise<void> => {
    lookAt(await registry.refresh(binId));
    claiming.want();
    pump();
  };

  const every = (ms: number, action: () => void): void => {
    timers.push(setInterval(action, ms).unref());
  };

  return {
    async start() {
      if (store.isAlone) await store.write("releaseAllForwards");
      await lookAround();
      let isLooking = false;
      every(limits.lookAroundMs, () => {
        if (isLooking) return;
        isLooking = true;
        lookAround()
          .catch(onError)
          .finally(() => {
            isLooking = false;
          });
      });
      every(limits.tickMs, () => {
        const at = now().getTime();
        for (const { dueAt } of registry.all()) if (dueAt !== null && dueAt <= at) claiming.want();
      });
    },
    captured(binId) {
      if (isDraining || registry.of(binId).length === 0) return;
      lookAt([binId], answers.count > 0);
    },
    rulesChanged,
    binGone: registry.dropBin,
    due(ruleId) {
      const rule = registry.find(ruleId);
      if (!rule) return;
      wakeAt(rule, now());
      claiming.want(true);
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
      await Promise.all([enqueuing.stop(), claiming.stop()]);
      release([...registry.all()].flatMap(({ queue }) => queue.splice(0)));
      const timer = setTimeout(() => stopping.abort(), graceMs);
      await Promise.allSettled(underway);
      clearTimeout(timer);
      await recording.stop();
      try {
        while (outcomes.length > 0) await record();
      } catch (error) {
        // They wait in the database, and are sent once more.
        onError(error);
      }
    },
  };
}
