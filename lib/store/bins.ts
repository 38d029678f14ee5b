import type { Reply } from "../contract/reply.ts";
import type { PrismaClient } from "./connect.ts";
import type { BinRecord } from "./records.ts";

export type NewBin = Pick<BinRecord, "id" | "workspaceId" | "name" | "reply" | "createdAt">;
export type BinChange = { name?: string | null; reply?: Reply | null };

type BinRow = Omit<BinRecord, "reply"> & { reply: string | null };

function toRecord(row: BinRow): BinRecord {
  const { id, workspaceId, name, createdAt, lastCaptureAt, lastVisitAt } = row;
  const { captureCount, storedCount, clearedSeq, revision } = row;
  const reply = row.reply === null ? null : (JSON.parse(row.reply) as Reply);
  return {
    id,
    workspaceId,
    name,
    reply,
    createdAt,
    lastCaptureAt,
    lastVisitAt,
    captureCount,
    storedCount,
    clearedSeq,
    revision,
  };
}

const toColumn = (reply: Reply | null) => (reply === null ? null : JSON.stringify(reply));

export async function createBin(db: PrismaClient, bin: NewBin): Promise<BinRecord> {
  const { id, workspaceId, name, createdAt } = bin;
  return toRecord(
    await db.bin.create({
      data: {
        id,
        workspaceId,
        name,
        createdAt,
        lastVisitAt: createdAt,
        reply: toColumn(bin.reply),
      },
    }),
  );
}

/** Null for a bin that is not there, and for one that is being deleted. */
export async function findBin(db: PrismaClient, id: string): Promise<BinRecord | null> {
  const row = await db.bin.findFirst({ where: { id, deletedAt: null } });
  return row && toRecord(row);
}

/** Newest first. */
export async function listBins(db: PrismaClient, workspaceId: string): Promise<BinRecord[]> {
  const rows = await db.bin.findMany({
    where: { workspaceId, deletedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** Null when the bin is gone. */
export async function updateBin(
  db: PrismaClient,
  id: string,
  change: BinChange,
): Promise<BinRecord | null> {
  await db.bin.updateMany({
    where: { id, deletedAt: null },
    data: {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.reply === undefined ? {} : { reply: toColumn(change.reply) }),
      revision: { increment: 1 },
    },
  });
  return findBin(db, id);
}

/** Starts the bin's time to live anew. */
export async function touchBin(db: PrismaClient, id: string, lastVisitAt: Date): Promise<void> {
  await db.bin.updateMany({ where: { id, deletedAt: null }, data: { lastVisitAt } });
}

/** The bin is gone for every reader at once; the sweeper removes its rows later. */
export async function deleteBin(db: PrismaClient, id: string, deletedAt: Date): Promise<boolean> {
  const { count } = await db.bin.updateMany({
    where: { id, deletedAt: null },
    data: { deletedAt },
  });
  return count > 0;
}

/** Takes every capture of now away for good. Returns the highest `seq` that is gone, null without a bin. */
export async function clearBin(db: PrismaClient, id: string): Promise<number | null> {
  const [row] = await db.$queryRaw<{ clearedSeq: number | bigint }[]>`
    UPDATE "Bin" SET "clearedSeq" = "captureCount", "doomedSeq" = "captureCount", "storedCount" = 0,
      "revision" = "revision" + 1
    WHERE "id" = ${id} AND "deletedAt" IS NULL RETURNING "clearedSeq"`;
  return row ? Number(row.clearedSeq) : null;
}
