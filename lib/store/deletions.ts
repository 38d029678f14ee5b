import { SUMMARY, toSummary } from "./captures.ts";
import type { PrismaClient } from "./connect.ts";
import type { SummaryRecord } from "./records.ts";

export type NewDeletion = {
  id: string;
  binId: string;
  /** The same for all parts of one call. */
  undo: string;
  expiresAt: Date;
};

export type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

/**
 * The bin's row first in every transaction, as when captures are inserted: nodes that lock in
 * different orders deadlock. Null without a bin.
 */
export async function lockBin(tx: Transaction, id: string) {
  await tx.bin.updateMany({ where: { id }, data: { storedCount: { increment: 0 } } });
  return tx.bin.findFirst({ where: { id, deletedAt: null } });
}

const areNumbers = (which: string[] | number[]): which is number[] => typeof which[0] === "number";

/**
 * Takes captures out of every reader's sight by turning the sign of their numbers. The rows stay as
 * they are until the deletion expires. Ids that are not there (any more) are passed over.
 * @param which ids or numbers, one of `partsOf`
 * @returns the ids that are gone now
 */
export async function deleteCaptures(
  db: PrismaClient,
  deletion: NewDeletion,
  which: string[] | number[],
): Promise<string[]> {
  const { binId } = deletion;
  const named = areNumbers(which) ? { seq: { in: which } } : { id: { in: which } };
  return db.$transaction(async (tx) => {
    const bin = await lockBin(tx, binId);
    if (!bin) return [];
    const gone = await tx.capture.updateManyAndReturn({
      where: { binId, AND: [named, { seq: { gt: bin.clearedSeq } }] },
      data: { seq: { multiply: -1 } },
      select: { id: true, seq: true },
    });
    if (gone.length === 0) return [];
    const seqs = JSON.stringify(gone.map(({ seq }) => -seq));
    await tx.deletion.create({ data: { ...deletion, seqs, count: gone.length } });
    await tx.bin.update({
      where: { id: binId },
      data: { storedCount: { decrement: gone.length }, revision: { increment: 1 } },
    });
    return gone.map(({ id }) => id);
  });
}

/**
 * Takes every capture of now out of sight, for the time being, or with `most` those up to that number.
 * Null without a bin.
 */
export async function clearBinForNow(
  db: PrismaClient,
  deletion: NewDeletion,
  most: number = Number.POSITIVE_INFINITY,
): Promise<{ upTo: number; count: number } | null> {
  return db.$transaction(async (tx) => {
    const bin = await lockBin(tx, deletion.binId);
    if (!bin) return null;
    const { captureCount, storedCount, clearedSeq: wasCleared } = bin;
    const upTo = Math.max(wasCleared, Math.min(captureCount, most));
    const left =
      upTo < captureCount
        ? await tx.capture.count({ where: { binId: bin.id, seq: { gt: upTo } } })
        : 0;
    const count = storedCount - left;
    if (count > 0) {
      await tx.deletion.create({ data: { ...deletion, clearedSeq: upTo, wasCleared, count } });
      await tx.bin.update({
        where: { id: bin.id },
        data: { clearedSeq: upTo, storedCount: left, revision: { increment: 1 } },
      });
    }
    return { upTo, count };
  });
}

/**
 * Makes final what could still be undone, of one workspace or (null) of all: the room is needed. The
 * sweeper takes it from there. Returns how many deletions that were.
 */
export async function endUndos(db: PrismaClient, workspaceId: string | null): Promise<number> {
  const open = { expiresAt: { gt: new Date(0) } };
  const data = { expiresAt: new Date(0) };
  if (workspaceId === null) return (await db.deletion.updateMany({ where: open, data })).count;
  const bins = await db.bin.findMany({ where: { workspaceId }, select: { id: true } });
  const binIds = bins.map(({ id }) => id);
  const { count } = await db.deletion.updateMany({
    where: { ...open, binId: { in: binIds } },
    data,
  });
  return count;
}

export type Restored = {
  count: number;
  /** What `storedCount` is now. */
  storedCount: number;
  /** The captures in `seq` order, or null for a clear that is undone: then all above `after`. */
  captures: SummaryRecord[] | null;
  after: number;
  /** The call had more parts: ask again. */
  hasMore: boolean;
};

/**
 * Brings back one part of what a call deleted, with the numbers that the captures had. What retention
 * or a later clear has taken meanwhile stays gone. Null when there is nothing to undo (any more).
 */
export async function restoreDeleted(
  db: PrismaClient,
  binId: string,
  undo: string,
  now: Date,
): Promise<Restored | null> {
  return db.$transaction(async (tx) => {
    const bin = await lockBin(tx, binId);
    const parts = await tx.deletion.findMany({
      where: { binId, undo, expiresAt: { gt: now } },
      orderBy: { id: "asc" },
      take: 2,
    });
    const [part] = parts;
    if (!bin || !part) return null;
    if (part.seqs === null) {
      // A later clear, or retention, has gone further: this watermark is nobody's to move back.
      const isLast = bin.clearedSeq === part.clearedSeq && bin.doomedSeq <= part.wasCleared!;
      if (!isLast) return null;
      await tx.deletion.delete({ where: { id: part.id } });
      const { storedCount } = await tx.bin.update({
        where: { id: binId },
        data: {
          clearedSeq: part.wasCleared!,
          storedCount: { increment: part.count },
          revision: { increment: 1 },
        },
      });
      const after = part.wasCleared!;
      return { count: part.count, storedCount, captures: null, after, hasMore: false };
    }
    const { clearedSeq, doomedSeq } = bin;
    const all = JSON.parse(part.seqs) as number[];
    // Under a clear that can itself be undone: that one first.
    if (all.some((seq) => seq > doomedSeq && seq <= clearedSeq)) return null;
    const [seqs, doomed] = [
      all.filter((seq) => seq > doomedSeq),
      all.filter((s) => s <= doomedSeq),
    ];
    const rows = await tx.capture.updateManyAndReturn({
      where: { binId, seq: { in: seqs.map((seq) => -seq) } },
      data: { seq: { multiply: -1 } },
      select: SUMMARY,
    });
    if (doomed.length === 0) await tx.deletion.delete({ where: { id: part.id } });
    else {
      const rest = { seqs: JSON.stringify(doomed), expiresAt: new Date(0) };
      await tx.deletion.update({ where: { id: part.id }, data: rest });
    }
    const { storedCount } = await tx.bin.update({
      where: { id: binId },
      data: { storedCount: { increment: rows.length }, revision: { increment: 1 } },
    });
    const captures = rows.map(toSummary).sort((a, b) => a.seq - b.seq);
    return {
      count: rows.length,
      storedCount,
      captures,
      after: clearedSeq,
      hasMore: parts.length > 1,
    };
  });
}
