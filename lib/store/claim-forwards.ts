import { isFree, nextDue } from "./active-rules.ts";
import type { PrismaClient } from "./connect.ts";

const IDS_MAX = 500;

/** A forward that this process is about to send, until its lease ends. */
export type ForwardJob = {
  id: string;
  ruleId: string;
  binId: string;
  captureId: string;
  seq: number;
  attempts: number;
  attemptsBefore: number;
  since: Date;
  createdAt: Date;
  leasedUntil: Date;
  /** Of the capture. */
  bodySize: number;
};

export type Claim = { ruleId: string; limit: number; leasedUntil: Date };
export type Claimed = { ruleId: string; jobs: ForwardJob[]; dueAt: Date | null };

/** Takes forwards that are due, so that no other process sends them before the lease ends. */
export async function claimForwards(
  db: PrismaClient,
  claims: Claim[],
  now: Date,
): Promise<Claimed[]> {
  return db.$transaction(async (tx) => {
    const claimed: Claimed[] = [];
    for (const { ruleId, limit, leasedUntil } of [...claims].sort((a, b) =>
      a.ruleId < b.ruleId ? -1 : 1,
    )) {
      const due = { ruleId, state: "waiting", nextAttemptAt: { lte: now }, ...isFree(now) };
      const rows = await tx.forward.findMany({
        where: due,
        orderBy: [{ nextAttemptAt: "asc" }, { seq: "asc" }],
        take: limit,
        select: { id: true, capture: { select: { bodySize: true } } },
      });
      const sizes = new Map(rows.map(({ id, capture }) => [id, capture.bodySize]));
      const taken = await tx.forward.updateManyAndReturn({
        where: { id: { in: [...sizes.keys()] }, ...due },
        data: { leasedUntil },
      });
      const jobs = taken
        .map(({ id, binId, captureId, seq, attempts, attemptsBefore, since, createdAt }) => ({
          ...{ id, ruleId, binId, captureId, seq, attempts, attemptsBefore, since, createdAt },
          leasedUntil,
          bodySize: sizes.get(id)!,
        }))
        .sort((a, b) => a.seq - b.seq);
      claimed.push({ ruleId, jobs, dueAt: await nextDue(tx, ruleId, now) });
    }
    return claimed;
  });
}

/** Gives back what was claimed and not sent. */
export async function releaseForwards(db: PrismaClient, ids: string[]): Promise<void> {
  for (let i = 0; i < ids.length; i += IDS_MAX) {
    await db.forward.updateMany({
      where: { id: { in: ids.slice(i, i + IDS_MAX) }, state: "waiting" },
      data: { leasedUntil: null },
    });
  }
}

/** For the one process of a database: what an earlier one had taken is free. */
export async function releaseAllForwards(db: PrismaClient): Promise<void> {
  await db.forward.updateMany({
    where: { leasedUntil: { not: null }, state: "waiting" },
    data: { leasedUntil: null },
  });
}
