import type { PrismaClient } from "./connect.ts";
import type { TokenKind, TokenRecord, TokenScope } from "./records.ts";

export type NewToken = Pick<TokenRecord, "id" | "kind"> & {
  hash: string;
  label?: string | null;
  scope?: TokenScope;
  expiresAt?: Date | null;
  agent?: string | null;
};

type TokenRow = Omit<TokenRecord, "kind" | "scope"> & { kind: string; scope: string; hash: string };

function toRecord({ hash: _, kind, scope, ...row }: TokenRow): TokenRecord {
  // A scope that is not known, of a later version, must not open more than it says.
  return { ...row, kind: kind as TokenKind, scope: scope === "write" ? "write" : "read" };
}

/** By the hash of its secret, also when it has expired. */
export async function findToken(
  db: PrismaClient,
  hash: string,
  kind: TokenKind,
): Promise<TokenRecord | null> {
  const row = await db.accessToken.findUnique({ where: { hash } });
  return row?.kind === kind ? toRecord(row) : null;
}

/** Of one workspace, also expired ones, newest first. */
export async function listTokens(db: PrismaClient, workspaceId: string): Promise<TokenRecord[]> {
  const rows = await db.accessToken.findMany({
    where: { workspaceId },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return rows.map(toRecord);
}

/** Null when the workspace has `max` of this kind. */
export async function createToken(
  db: PrismaClient,
  workspaceId: string,
  createdAt: Date,
  token: NewToken,
  max: number,
): Promise<TokenRecord | null> {
  const { kind } = token;
  if ((await db.accessToken.count({ where: { workspaceId, kind } })) >= max) return null;
  return toRecord(await db.accessToken.create({ data: { ...token, workspaceId, createdAt } }));
}

/** It opens nothing from now on. False when the workspace has no such token of this kind. */
export async function deleteToken(
  db: PrismaClient,
  workspaceId: string,
  kind: TokenKind,
  id: string,
): Promise<boolean> {
  const { count } = await db.accessToken.deleteMany({ where: { id, workspaceId, kind } });
  return count > 0;
}

export type TokenUse = { id: string; lastUsedAt: Date; agent: string | null };

export async function noteTokenUses(db: PrismaClient, uses: TokenUse[]): Promise<void> {
  await db.$transaction(
    uses.map(({ id, ...use }) => db.accessToken.updateMany({ where: { id }, data: use })),
  );
}
