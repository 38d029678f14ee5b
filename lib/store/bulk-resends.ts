import type { BulkGaps, BulkOutcome, BulkState } from "../contract/bulk-resend.ts";
import { BULK_RESEND_LIMITS } from "../contract/limits.ts";
import type { PrismaClient } from "./connect.ts";
import type { DeliveryResult } from "./records.ts";

export type BulkResendRecord = {
  id: string;
  binId: string;
  url: string;
  path: "keep" | "replace";
  gaps: BulkGaps;
  ratePerSecond: number;
  concurrency: number;
  timeoutMs: number;
  followRedirects: boolean;
  query: string | null;
  state: BulkState;
  startedAt: Date;
  endedAt: Date | null;
  total: number;
  succeeded: number;
  other: number;
  failed: number;
  skipped: number;
  /** All before this one have ended. */
  position: number;
  /** Those after it that have ended too, in no order. */
  ahead: number[];
};

type Row = Omit<BulkResendRecord, "path" | "gaps" | "state" | "ahead"> & {
  path: string;
  gaps: string;
  state: string;
  ahead: string;
};

const toRecord = (row: Row): BulkResendRecord => ({
  ...row,
  path: row.path as BulkResendRecord["path"],
  gaps: row.gaps as BulkGaps,
  state: row.state as BulkState,
  ahead: JSON.parse(row.ahead) as number[],
});

export type NewBulkResend = Omit<
  BulkResendRecord,
  | "state"
  | "endedAt"
  | "total"
  | "succeeded"
  | "other"
  | "failed"
  | "skipped"
  | "position"
  | "ahead"
> & {
  /** The numbers of its captures, in the order in which they go. */
  seqs: number[];
};

/**
 * One that runs from now on. Null when the bin has too many that have not ended. The oldest of the
 * bin's that have ended make room for it.
 */
export async function createBulkResend(
  db: PrismaClient,
  { seqs, ...bulk }: NewBulkResend,
): Promise<BulkResendRecord | null> {
  const { binId } = bulk;
  return db.$transaction(async (tx) => {
    // The bin's row first, so that two at once do not both find the last place free.
    await tx.bin.updateMany({ where: { id: binId }, data: { storedCount: { increment: 0 } } });
    const active = await tx.bulkResend.count({
      where: { binId, state: { in: ["running", "paused"] } },
    });
    if (active >= BULK_RESEND_LIMITS.active) return null;
    const row = await tx.bulkResend.create({
      data: {
        ...bulk,
        state: "running",
        total: seqs.length,
        captures: { create: { seqs: JSON.stringify(seqs) } },
      },
    });
    const old = await tx.bulkResend.findMany({
      where: { binId, state: { in: ["cancelled", "done"] } },
      orderBy: { startedAt: "desc" },
      skip: BULK_RESEND_LIMITS.kept,
      select: { id: true },
    });
    await tx.bulkResend.deleteMany({ where: { id: { in: old.map(({ id }) => id) } } });
    return toRecord(row);
  });
}

/** False when it was in none of the states `from`. */
export async function setBulkState(
  db: PrismaClient,
  id: string,
  change: { from: BulkState[]; to: BulkState; endedAt: Date | null },
): Promise<boolean> {
  const { from, to: state, endedAt } = change;
  const { count } = await db.bulkResend.updateMany({
    where: { id, state: { in: from } },
    data: { state, endedAt },
  });
  return count > 0;
}

type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/**
 * These of its captures have ended: counts them, and moves on where a restart goes on from. Those
 * that are counted already are passed over, so a call can be repeated.
 */
export async function advanceBulk(
  tx: Transaction,
  id: string,
  indexes: readonly number[],
  count: BulkOutcome | "skipped",
): Promise<void> {
  // Locks the row, so that none of two at once is lost.
  const [row] = await tx.bulkResend.updateManyAndReturn({
    where: { id },
    data: { position: { increment: 0 } },
    select: { position: true, ahead: true },
  });
  if (!row) return;
  let { position } = row;
  const ahead = new Set(JSON.parse(row.ahead) as number[]);
  const news = indexes.filter((index) => index >= position && !ahead.has(index));
  for (const index of news) ahead.add(index);
  while (ahead.delete(position)) position += 1;
  await tx.bulkResend.update({
    where: { id },
    data: { [count]: { increment: news.length }, position, ahead: JSON.stringify([...ahead]) },
  });
}

export async function skipBulkCaptures(
  db: PrismaClient,
  id: string,
  indexes: number[],
): Promise<void> {
  await db.$transaction((tx) => advanceBulk(tx, id, indexes, "skipped"));
}

export async function findBulkResend(
  db: PrismaClient,
  id: string,
): Promise<BulkResendRecord | null> {
  const row = await db.bulkResend.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** Newest first. */
export async function bulkResendsOf(db: PrismaClient, binId: string): Promise<BulkResendRecord[]> {
  const rows = await db.bulkResend.findMany({
    where: { binId },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
  });
  return rows.map(toRecord);
}

/** Of all bins, the oldest first. */
export async function runningBulkResends(db: PrismaClient): Promise<BulkResendRecord[]> {
  const rows = await db.bulkResend.findMany({
    where: { state: "running" },
    orderBy: { startedAt: "asc" },
  });
  return rows.map(toRecord);
}

/** The numbers of its captures, in order. Null when it is gone. */
export async function seqsOfBulkResend(db: PrismaClient, id: string): Promise<number[] | null> {
  const row = await db.bulkResendCaptures.findUnique({ where: { bulkResendId: id } });
  return row && (JSON.parse(row.seqs) as number[]);
}

export type BulkDeliveryRecord = {
  id: string;
  index: number;
  captureId: string;
  seq: number;
  method: string;
  url: string;
  startedAt: Date;
  outcome: BulkOutcome;
  result: DeliveryResult;
};

export type BulkDeliveriesQuery = { outcomes: BulkOutcome[]; limit: number; after?: number };

/** In the order of its captures. What went away with its capture is not there any more. */
export async function deliveriesOfBulk(
  db: PrismaClient,
  id: string,
  { outcomes, limit, after }: BulkDeliveriesQuery,
): Promise<BulkDeliveryRecord[]> {
  const rows = await db.delivery.findMany({
    where: {
      bulkId: id,
      bulkOutcome: { in: outcomes },
      bulkIndex: after === undefined ? undefined : { gt: after },
    },
    orderBy: { bulkIndex: "asc" },
    take: limit,
    select: {
      id: true,
      bulkIndex: true,
      captureId: true,
      method: true,
      url: true,
      startedAt: true,
      bulkOutcome: true,
      result: true,
      capture: { select: { seq: true } },
    },
  });
  return rows.map(({ bulkIndex, bulkOutcome, result, capture, ...row }) => ({
    ...row,
    index: bulkIndex!,
    outcome: bulkOutcome as BulkOutcome,
    // Negative while it is deleted and can be restored.
    seq: Math.abs(capture.seq),
    result: JSON.parse(result!) as DeliveryResult,
  }));
}

/** Which of its captures ended so, in order, without what else is known of them. */
export async function indexesOfBulk(
  db: PrismaClient,
  id: string,
  outcomes: BulkOutcome[],
): Promise<number[]> {
  const rows = await db.delivery.findMany({
    where: { bulkId: id, bulkOutcome: { in: outcomes } },
    orderBy: { bulkIndex: "asc" },
    select: { bulkIndex: true },
  });
  return rows.map(({ bulkIndex }) => bulkIndex!);
}
