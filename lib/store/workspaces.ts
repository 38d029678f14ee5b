import type { PrismaClient } from "./connect.ts";
import type { NewToken } from "./tokens.ts";

export type NewWorkspace = { id: string; createdAt: Date; tokens: NewToken[] };

export async function createWorkspace(db: PrismaClient, workspace: NewWorkspace): Promise<void> {
  const { id, createdAt, tokens } = workspace;
  await db.workspace.create({
    data: { id, createdAt, tokens: { create: tokens.map((token) => ({ ...token, createdAt })) } },
  });
}
