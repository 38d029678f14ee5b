import type { ForwardJob } from "../store/claim-forwards.ts";
import type { Store } from "../store/store.ts";
import { type ActiveRule, isHungry, leaseOf, QUEUE_MAX, wakeAt } from "./active-rule.ts";
import type { Registry } from "./registry.ts";
import { type Throttle, type ThrottleSettings, throttle } from "./throttle.ts";

export type ClaimsOptions = ThrottleSettings & {
  store: Pick<Store, "write">;
  registry: Registry;
  now(): Date;
  release(jobs: ForwardJob[]): void;
  /** Rules have more in their queues. */
  onQueued(): void;
};

const RULES_MAX = 50;

/** Takes rows that are due, by a lease, for rules whose queues have run low. */
export function createClaims(options: ClaimsOptions): Throttle {
  const { store, registry, now, release, onQueued } = options;

  const hungryAt = (at: number): ActiveRule[] => {
    const hungry: ActiveRule[] = [];
    for (const rule of registry.all()) {
      if (isHungry(rule, at)) hungry.push(rule);
      if (hungry.length === RULES_MAX) break;
    }
    return hungry;
  };

  const claim = async (): Promise<void> => {
    const at = now();
    const hungry = hungryAt(at.getTime());
    if (hungry.length === 0) return;
    const before = new Map(hungry.map((rule) => [rule, rule.dueAt!]));
    // What becomes due while the database is asked is not forgotten.
    for (const rule of hungry) rule.dueAt = null;
    try {
      const wanted = hungry.map((rule) => ({
        ruleId: rule.record.id,
        limit: QUEUE_MAX - rule.queue.length,
        leasedUntil: leaseOf(rule, at),
      }));
      for (const { ruleId, jobs, dueAt } of await store.write("claimForwards", wanted, at)) {
        const rule = registry.find(ruleId);
        if (!rule) {
          release(jobs);
          continue;
        }
        rule.queue.push(...jobs);
        if (dueAt) wakeAt(rule, dueAt.getTime());
      }
    } catch (error) {
      for (const [rule, dueAt] of before) wakeAt(rule, dueAt);
      throw error;
    }
    onQueued();
    if (hungry.length === RULES_MAX) claims.want();
  };

  const claims = throttle(claim, options);
  return claims;
}
