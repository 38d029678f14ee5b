import type { PrismaClient } from "./connect.ts";

export type SessionRecord = {
  id: string;
  /** The key of the person's identity; null for who knew the password. */
  person: string | null;
  name: string | null;
  createdAt: Date;
  expiresAt: Date;
};

export type NewSession = SessionRecord & { hash: string };

/** Those that have expired go at the same time. */
export async function createSession(db: PrismaClient, session: NewSession): Promise<void> {
  await db.session.deleteMany({ where: { expiresAt: { lte: session.createdAt } } });
  await db.session.create({ data: session });
}

/** By the hash of its secret, unless it has expired. */
export async function findSession(
  db: PrismaClient,
  hash: string,
  now: Date,
): Promise<SessionRecord | null> {
  const row = await db.session.findUnique({ where: { hash }, omit: { hash: true } });
  return row && row.expiresAt > now ? row : null;
}

export async function extendSession(db: PrismaClient, id: string, expiresAt: Date): Promise<void> {
  await db.session.updateMany({ where: { id }, data: { expiresAt } });
}

export async function endSession(db: PrismaClient, id: string): Promise<void> {
  await db.session.deleteMany({ where: { id } });
}
