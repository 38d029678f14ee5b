import type { PrismaClient } from "./connect.ts";

export type NumberedCapture = { id: string; seq: number; receivedAt: Date };

/** Where what readers see of a bin begins; null for a bin that is not there. */
async function clearedSeqOf(db: PrismaClient, binId: string): Promise<number | null> {
  const bin = await db.bin.findFirst({
    where: { id: binId, deletedAt: null },
    select: { clearedSeq: true },
  });
  return bin?.clearedSeq ?? null;
}

/** The numbers of up to `limit` captures of a bin that are there now, oldest first, up to `last`. */
export async function seqsOfBin(
  db: PrismaClient,
  binId: string,
  limit: number,
  last?: number,
): Promise<number[]> {
  const clearedSeq = await clearedSeqOf(db, binId);
  if (clearedSeq === null) return [];
  const rows = await db.capture.findMany({
    where: { binId, seq: { gt: clearedSeq, lte: last } },
    orderBy: { seq: "asc" },
    take: limit,
    select: { seq: true },
  });
  return rows.map(({ seq }) => seq);
}

/**
 * The numbers of those of a bin's captures that are there, in no order.
 * @param ids one of `partsOf`
 */
export async function seqsOfIds(db: PrismaClient, binId: string, ids: string[]): Promise<number[]> {
  const clearedSeq = await clearedSeqOf(db, binId);
  if (clearedSeq === null) return [];
  const rows = await db.capture.findMany({
    where: { binId, id: { in: ids }, seq: { gt: clearedSeq } },
    select: { seq: true },
  });
  return rows.map(({ seq }) => seq);
}

/** Those of a bin's captures with these numbers that are there, oldest first. */
export async function capturesOfSeqs(
  db: PrismaClient,
  binId: string,
  seqs: number[],
): Promise<NumberedCapture[]> {
  const clearedSeq = await clearedSeqOf(db, binId);
  if (clearedSeq === null) return [];
  return db.capture.findMany({
    where: { binId, AND: [{ seq: { in: seqs } }, { seq: { gt: clearedSeq } }] },
    orderBy: { seq: "asc" },
    select: { id: true, seq: true, receivedAt: true },
  });
}
