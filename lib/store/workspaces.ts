import type { PrismaClient } from "./connect.ts";

export type NewToken = { id: string; kind: "browser" | "api"; hash: string };
export type NewWorkspace = { id: string; createdAt: Date; tokens: NewToken[] };

export async function createWorkspace(db: PrismaClient, workspace: NewWorkspace): Promise<void> {
  const { id, createdAt, tokens } = workspace;
  await db.workspace.create({
    data: { id, createdAt, tokens: { create: tokens.map((token) => ({ ...token, createdAt })) } },
  });
}

/** The workspace that a token opens, by the token's hash. */
export async function findWorkspaceByToken(
  db: PrismaClient,
  hash: string,
  kind: NewToken["kind"],
): Promise<string | null> {
  const token = await db.accessToken.findUnique({ where: { hash } });
  return token?.kind === kind ? token.workspaceId : null;
}
