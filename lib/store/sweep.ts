import type { PrismaClient } from "./connect.ts";
import { removeForwards } from "./forwards.ts";
import { addStoredBytes, bytesOfCaptures } from "./stored-bytes.ts";
import { sweepWorkspace } from "./workspaces.ts";

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
    data: { clearedSeq: last.seq, doomedSeq: last.seq, storedCount: { decrement: surplus } },
  });
  return count > 0 ? last.seq : null;
}

type Seqs = { gt?: number; lte?: number; in?: number[] };

/** Deletes those rows of a bin, lowest `seq` first, one step's worth. True when none is left. */
async function removeRows(db: PrismaClient, binId: string, seq: Seqs): Promise<boolean> {
  return db.$transaction(async (tx) => {
    // The bin's row first, as in every transaction: from here on nothing of the bin changes.
    await addStoredBytes(tx, binId, 0);
    const rows = await tx.capture.findMany({
      where: { binId, seq },
      orderBy: { seq: "asc" },
      take: STEP_ROWS,
      select: { id: true },
    });
    const sizes = await bytesOfCaptures(
      tx,
      rows.map(({ id }) => id),
    );
    let bytes = 0;
    const taken: string[] = [];
    for (const { id } of rows) {
      const size = sizes.get(id)!;
      if (taken.length > 0 && bytes + size > STEP_BYTES) break;
      bytes += size;
      taken.push(id);
    }
    if (taken.length > 0) {
      await tx.capture.deleteMany({ where: { id: { in: taken } } });
      await addStoredBytes(tx, binId, -bytes);
    }
    return taken.length === rows.length && rows.length < STEP_ROWS;
  });
}

/** Another node's clock may be this much behind, and restore what is still good by it. */
const CLOCK_SKEW_MS = 60_000;

/** Removes one step's worth of rows that nobody can see any more. True when there is more to do. */
export async function sweepStep(db: PrismaClient, now: Date): Promise<boolean> {
  const deleted = await db.bin.findFirst({ where: { deletedAt: { not: null } } });
  if (deleted) {
    if (await removeRows(db, deleted.id, { lte: deleted.captureCount })) {
      await db.deletion.deleteMany({ where: { binId: deleted.id } });
      await db.share.deleteMany({ where: { binId: deleted.id } });
      await db.forwardRule.deleteMany({ where: { binId: deleted.id } });
      await db.bulkResend.deleteMany({ where: { binId: deleted.id } });
      await db.bin.deleteMany({ where: { id: deleted.id } });
    }
    return true;
  }
  const rule = await db.forwardRule.findFirst({ where: { deletedAt: { not: null } } });
  if (rule) {
    const isEmpty = await removeForwards(db, rule.id, STEP_ROWS);
    if (isEmpty) await db.forwardRule.deleteMany({ where: { id: rule.id } });
    return true;
  }
  if (await sweepWorkspace(db)) return true;
  const expired = await db.deletion.findFirst({
    where: { expiresAt: { lt: new Date(now.getTime() - CLOCK_SKEW_MS) } },
  });
  if (expired) {
    await finish(db, expired);
    return true;
  }
  const doomed = await db.bin.findFirst({
    where: { doomedSeq: { gt: db.bin.fields.sweptSeq } },
    select: { id: true, doomedSeq: true },
  });
  if (!doomed) return false;
  // Negative ones belong to deletions, which end by themselves.
  if (await removeRows(db, doomed.id, { gt: 0, lte: doomed.doomedSeq })) {
    await db.bin.updateMany({
      where: { id: doomed.id, sweptSeq: { lt: doomed.doomedSeq } },
      data: { sweptSeq: doomed.doomedSeq },
    });
  }
  return true;
}

type ExpiredDeletion = {
  id: string;
  binId: string;
  seqs: string | null;
  clearedSeq: number | null;
};

/** A deletion that cannot be undone any more: one step of making it final. */
async function finish(db: PrismaClient, deletion: ExpiredDeletion): Promise<void> {
  const { id, binId, seqs, clearedSeq } = deletion;
  if (seqs === null) {
    await db.bin.updateMany({
      where: { id: binId, clearedSeq: { gte: clearedSeq! }, doomedSeq: { lt: clearedSeq! } },
      data: { doomedSeq: clearedSeq! },
    });
  } else {
    const negated = (JSON.parse(seqs) as number[]).map((seq) => -seq);
    if (!(await removeRows(db, binId, { in: negated }))) return;
  }
  await db.deletion.deleteMany({ where: { id } });
}
