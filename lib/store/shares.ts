import type { Redaction } from "../contract/share.ts";
import type { PrismaClient } from "./connect.ts";
import type { ShareRecord } from "./records.ts";

export type NewShare = Omit<ShareRecord, "revokedAt" | "views" | "lastViewedAt" | "resends"> & {
  hash: string;
};

type ShareRow = Omit<ShareRecord, "fields"> & { fields: string; hash: string };

function toRecord({ hash: _, fields, ...row }: ShareRow): ShareRecord {
  return { ...row, fields: JSON.parse(fields) as Redaction };
}

export async function createShare(db: PrismaClient, share: NewShare): Promise<ShareRecord> {
  const data = { ...share, fields: JSON.stringify(share.fields) };
  return toRecord(await db.share.create({ data }));
}

/** By the hash of its secret, also when it is revoked or expired. */
export async function findShareByHash(db: PrismaClient, hash: string): Promise<ShareRecord | null> {
  const row = await db.share.findUnique({ where: { hash } });
  return row && toRecord(row);
}

export async function findShare(db: PrismaClient, id: string): Promise<ShareRecord | null> {
  const row = await db.share.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** Those that are not revoked, newest first. */
export async function listShares(db: PrismaClient, workspaceId: string): Promise<ShareRecord[]> {
  const rows = await db.share.findMany({
    where: { workspaceId, revokedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** False when it was revoked before. */
export async function revokeShare(db: PrismaClient, id: string, revokedAt: Date): Promise<boolean> {
  const { count } = await db.share.updateMany({
    where: { id, revokedAt: null },
    data: { revokedAt },
  });
  return count > 0;
}

export async function countView(db: PrismaClient, id: string, lastViewedAt: Date): Promise<void> {
  await db.share.updateMany({ where: { id }, data: { views: { increment: 1 }, lastViewedAt } });
}

export async function countSharedResend(db: PrismaClient, id: string): Promise<void> {
  await db.share.updateMany({ where: { id }, data: { resends: { increment: 1 } } });
}
