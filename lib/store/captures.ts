import type { CaptureProblem } from "../contract/capture.ts";
import { toPairs } from "./capture-columns.ts";
import type { PrismaClient } from "./connect.ts";
import type { CaptureRecord, SummaryRecord } from "./records.ts";
import { addStoredBytes, bytesOfCaptures } from "./stored-bytes.ts";

export const SUMMARY = {
  id: true,
  binId: true,
  seq: true,
  receivedAt: true,
  method: true,
  path: true,
  query: true,
  contentType: true,
  bodySize: true,
  truncated: true,
  problem: true,
  remoteIp: true,
  note: true,
  starred: true,
} as const;

const DETAIL = {
  ...SUMMARY,
  target: true,
  httpVersion: true,
  tls: true,
  declaredSize: true,
  problemDetail: true,
  readMs: true,
  headers: true,
  trailers: true,
} as const;

type SummaryRow = Omit<SummaryRecord, "problem"> & { problem: string | null };

export const toSummary = (row: SummaryRow): SummaryRecord => ({
  ...row,
  problem: row.problem as CaptureProblem | null,
});

export type CapturePageQuery = { limit: number; before?: number; after?: number };

/**
 * One page of a bin that is there: newest first, or oldest first with `after`. Reads no body, and
 * walks the index from the cursor, so it takes as long in a bin of a million as in one of a hundred.
 */
export async function pageOfCaptures(
  db: PrismaClient,
  binId: string,
  query: CapturePageQuery,
): Promise<{ captures: SummaryRecord[]; hasMore: boolean }> {
  const bin = await db.bin.findUnique({ where: { id: binId }, select: { clearedSeq: true } });
  if (!bin) return { captures: [], hasMore: false };
  const { limit, before, after } = query;
  const rows = await db.capture.findMany({
    where: { binId, seq: { gt: Math.max(after ?? 0, bin.clearedSeq), lt: before } },
    orderBy: { seq: after === undefined ? "desc" : "asc" },
    take: limit + 1,
    select: SUMMARY,
  });
  return { captures: rows.slice(0, limit).map(toSummary), hasMore: rows.length > limit };
}

/**
 * How many captures of a bin are there, up to a number. Counts the rows above it alone, which came
 * a moment ago where it is what somebody saw.
 */
export async function countCaptures(
  db: PrismaClient,
  binId: string,
  upTo: number,
): Promise<number> {
  const bin = await db.bin.findFirst({
    where: { id: binId, deletedAt: null },
    select: { clearedSeq: true, captureCount: true, storedCount: true },
  });
  if (!bin) return 0;
  const { clearedSeq, captureCount, storedCount } = bin;
  if (upTo >= captureCount) return storedCount;
  const above = await db.capture.count({
    where: { binId, seq: { gt: Math.max(upTo, clearedSeq), lte: captureCount } },
  });
  return Math.max(0, storedCount - above);
}

/** So many captures of the bin are looked through for some that are alike. */
const ALIKE_SPAN = 10_000;

export type AlikeQuery = { method: string; path: string; limit: number; before?: number };

/**
 * Those with the same method and path, newest first, from below `before`. Walks the list's index
 * from there over a bounded span: an index of their own would cost every capture that is written.
 */
export async function alikeCaptures(
  db: PrismaClient,
  binId: string,
  { method, path, limit, before }: AlikeQuery,
): Promise<{ captures: SummaryRecord[]; hasMore: boolean }> {
  const bin = await db.bin.findUnique({
    where: { id: binId },
    select: { clearedSeq: true, captureCount: true },
  });
  if (!bin) return { captures: [], hasMore: false };
  const below = before ?? bin.captureCount + 1;
  const rows = await db.capture.findMany({
    where: {
      binId,
      seq: { gt: Math.max(bin.clearedSeq, below - 1 - ALIKE_SPAN), lt: below },
      method,
      path,
    },
    orderBy: { seq: "desc" },
    take: limit + 1,
    select: SUMMARY,
  });
  return { captures: rows.slice(0, limit).map(toSummary), hasMore: rows.length > limit };
}

/** False for captures that were cleared but not yet swept, and those of a bin that is deleted. */
async function isVisible(db: PrismaClient, capture: { binId: string; seq: number }) {
  const bin = await db.bin.findUnique({
    where: { id: capture.binId },
    select: { clearedSeq: true, deletedAt: true },
  });
  return bin !== null && bin.deletedAt === null && capture.seq > bin.clearedSeq;
}

type DetailRow = SummaryRow &
  Omit<CaptureRecord, keyof SummaryRecord | "headers" | "trailers" | "declaredSize"> & {
    headers: string;
    trailers: string;
    declaredSize: bigint | null;
  };

function toDetail(row: DetailRow): CaptureRecord {
  const { headers, trailers, declaredSize, ...rest } = row;
  return {
    ...rest,
    ...toSummary(rest),
    declaredSize: declaredSize === null ? null : Number(declaredSize),
    headers: toPairs(headers),
    trailers: toPairs(trailers),
  };
}

export async function findCapture(db: PrismaClient, id: string): Promise<CaptureRecord | null> {
  const row = await db.capture.findUnique({ where: { id }, select: DETAIL });
  if (!row || !(await isVisible(db, row))) return null;
  return toDetail(row);
}

/** The exact bytes of a capture that `findCapture` gave; null when it went away in between. */
export async function findBody(db: PrismaClient, id: string): Promise<Uint8Array | null> {
  const row = await db.capture.findUnique({ where: { id }, select: { body: true } });
  return row?.body ?? null;
}

export async function updateCapture(
  db: PrismaClient,
  binId: string,
  id: string,
  change: { note?: string | null; starred?: boolean },
): Promise<void> {
  await db.$transaction([
    // The bin's row first, as in every transaction: nodes that lock in different orders deadlock.
    db.bin.updateMany({ where: { id: binId }, data: { revision: { increment: 1 } } }),
    db.capture.updateMany({ where: { binId, id }, data: change }),
  ]);
}

/** The same star for many. Returns those that had another one, as they are now. */
export async function starCaptures(
  db: PrismaClient,
  binId: string,
  ids: string[],
  starred: boolean,
): Promise<SummaryRecord[]> {
  const [, rows] = await db.$transaction([
    db.bin.updateMany({ where: { id: binId }, data: { revision: { increment: 1 } } }),
    db.capture.updateManyAndReturn({
      where: { binId, id: { in: ids }, seq: { gt: 0 }, starred: !starred },
      data: { starred },
      select: SUMMARY,
    }),
  ]);
  return rows.map(toSummary);
}

/** True when it was there. The bin's counters follow in the same transaction. */
export async function deleteCapture(db: PrismaClient, id: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const capture = await tx.capture.findUnique({
      where: { id },
      select: { binId: true, seq: true },
    });
    if (!capture) return false;
    // The bin's row first, as in every transaction: nodes that lock in different orders deadlock.
    await tx.bin.updateMany({
      where: { id: capture.binId },
      data: { revision: { increment: 1 } },
    });
    const sizes = await bytesOfCaptures(tx, [id]);
    const { count } = await tx.capture.deleteMany({ where: { id, seq: capture.seq } });
    if (count === 0) return false;
    await addStoredBytes(tx, capture.binId, -sizes.get(id)!);
    await tx.bin.updateMany({
      where: { id: capture.binId, clearedSeq: { lt: capture.seq } },
      data: { storedCount: { decrement: 1 } },
    });
    return true;
  });
}

export type WholeCapture = CaptureRecord & { body: Uint8Array };

/** Several captures with their bodies; those that no reader can see (any more) are left out. */
export async function wholeCaptures(db: PrismaClient, ids: string[]): Promise<WholeCapture[]> {
  const rows = await db.capture.findMany({
    where: { id: { in: ids }, seq: { gt: 0 } },
    select: { ...DETAIL, body: true },
  });
  const bins = await db.bin.findMany({
    where: { id: { in: [...new Set(rows.map(({ binId }) => binId))] }, deletedAt: null },
    select: { id: true, clearedSeq: true },
  });
  const cleared = new Map(bins.map(({ id, clearedSeq }) => [id, clearedSeq]));
  return rows
    .filter(({ binId, seq }) => seq > (cleared.get(binId) ?? Number.POSITIVE_INFINITY))
    .map(({ body, ...row }) => ({ ...toDetail(row), body }));
}
