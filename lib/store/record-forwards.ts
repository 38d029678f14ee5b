import { join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { ForwardError, ForwardState } from "../contract/forward.ts";
import { DELIVERIES_PER_CAPTURE_MAX } from "../contract/limits.ts";
import type { ForwardJob } from "./claim-forwards.ts";
import type { DeliveryEnd, NewDelivery } from "./deliveries.ts";
import type { RawTransaction } from "./raw-transaction.ts";

/** What came of one attempt. */
export type ForwardAttempt = {
  job: ForwardJob;
  state: ForwardState;
  attempts: number;
  nextAttemptAt: Date | null;
  status: number | null;
  error: ForwardError | null;
  endedAt: Date | null;
  /** Null where nothing was sent. */
  delivery: (NewDelivery & DeliveryEnd) | null;
};

/** The attempts of the deliveries that were stored, by the deliveries' ids. */
export type RecordedAttempts = [deliveryId: string, attempt: number][];

/**
 * Stores what came of attempts, all in one transaction. What went away meanwhile, with its capture
 * or its rule, is passed over.
 */
export async function recordForwards(
  tx: RawTransaction,
  attempts: ForwardAttempt[],
): Promise<RecordedAttempts> {
  const binOf = new Map(attempts.map(({ job }) => [job.captureId, job.binId]));
  await lockBins(tx, [...binOf.values()]);
  const last = await lastAttempts(
    tx,
    attempts.map(({ job }) => job.captureId),
  );
  const ids = join(attempts.map(({ job }) => job.id));
  const waiting = await tx.query(
    sql`SELECT "id" FROM "Forward" WHERE "id" IN (${ids}) AND "state" = 'waiting'`,
  );
  const isWaiting = new Set(waiting.map(([id]) => id));
  const recorded: RecordedAttempts = [];
  const deliveries: Sql[] = [];
  const forwards: Sql[] = [];
  const succeeded = new Map<string, number>();
  const overfull = new Map<string, number>();
  for (const { job, delivery, ...end } of attempts) {
    const before = last.get(job.captureId);
    if (before === undefined) continue;
    if (delivery) {
      const attempt = before + 1;
      last.set(job.captureId, attempt);
      recorded.push([delivery.id, attempt]);
      deliveries.push(deliveryRow(job, delivery, attempt));
      if (attempt > DELIVERIES_PER_CAPTURE_MAX) overfull.set(job.captureId, attempt);
    }
    if (!isWaiting.has(job.id)) continue;
    forwards.push(forwardRow(job, delivery, end));
    if (end.state === "succeeded") succeeded.set(job.ruleId, (succeeded.get(job.ruleId) ?? 0) + 1);
  }
  const added = await insertDeliveries(tx, deliveries);
  await updateForwards(tx, forwards);
  const removed = await trimDeliveries(tx, overfull);
  await countBytes(tx, binOf, added, removed);
  for (const [id, count] of [...succeeded].sort(([a], [b]) => (a < b ? -1 : 1))) {
    await tx.execute(sql`
      UPDATE "ForwardRule" SET "succeeded" = "succeeded" + ${count} WHERE "id" = ${id}`);
  }
  return recorded;
}

/** First of all and in the order of ids, as in every transaction: else two of them may wait for each other. */
async function lockBins(tx: RawTransaction, ids: string[]): Promise<void> {
  for (const id of [...new Set(ids)].sort()) {
    await tx.execute(sql`UPDATE "Bin" SET "storedBytes" = "storedBytes" WHERE "id" = ${id}`);
  }
}

/** The number of each capture's last delivery, 0 without one; a capture that is gone is left out. */
async function lastAttempts(tx: RawTransaction, ids: string[]): Promise<Map<string, number>> {
  const rows = await tx.query(sql`
    SELECT c."id", (SELECT MAX(d."attempt") FROM "Delivery" d WHERE d."captureId" = c."id")
    FROM "Capture" c WHERE c."id" IN (${join([...new Set(ids)])})`);
  return new Map(rows.map(([id, last]) => [id as string, Number(last ?? 0)]));
}

/** Of responses that came or went: each capture's id and their size. */
type Sizes = unknown[][];

async function insertDeliveries(tx: RawTransaction, rows: Sql[]): Promise<Sizes> {
  if (rows.length === 0) return [];
  return tx.query(sql`
    INSERT INTO "Delivery" ("id", "captureId", "attempt", "method", "url", "startedAt", "state",
      "request", "result", "ruleId", "forwardId", "bodySize", "body")
    VALUES ${join(rows)} ON CONFLICT ("id") DO NOTHING
    RETURNING "captureId", "bodySize"`);
}

async function updateForwards(tx: RawTransaction, rows: Sql[]): Promise<void> {
  if (rows.length === 0) return;
  // An INSERT, whose values need no types named, that always meets the row that is there.
  await tx.execute(sql`
    INSERT INTO "Forward" ("id", "ruleId", "binId", "captureId", "seq", "since", "createdAt",
      "state", "url", "attempts", "nextAttemptAt", "lastDeliveryId", "status", "error", "endedAt")
    VALUES ${join(rows)}
    ON CONFLICT ("id") DO UPDATE SET "state" = excluded."state",
      "url" = COALESCE(excluded."url", "Forward"."url"), "attempts" = excluded."attempts",
      "nextAttemptAt" = excluded."nextAttemptAt", "leasedUntil" = NULL,
      "lastDeliveryId" = COALESCE(excluded."lastDeliveryId", "Forward"."lastDeliveryId"),
      "status" = excluded."status", "error" = excluded."error", "endedAt" = excluded."endedAt"`);
}

/** @param newest the number of the last delivery of each capture that has more than it may */
async function trimDeliveries(tx: RawTransaction, newest: Map<string, number>): Promise<Sizes> {
  const removed: Sizes = [];
  for (const [captureId, attempt] of newest) {
    const sizes = await tx.query(sql`
      DELETE FROM "Delivery" WHERE "captureId" = ${captureId} AND "state" <> 'pending'
        AND "attempt" <= ${attempt - DELIVERIES_PER_CAPTURE_MAX}
      RETURNING "captureId", "bodySize"`);
    removed.push(...sizes);
  }
  return removed;
}

async function countBytes(
  tx: RawTransaction,
  binOf: Map<string, string>,
  added: Sizes,
  removed: Sizes,
): Promise<void> {
  const changes = new Map<string, number>();
  const count = (sizes: Sizes, sign: 1 | -1) => {
    for (const [captureId, size] of sizes) {
      const binId = binOf.get(captureId as string)!;
      changes.set(binId, (changes.get(binId) ?? 0) + sign * Number(size));
    }
  };
  count(added, 1);
  count(removed, -1);
  for (const [binId, change] of changes) {
    if (change === 0) continue;
    await tx.execute(
      sql`UPDATE "Bin" SET "storedBytes" = "storedBytes" + ${change} WHERE "id" = ${binId}`,
    );
  }
}

type DeliveryParts = NonNullable<ForwardAttempt["delivery"]>;

function deliveryRow(job: ForwardJob, delivery: DeliveryParts, attempt: number): Sql {
  const { id, captureId, method, url, startedAt, state, request, result, body } = delivery;
  return sql`(${id}, ${captureId}, ${attempt}, ${method}, ${url}, ${startedAt}, ${state},
    ${JSON.stringify(request)}, ${JSON.stringify(result)}, ${job.ruleId}, ${job.id},
    ${body?.byteLength ?? 0}, ${body})`;
}

function forwardRow(
  { id, ruleId, binId, captureId, seq, since, createdAt }: ForwardJob,
  delivery: DeliveryParts | null,
  end: Omit<ForwardAttempt, "job" | "delivery">,
): Sql {
  const error = end.error && JSON.stringify(end.error);
  return sql`(${id}, ${ruleId}, ${binId}, ${captureId}, ${seq}, ${since}, ${createdAt},
    ${end.state}, ${delivery?.url ?? null}, ${end.attempts}, ${end.nextAttemptAt},
    ${delivery?.id ?? null}, ${end.status}, ${error}, ${end.endedAt})`;
}
