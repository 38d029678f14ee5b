import { deleteBin } from "./bins.ts";
import type { PrismaClient } from "./connect.ts";
import type { WorkspaceRecord } from "./records.ts";
import type { NewToken } from "./tokens.ts";

export type NewWorkspace = { id: string; createdAt: Date; tokens: NewToken[] };

export async function createWorkspace(db: PrismaClient, workspace: NewWorkspace): Promise<void> {
  const { id, createdAt, tokens } = workspace;
  await db.workspace.create({
    data: { id, createdAt, tokens: { create: tokens.map((token) => ({ ...token, createdAt })) } },
  });
}

/** Null when it is being deleted. */
export async function findWorkspace(db: PrismaClient, id: string): Promise<WorkspaceRecord | null> {
  return db.workspace.findFirst({
    where: { id, deletedAt: null },
    select: { id: true, name: true, createdAt: true },
  });
}

export async function renameWorkspace(
  db: PrismaClient,
  id: string,
  name: string | null,
): Promise<void> {
  await db.workspace.updateMany({ where: { id, deletedAt: null }, data: { name } });
}

/**
 * Nothing of it can be read or opened from now on; the sweeper removes its rows. Returns the ids of
 * the bins and the tokens that went, null when it was deleted before.
 */
export async function deleteWorkspace(
  db: PrismaClient,
  id: string,
  deletedAt: Date,
): Promise<{ binIds: string[]; tokenIds: string[] } | null> {
  const tokens = await db.$transaction(async (tx) => {
    const { count } = await tx.workspace.updateMany({
      where: { id, deletedAt: null },
      data: { deletedAt },
    });
    if (count === 0) return null;
    const going = await tx.accessToken.findMany({
      where: { workspaceId: id },
      select: { id: true },
    });
    await tx.accessToken.deleteMany({ where: { workspaceId: id } });
    await tx.deviceLink.deleteMany({ where: { workspaceId: id } });
    return going;
  });
  if (!tokens) return null;
  const binIds = await deleteBinsOf(db, id, deletedAt);
  return { binIds, tokenIds: tokens.map((token) => token.id) };
}

/** One by one, because captures lock bins too: two that lock several in different orders deadlock. */
async function deleteBinsOf(db: PrismaClient, workspaceId: string, deletedAt: Date) {
  const bins = await db.bin.findMany({
    where: { workspaceId, deletedAt: null },
    select: { id: true },
  });
  for (const { id } of bins) await deleteBin(db, id, deletedAt);
  return bins.map(({ id }) => id);
}

/**
 * One step of removing a workspace that is deleted. True when there was one.
 * Its bins are to be swept first, so that no capture is left behind without one.
 */
export async function sweepWorkspace(db: PrismaClient): Promise<boolean> {
  const deleted = await db.workspace.findFirst({ where: { deletedAt: { not: null } } });
  if (!deleted) return false;
  // What a stop cut short, or a bin that was made at the same moment.
  const left = await deleteBinsOf(db, deleted.id, deleted.deletedAt!);
  if (left.length === 0) await db.workspace.deleteMany({ where: { id: deleted.id } });
  return true;
}
