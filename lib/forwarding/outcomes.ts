import type { DeliveryEvent } from "../contract/events.ts";
import type { ForwardAttempt } from "../store/record-forwards.ts";
import type { Store } from "../store/store.ts";
import { wakeAt } from "./active-rule.ts";
import type { Registry } from "./registry.ts";
import { type ThrottleSettings, throttle } from "./throttle.ts";

export type OutcomesOptions = ThrottleSettings & {
  store: Pick<Store, "write">;
  registry: Registry;
  /** A delivery was stored. */
  onDelivered(event: DeliveryEvent): void;
  /** There is room for more. */
  onStored(): void;
};

/** Stores what came of attempts, many in one transaction. */
export type Outcomes = {
  readonly isFull: boolean;
  /** @param isUrgent a sender waits */
  add(outcome: ForwardAttempt, isUrgent: boolean): void;
  /** Stores what is left. What the database refuses then is sent once more after the next start. */
  drain(): Promise<void>;
};

/** Outcomes of one transaction. */
const BATCH_MAX = 100;
const BATCH_BYTES = 8 * 1024 * 1024;

export function createOutcomes(options: OutcomesOptions): Outcomes {
  const { store, registry, onDelivered, onStored, onError } = options;
  const waiting: ForwardAttempt[] = [];
  let batchMax = BATCH_MAX;

  const nextBatch = (): ForwardAttempt[] => {
    let bytes = 0;
    let count = 0;
    while (count < waiting.length && count < batchMax) {
      bytes += waiting[count]!.delivery?.body?.byteLength ?? 0;
      if (count > 0 && bytes > BATCH_BYTES) break;
      count += 1;
    }
    return waiting.splice(0, count);
  };

  const write = async (batch: ForwardAttempt[]): Promise<Map<string, number>> => {
    try {
      const attempts = new Map(await store.write("recordForwards", batch));
      batchMax = Math.min(BATCH_MAX, batchMax * 2);
      return attempts;
    } catch (error) {
      // Should it be one of them that the database refuses, the others come through without it.
      batchMax = 1;
      waiting.push(...batch);
      throw error;
    }
  };

  const record = async (): Promise<void> => {
    const batch = nextBatch();
    if (batch.length === 0) return;
    const attempts = await write(batch);
    for (const { job, delivery, nextAttemptAt } of batch) {
      const rule = registry.find(job.ruleId);
      if (rule && nextAttemptAt) wakeAt(rule, nextAttemptAt.getTime());
      const attempt = delivery && attempts.get(delivery.id);
      if (!delivery || !attempt) continue;
      const { binId, captureId } = job;
      const state = delivery.state === "succeeded" ? "succeeded" : "failed";
      onDelivered({ binId, captureId, deliveryId: delivery.id, state, attempt });
    }
    if (waiting.length > 0) records.want();
    onStored();
  };

  const records = throttle(record, options);
  return {
    get isFull() {
      return waiting.length > 10 * BATCH_MAX;
    },
    add(outcome, isUrgent) {
      waiting.push(outcome);
      records.want(isUrgent);
    },
    async drain() {
      await records.stop();
      try {
        while (waiting.length > 0) await record();
      } catch (error) {
        // They wait in the database, and are sent once more.
        onError(error);
      }
    },
  };
}
