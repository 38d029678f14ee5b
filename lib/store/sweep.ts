import type { PrismaClient } from "./connect.ts";

/** One step removes at most this, so that captures wait for milliseconds, never for a whole bin. */
const STEP_ROWS = 500;
const STEP_BYTES = 8 * 1024 * 1024;
const STEP_BINS = 50;

/**
 * Bins that saw neither a capture nor a visit since `cutoff` are marked as deleted, some at a time.
 * Returns the ids of those marked now.
 */
export async function expireBins(db: PrismaClient, cutoff: Date, now: Date): Promise<string[]> {
  const expired = {
    deletedAt: null,
    lastVisitAt: { lt: cutoff },
    OR: [{ lastCaptureAt: null }, { lastCaptureAt: { lt: cutoff } }],
  };
  const bins = await db.bin.findMany({ where: expired, select: { id: true }, take: STEP_BINS });
  const marked: string[] = [];
  for (const { id } of bins) {
    // Checked again: a capture or a visit may have come in between.
    const { count } = await db.bin.updateMany({
      where: { id, ...expired },
      data: { deletedAt: now },
    });
    if (count > 0) marked.push(id);
  }
  return marked;
}

/**
 * Takes the oldest captures of a bin out of sight until `max` are left.
 * Returns the highest `seq` that is gone, null when there were not more than `max`.
 */
export async function trimBin(db: PrismaClient, id: string, max: number): Promise<number | null> {
  const bin = await db.bin.findFirst({ where: { id, deletedAt: null } });
  if (!bin || bin.storedCount <= max) return null;
  const surplus = bin.storedCount - max;
  const last = await db.capture.findFirst({
    where: { binId: id, seq: { gt: bin.clearedSeq } },
    orderBy: { seq: "asc" },
    skip: surplus - 1,
    select: { seq: true },
  });
  if (!last) return null;
  // Guarded by what was read, so that a clear from another node in between wins.
  const { count } = await db.bin.updateMany({
    where: { id, clearedSeq: bin.clearedSeq },
    data: { clearedSeq: last.seq, storedCount: { decrement: surplus } },
  });
  return count > 0 ? last.seq : null;
}

/** Deletes rows with `seq` up to `upTo`, oldest first, one step's worth. True when none is left. */
async function removeRows(db: PrismaClient, binId: string, upTo: number): Promise<boolean> {
  const rows = await db.capture.findMany({
    where: { binId, seq: { lte: upTo } },
    orderBy: { seq: "asc" },
    take: STEP_ROWS,
    select: { seq: true, bodySize: true },
  });
  let bytes = 0;
  let taken = 0;
  for (const row of rows) {
    bytes += row.bodySize;
    if (taken > 0 && bytes > STEP_BYTES) break;
    taken += 1;
  }
  if (taken > 0) {
    await db.capture.deleteMany({ where: { binId, seq: { lte: rows[taken - 1]!.seq } } });
  }
  return taken === rows.length && rows.length < STEP_ROWS;
}

/** Removes one step's worth of rows that nobody can see any more. True when there is more to do. */
export async function sweepStep(db: PrismaClient): Promise<boolean> {
  const deleted = await db.bin.findFirst({ where: { deletedAt: { not: null } } });
  if (deleted) {
    if (await removeRows(db, deleted.id, deleted.captureCount)) {
      await db.bin.deleteMany({ where: { id: deleted.id } });
    }
    return true;
  }
  const cleared = await db.bin.findFirst({
    where: { clearedSeq: { gt: db.bin.fields.sweptSeq } },
    select: { id: true, clearedSeq: true },
  });
  if (!cleared) return false;
  if (await removeRows(db, cleared.id, cleared.clearedSeq)) {
    await db.bin.updateMany({
      where: { id: cleared.id, sweptSeq: { lt: cleared.clearedSeq } },
      data: { sweptSeq: cleared.clearedSeq },
    });
  }
  return true;
}
