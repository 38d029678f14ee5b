import { setMaxListeners } from "node:events";
import type { ForwardJob } from "../store/claim-forwards.ts";
import type { ForwardAttempt } from "../store/record-forwards.ts";
import { type ActiveRule, isHungry, wakeAt } from "./active-rule.ts";
import { type AttemptOptions, attemptForward } from "./attempt.ts";
import type { Registry } from "./registry.ts";
import { createTargets } from "./targets.ts";

export type DispatchLimits = {
  perTarget: number;
  total: number;
  /** Bodies of captures that are being sent, together; one at least is. */
  bodyBytes: number;
};

export type DispatchOptions = Omit<AttemptOptions, "signal"> & {
  registry: Registry;
  limits: DispatchLimits;
  release(jobs: ForwardJob[]): void;
  /** Outcomes wait to be stored: memory would not be bounded if more came. */
  isHeldUp(): boolean;
  onOutcome(rule: ActiveRule, outcome: ForwardAttempt): void;
  /** A rule's queue has run low, and there may be more to take. */
  onHungry(): void;
  onError(error: unknown): void;
};

/** Sends what is in the rules' queues, a forward of each rule in turn. */
export type Dispatch = {
  /** There may be more to send, or more room for it. */
  pump(): void;
  /** Begins nothing more. */
  stop(): void;
  /** Resolves when nothing is underway; what takes longer than `graceMs` is ended. */
  settle(graceMs: number): Promise<void>;
};

const RETRY_MS = 1_000;

export function createDispatch(options: DispatchOptions): Dispatch {
  const { registry, limits, now, release, onError } = options;
  const targets = createTargets(limits);
  const stopping = new AbortController();
  // Each sending listens; Node takes more than ten for a leak.
  setMaxListeners(0, stopping.signal);
  const underway = new Set<Promise<void>>();
  let bodyBytes = 0;
  let isStopped = false;

  const sendNext = (rule: ActiveRule): boolean => {
    const [job] = rule.queue;
    if (!job) return false;
    if (bodyBytes > 0 && bodyBytes + job.bodySize > limits.bodyBytes) return false;
    const at = now().getTime();
    const leasedUntil = job.leasedUntil.getTime();
    if (leasedUntil - rule.record.timeoutMs <= at) {
      // It lay here for too long: another process may have it by the time it is sent.
      rule.queue.shift();
      wakeAt(rule, leasedUntil + 1);
      return true;
    }
    const giveBack = targets.take(rule.host);
    if (!giveBack) return false;
    rule.queue.shift();
    bodyBytes += job.bodySize;
    let isAlive = true;
    const sending = attemptForward({ ...options, signal: stopping.signal }, rule, job)
      .then((outcome) => {
        isAlive = outcome.status !== null || outcome.delivery === null;
        options.onOutcome(rule, outcome);
      })
      .catch((error) => {
        // The database did not give the capture: its turn comes again.
        onError(error);
        release([job]);
        wakeAt(rule, at + RETRY_MS);
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

  const sendInTurn = (): void => {
    if (isStopped || options.isHeldUp()) return;
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
    if (ready.some((rule) => isHungry(rule, at))) options.onHungry();
  };

  let isPlanned = false;

  const pump = (): void => {
    if (isPlanned || isStopped) return;
    isPlanned = true;
    setImmediate(() => {
      isPlanned = false;
      sendInTurn();
    });
  };

  return {
    pump,
    stop() {
      isStopped = true;
    },
    async settle(graceMs) {
      const timer = setTimeout(() => stopping.abort(), graceMs);
      await Promise.allSettled(underway);
      clearTimeout(timer);
    },
  };
}
