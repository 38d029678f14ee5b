import { join, sqltag as sql } from "@prisma/client/runtime/client";
import type { PrismaClient } from "./connect.ts";
import type { Transaction } from "./deletions.ts";
import type { ForwardRuleRecord } from "./records.ts";

const RULES_MAX = 500;

/** An enabled rule of a bin that is there. */
export type ActiveRule = {
  rule: ForwardRuleRecord;
  /** The bin's newest `seq`: above the rule's cursor there is something to look at. */
  captureCount: number;
  /** When its first forward is due that no process has taken. */
  dueAt: Date | null;
};

/** All of them, or those of one bin. */
export async function activeRules(db: PrismaClient, now: Date, binId?: string) {
  const rows = await db.forwardRule.findMany({
    where: { binId, enabled: true, deletedAt: null },
    orderBy: { id: "asc" },
  });
  const active: ActiveRule[] = [];
  // In parts, so that a server with many rules does not stand still.
  for (let i = 0; i < rows.length; i += RULES_MAX) {
    const part = rows.slice(i, i + RULES_MAX);
    const bins = await db.bin.findMany({
      where: { id: { in: [...new Set(part.map((rule) => rule.binId))] }, deletedAt: null },
      select: { id: true, captureCount: true },
    });
    const counts = new Map(bins.map(({ id, captureCount }) => [id, captureCount]));
    const due = await nextDues(
      db,
      part.map(({ id }) => id),
      now,
    );
    for (const { deletedAt: _, ...rule } of part) {
      const captureCount = counts.get(rule.binId);
      if (captureCount === undefined) continue;
      active.push({
        rule: rule as ForwardRuleRecord,
        captureCount,
        dueAt: due.get(rule.id) ?? null,
      });
    }
  }
  return active;
}

/** For forwards that no process has taken. */
export const isFree = (now: Date) => ({
  OR: [{ leasedUntil: null }, { leasedUntil: { lt: now } }],
});

/** When the first forward of a rule is due that no process has taken. */
export async function nextDue(db: PrismaClient | Transaction, ruleId: string, now: Date) {
  const first = await db.forward.findFirst({
    where: { ruleId, state: "waiting", ...isFree(now) },
    orderBy: { nextAttemptAt: "asc" },
    select: { nextAttemptAt: true },
  });
  return first?.nextAttemptAt ?? null;
}

/** The same for many rules in one statement: every node asks for all of its rules now and then. */
async function nextDues(db: PrismaClient, ids: string[], now: Date): Promise<Map<string, Date>> {
  // A subquery's value has lost its type: SQLite gives the text.
  const rows = await db.$queryRaw<{ id: string; dueAt: Date | string | null }[]>(sql`
    SELECT r."id", (
      SELECT f."nextAttemptAt" FROM "Forward" f
      WHERE f."ruleId" = r."id" AND f."state" = 'waiting'
        AND (f."leasedUntil" IS NULL OR f."leasedUntil" < ${now})
      ORDER BY f."nextAttemptAt" LIMIT 1) AS "dueAt"
    FROM "ForwardRule" r WHERE r."id" IN (${join(ids)})`);
  return new Map(rows.flatMap(({ id, dueAt }) => (dueAt ? [[id, new Date(dueAt)]] : [])));
}
