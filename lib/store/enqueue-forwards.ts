import { join, sqltag as sql } from "@prisma/client/runtime/client";
import { SUMMARY, toSummary } from "./captures.ts";
import type { PrismaClient } from "./connect.ts";
import type { RawTransaction } from "./raw-transaction.ts";
import type { SummaryRecord } from "./records.ts";

/** Rows of one statement, far below the databases' limits on parameters. */
const ROWS_MAX = 500;

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
