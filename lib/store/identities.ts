import type { PrismaClient } from "./connect.ts";

export type Claim = {
  key: string;
  /** The workspace that the person's browser holds, if any. */
  workspaceId: string | null;
  /** Of the one that is made otherwise. */
  newWorkspaceId: string;
  createdAt: Date;
};

/** Not one that is deleted, and waits for the sweeper. */
const PRESENT = { workspace: { deletedAt: null } };

/** The workspace of a person, null for one who was never here. */
export async function findIdentity(db: PrismaClient, key: string): Promise<string | null> {
  const identity = await db.identity.findUnique({ where: { key, ...PRESENT } });
  return identity?.workspaceId ?? null;
}

/**
 * Gives a person a workspace for good: the one that they have, else the one that their browser holds
 * if nobody has it, else a new one.
 */
export async function claimWorkspace(db: PrismaClient, claim: Claim): Promise<string> {
  try {
    return await claimOnce(db, claim);
  } catch (error) {
    // Another node was quicker with this person, or with this workspace: now that is there to see.
    if ((error as { code?: string }).code === "P2002") return claimOnce(db, claim);
    throw error;
  }
}

function claimOnce(db: PrismaClient, { key, createdAt, ...claim }: Claim): Promise<string> {
  return db.$transaction(async (tx) => {
    const theirs = await tx.identity.findUnique({ where: { key, ...PRESENT } });
    if (theirs) return theirs.workspaceId;
    await tx.identity.deleteMany({ where: { key } });
    const free = claim.workspaceId && {
      id: claim.workspaceId,
      deletedAt: null,
      identity: null,
    };
    const held = free && (await tx.workspace.findFirst({ where: free, select: { id: true } }));
    const workspaceId = held ? held.id : claim.newWorkspaceId;
    if (!held) await tx.workspace.create({ data: { id: workspaceId, createdAt } });
    await tx.identity.create({ data: { key, workspaceId, createdAt } });
    return workspaceId;
  });
}
