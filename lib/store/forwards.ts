import type { ForwardError, ForwardState } from "../contract/forward.ts";
import type { PrismaClient } from "./connect.ts";
import type { ForwardRecord } from "./records.ts";

type ForwardRow = Omit<ForwardRecord, "state" | "error"> & { state: string; error: string | null };

function toRecord(row: ForwardRow): ForwardRecord {
  const error = row.error === null ? null : (JSON.parse(row.error) as ForwardError);
  return { ...row, state: row.state as ForwardState, error };
}

export async function findForward(db: PrismaClient, id: string): Promise<ForwardRecord | null> {
  const row = await db.forward.findUnique({ where: { id } });
  return row && toRecord(row);
}

export type ForwardsQuery = { state?: ForwardState; limit: number; before?: number };

/** By their captures, newest first; without those of captures that were cleared. */
export async function forwardsOf(
  db: PrismaClient,
  { id: ruleId, binId }: { id: string; binId: string },
  { state, limit, before }: ForwardsQuery,
): Promise<{ forwards: ForwardRecord[]; hasMore: boolean }> {
  const bin = await db.bin.findUnique({ where: { id: binId }, select: { clearedSeq: true } });
  const rows = await db.forward.findMany({
    where: { ruleId, state, seq: { gt: bin?.clearedSeq ?? 0, lt: before } },
    orderBy: { seq: "desc" },
    take: limit + 1,
  });
  return { forwards: rows.slice(0, limit).map(toRecord), hasMore: rows.length > limit };
}

/** Of the rules that are there, oldest rule first. */
export async function forwardsOfCapture(
  db: PrismaClient,
  captureId: string,
): Promise<ForwardRecord[]> {
  const rows = await db.forward.findMany({ where: { captureId }, orderBy: { createdAt: "asc" } });
  const rules = await db.forwardRule.findMany({
    where: { id: { in: rows.map(({ ruleId }) => ruleId) }, deletedAt: null },
    select: { id: true },
  });
  const ids = new Set(rules.map(({ id }) => id));
  return rows.filter(({ ruleId }) => ids.has(ruleId)).map(toRecord);
}

/** A failed one waits again, and one that waits is due at once. Null when it has succeeded, or is gone. */
export async function retryForward(
  db: PrismaClient,
  id: string,
  now: Date,
): Promise<ForwardRecord | null> {
  await db.$executeRaw`
    UPDATE "Forward" SET "state" = 'waiting', "attemptsBefore" = "attempts", "since" = ${now},
      "nextAttemptAt" = ${now}, "leasedUntil" = NULL, "endedAt" = NULL
    WHERE "id" = ${id} AND "state" = 'failed'`;
  const { count } = await db.forward.updateMany({
    where: { id, state: "waiting" },
    data: { nextAttemptAt: now },
  });
  return count > 0 ? findForward(db, id) : null;
}

/** Some of the failed ones of a rule wait again, at most `limit`; returns how many. */
export async function retryForwards(
  db: PrismaClient,
  ruleId: string,
  limit: number,
  now: Date,
): Promise<number> {
  return db.$executeRaw`
    UPDATE "Forward" SET "state" = 'waiting', "attemptsBefore" = "attempts", "since" = ${now},
      "nextAttemptAt" = ${now}, "leasedUntil" = NULL, "endedAt" = NULL
    WHERE "id" IN (
      SELECT "id" FROM "Forward" WHERE "ruleId" = ${ruleId} AND "state" = 'failed' LIMIT ${limit})`;
}

/** One step of what is left of a rule that is deleted. True when nothing is. */
export async function removeForwards(
  db: PrismaClient,
  ruleId: string,
  limit: number,
): Promise<boolean> {
  const removed = await db.$executeRaw`
    DELETE FROM "Forward" WHERE "id" IN (
      SELECT "id" FROM "Forward" WHERE "ruleId" = ${ruleId} LIMIT ${limit})`;
  return removed < limit;
}
