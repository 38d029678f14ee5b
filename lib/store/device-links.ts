import type { PrismaClient } from "./connect.ts";
import type { DeviceLinkRecord } from "./records.ts";
import type { NewToken } from "./tokens.ts";

export type NewDeviceLink = Omit<DeviceLinkRecord, "usedAt"> & { hash: string };

type DeviceLinkRow = DeviceLinkRecord & { hash: string };

const toRecord = ({ hash: _, ...row }: DeviceLinkRow): DeviceLinkRecord => row;

/** Takes the workspace's older links that are over with it. Null when `max` of it could be used now. */
export async function createDeviceLink(
  db: PrismaClient,
  link: NewDeviceLink,
  max: number,
): Promise<DeviceLinkRecord | null> {
  const { workspaceId, createdAt } = link;
  await db.deviceLink.deleteMany({ where: { workspaceId, expiresAt: { lte: createdAt } } });
  if ((await db.deviceLink.count({ where: { workspaceId, usedAt: null } })) >= max) return null;
  return toRecord(await db.deviceLink.create({ data: link }));
}

export async function findDeviceLink(
  db: PrismaClient,
  id: string,
): Promise<DeviceLinkRecord | null> {
  const row = await db.deviceLink.findUnique({ where: { id } });
  return row && toRecord(row);
}

/** By the hash of its secret, also when it is used or expired. */
export async function findDeviceLinkByHash(
  db: PrismaClient,
  hash: string,
): Promise<DeviceLinkRecord | null> {
  const row = await db.deviceLink.findUnique({ where: { hash } });
  return row && toRecord(row);
}

/** False when the workspace has no such link, or it was used. */
export async function cancelDeviceLink(
  db: PrismaClient,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  const { count } = await db.deviceLink.deleteMany({ where: { id, workspaceId, usedAt: null } });
  return count > 0;
}

/** Gives the workspace one more browser, once. False when the link is used, expired or gone. */
export async function useDeviceLink(
  db: PrismaClient,
  { id, workspaceId }: Pick<DeviceLinkRecord, "id" | "workspaceId">,
  usedAt: Date,
  browser: NewToken,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const { count } = await tx.deviceLink.updateMany({
      where: { id, usedAt: null, expiresAt: { gt: usedAt } },
      data: { usedAt },
    });
    if (count === 0) return false;
    await tx.accessToken.create({ data: { ...browser, workspaceId, createdAt: usedAt } });
    return true;
  });
}
