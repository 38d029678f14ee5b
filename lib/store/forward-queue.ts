import { join, type Sql, sqltag as sql } from "@prisma/client/runtime/client";
import type { ForwardError, ForwardState } from "../contract/forward.ts";
import { DELIVERIES_PER_CAPTURE_MAX } from "../contract/limits.ts";
import { SUMMARY, toSummary } from "./captures.ts";
import type { PrismaClient } from "./connect.ts";
import type { Transaction } from "./deletions.ts";
import type { DeliveryEnd, NewDelivery } from "./deliveries.ts";
import type { RawTransaction } from "./raw-transaction.ts";
import type { ForwardRuleRecord, SummaryRecord } from "./records.ts";

/** Rows of one statement, far below the databases' limits on parameters. */
const ROWS_MAX = 500;

/** An enabled rule of a bin that is there. */
export type ActiveRule = {
  rule: ForwardRuleRecord;
  /** The bin's newest `seq`: above the rule's cursor there is something to look at. */
  captureCount: number;
  /** When its first forward is due that no process has taken. */
  dueAt: Date | null;
};

/** All of them, or those of one bin. */
export async function activeRules(db: PrismaClient, now: Date, binId?: string) {
  const rows = await db.forwardRule.findMany({
    where: { binId, enabled: true, deletedAt: null },
    orderBy: { id: "asc" },
  });
  const active: ActiveRule[] = [];
  // In parts, so that a server with many rules does not stand still.
  for (let i = 0; i < rows.length; i += ROWS_MAX) {
    const part = rows.slice(i, i + ROWS_MAX);
    const bins = await db.bin.findMany({
      where: { id: { in: [...new Set(part.map((rule) => rule.binId))] }, deletedAt: null },
      select: { id: true, captureCount: true },
    });
    const counts = new Map(bins.map(({ id, captureCount }) => [id, captureCount]));
    const due = await nextDues(
      db,
      part.map(({ id }) => id),
      now,
    );
    for (const { deletedAt: _, ...rule } of part) {
      const captureCount = counts.get(rule.binId);
      if (captureCount === undefined) continue;
      active.push({
        rule: rule as ForwardRuleRecord,
        captureCount,
        dueAt: due.get(rule.id) ?? null,
      });
    }
  }
  return active;
}

const isFree = (now: Date) => ({ OR: [{ leasedUntil: null }, { leasedUntil: { lt: now } }] });

async function nextDue(db: PrismaClient | Transaction, ruleId: string, now: Date) {
  const first = await db.forward.findFirst({
    where: { ruleId, state: "waiting", ...isFree(now) },
    orderBy: { nextAttemptAt: "asc" },
    select: { nextAttemptAt: true },
  });
  return first?.nextAttemptAt ?? null;
}

/** The same for many rules in one statement: every node asks for all of its rules now and then. */
async function nextDues(db: PrismaClient, ids: string[], now: Date): Promise<Map<string, Date>> {
  // A subquery's value has lost its type: SQLite gives the text.
  const rows = await db.$queryRaw<{ id: string; dueAt: Date | string | null }[]>(sql`
    SELECT r."id", (
      SELECT f."nextAttemptAt" FROM "Forward" f
      WHERE f."ruleId" = r."id" AND f."state" = 'waiting'
        AND (f."leasedUntil" IS NULL OR f."leasedUntil" < ${now})
      ORDER BY f."nextAttemptAt" LIMIT 1) AS "dueAt"
    FROM "ForwardRule" r WHERE r."id" IN (${join(ids)})`);
  return new Map(rows.flatMap(({ id, dueAt }) => (dueAt ? [[id, new Date(dueAt)]] : [])));
}

export type CapturesBeyond = {
  captures: SummaryRecord[];
  /** All captures up to this are among those given, or gone. */
  upTo: number;
  hasMore: boolean;
};

/** What came to a bin after `after`, oldest first. Null when the bin is gone. */
export async function capturesBeyond(
  db: PrismaClient,
  binId: string,
  after: number,
  limit: number,
): Promise<CapturesBeyond | null> {
  // The counter first: whatever it has counted is there for the query that follows.
  const bin = await db.bin.findFirst({
    where: { id: binId, deletedAt: null },
    select: { clearedSeq: true, captureCount: true },
  });
  if (!bin) return null;
  const rows = await db.capture.findMany({
    where: { binId, seq: { gt: Math.max(after, bin.clearedSeq) } },
    orderBy: { seq: "asc" },
    take: limit,
    select: SUMMARY,
  });
  const last = rows.at(-1)?.seq ?? 0;
  const hasMore = rows.length === limit;
  const upTo = hasMore ? last : Math.max(after, last, bin.captureCount);
  return { captures: rows.map(toSummary), upTo, hasMore };
}

export type NewForward = { id: string; captureId: string; seq: number };

/** What one rule takes of the captures between two numbers. */
export type ForwardBatch = {
  ruleId: string;
  binId: string;
  /** The rule's cursor, before and after. */
  from: number;
  to: number;
  forwards: NewForward[];
  /** The first so many are about to be sent by whoever asks, until `leasedUntil`. */
  leased: number;
  leasedUntil: Date;
};

/**
 * Moves the rules' cursors on, and makes a row for each capture that is to be forwarded, in one
 * transaction. A rule whose cursor is elsewhere (another node was there, or it was disabled) is left
 * as it is. Returns the ids of the rules that were moved.
 */
export async function enqueueForwards(
  tx: RawTransaction,
  batches: ForwardBatch[],
  now: Date,
): Promise<string[]> {
  const moved: ForwardBatch[] = [];
  // In one order on all nodes, or they could wait for each other.
  for (const batch of [...batches].sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1))) {
    const rows = await tx.query(sql`
      UPDATE "ForwardRule" SET "forwardedSeq" = ${batch.to}
      WHERE "id" = ${batch.ruleId} AND "forwardedSeq" = ${batch.from} AND "enabled" = TRUE
        AND "deletedAt" IS NULL RETURNING "id"`);
    if (rows.length > 0) moved.push(batch);
  }
  const ids = moved.flatMap(({ forwards }) => forwards.map(({ captureId }) => captureId));
  const there = await presentCaptures(tx, ids);
  const rows = moved.flatMap(({ ruleId, binId, forwards, leased, leasedUntil }) =>
    forwards.flatMap(({ id, captureId, seq }, i) => {
      if (!there.has(captureId)) return [];
      const lease = i < leased ? leasedUntil : null;
      return sql`(${id}, ${ruleId}, ${binId}, ${captureId}, ${seq}, 'waiting', ${now}, ${now}, ${lease}, ${now})`;
    }),
  );
  for (let i = 0; i < rows.length; i += ROWS_MAX) {
    await tx.execute(sql`
      INSERT INTO "Forward" ("id", "ruleId", "binId", "captureId", "seq", "state", "since",
        "nextAttemptAt", "leasedUntil", "createdAt")
      VALUES ${join(rows.slice(i, i + ROWS_MAX))} ON CONFLICT DO NOTHING`);
  }
  return moved.map(({ ruleId }) => ruleId);
}

async function presentCaptures(tx: RawTransaction, ids: string[]): Promise<Set<string>> {
  const present = new Set<string>();
  const distinct = [...new Set(ids)];
  for (let i = 0; i < distinct.length; i += ROWS_MAX) {
    const some = join(distinct.slice(i, i + ROWS_MAX));
    const rows = await tx.query(
      sql`SELECT "id" FROM "Capture" WHERE "id" IN (${some}) AND "seq" > 0`,
    );
    for (const [id] of rows) present.add(id as string);
  }
  return present;
}

/** A forward that this process is about to send, until its lease ends. */
export type ForwardJob = {
  id: string;
  ruleId: string;
  binId: string;
  captureId: string;
  seq: number;
  attempts: number;
  attemptsBefore: number;
  since: Date;
  createdAt: Date;
  leasedUntil: Date;
  /** Of the capture. */
  bodySize: number;
};

export type Claim = { ruleId: string; limit: number; leasedUntil: Date };
export type Claimed = { ruleId: string; jobs: ForwardJob[]; dueAt: Date | null };

/** Takes forwards that are due, so that no other process sends them before the lease ends. */
export async function claimForwards(
  db: PrismaClient,
  claims: Claim[],
  now: Date,
): Promise<Claimed[]> {
  return db.$transaction(async (tx) => {
    const claimed: Claimed[] = [];
    for (const { ruleId, limit, leasedUntil } of [...claims].sort((a, b) =>
      a.ruleId < b.ruleId ? -1 : 1,
    )) {
      const due = { ruleId, state: "waiting", nextAttemptAt: { lte: now }, ...isFree(now) };
      const rows = await tx.forward.findMany({
        where: due,
        orderBy: [{ nextAttemptAt: "asc" }, { seq: "asc" }],
        take: limit,
        select: { id: true, capture: { select: { bodySize: true } } },
      });
      const sizes = new Map(rows.map(({ id, capture }) => [id, capture.bodySize]));
      const taken = await tx.forward.updateManyAndReturn({
        where: { id: { in: [...sizes.keys()] }, ...due },
        data: { leasedUntil },
      });
      const jobs = taken
        .map(({ id, binId, captureId, seq, attempts, attemptsBefore, since, createdAt }) => ({
          ...{ id, ruleId, binId, captureId, seq, attempts, attemptsBefore, since, createdAt },
          leasedUntil,
          bodySize: sizes.get(id)!,
        }))
        .sort((a, b) => a.seq - b.seq);
      claimed.push({ ruleId, jobs, dueAt: await nextDue(tx, ruleId, now) });
    }
    return claimed;
  });
}

/** Gives back what was claimed and not sent. */
export async function releaseForwards(db: PrismaClient, ids: string[]): Promise<void> {
  for (let i = 0; i < ids.length; i += ROWS_MAX) {
    await db.forward.updateMany({
      where: { id: { in: ids.slice(i, i + ROWS_MAX) }, state: "waiting" },
      data: { leasedUntil: null },
    });
  }
}

/** For the one process of a database: what an earlier one had taken is free. */
export async function releaseAllForwards(db: PrismaClient): Promise<void> {
  await db.forward.updateMany({
    where: { leasedUntil: { not: null }, state: "waiting" },
    data: { leasedUntil: null },
  });
}

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
  const bytes = new Map<string, number>();
  /** Of responses of a capture that came or went, as rows of its id and their size. */
  const count = (sizes: unknown[][], sign: 1 | -1) => {
    for (const [captureId, size] of sizes) {
      const binId = binOf.get(captureId as string)!;
      bytes.set(binId, (bytes.get(binId) ?? 0) + sign * Number(size));
    }
  };
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
  if (deliveries.length > 0) {
    const sizes = await tx.query(sql`
        INSERT INTO "Delivery" ("id", "captureId", "attempt", "method", "url", "startedAt", "state",
          "request", "result", "ruleId", "forwardId", "bodySize", "body")
        VALUES ${join(deliveries)} ON CONFLICT ("id") DO NOTHING
        RETURNING "captureId", "bodySize"`);
    count(sizes, 1);
  }
  if (forwards.length > 0) {
    // An INSERT, whose values need no types named, that always meets the row that is there.
    await tx.execute(sql`
        INSERT INTO "Forward" ("id", "ruleId", "binId", "captureId", "seq", "since", "createdAt",
          "state", "url", "attempts", "nextAttemptAt", "lastDeliveryId", "status", "error", "endedAt")
        VALUES ${join(forwards)}
        ON CONFLICT ("id") DO UPDATE SET "state" = excluded."state",
          "url" = COALESCE(excluded."url", "Forward"."url"), "attempts" = excluded."attempts",
          "nextAttemptAt" = excluded."nextAttemptAt", "leasedUntil" = NULL,
          "lastDeliveryId" = COALESCE(excluded."lastDeliveryId", "Forward"."lastDeliveryId"),
          "status" = excluded."status", "error" = excluded."error", "endedAt" = excluded."endedAt"`);
  }
  for (const [captureId, attempt] of overfull) {
    const sizes = await tx.query(sql`
        DELETE FROM "Delivery" WHERE "captureId" = ${captureId} AND "state" <> 'pending'
          AND "attempt" <= ${attempt - DELIVERIES_PER_CAPTURE_MAX}
        RETURNING "captureId", "bodySize"`);
    count(sizes, -1);
  }
  for (const [binId, change] of bytes) {
    if (change === 0) continue;
    await tx.execute(
      sql`UPDATE "Bin" SET "storedBytes" = "storedBytes" + ${change} WHERE "id" = ${binId}`,
    );
  }
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
