import type { CreateForwardRule, UpdateForwardRule } from "../contract/forward-rule.ts";
import { FORWARD_COUNT_MAX, FORWARD_RULES_MAX } from "../contract/limits.ts";
import type { PrismaClient } from "./connect.ts";
import { lockBin, type Transaction } from "./deletions.ts";
import type { ForwardRuleRecord } from "./records.ts";

type ForwardRuleRow = Omit<ForwardRuleRecord, "path"> & { path: string; deletedAt: Date | null };

function toRecord({ deletedAt: _, ...row }: ForwardRuleRow): ForwardRuleRecord {
  return { ...row, path: row.path as ForwardRuleRecord["path"] };
}

export type NewForwardRule = CreateForwardRule & { id: string; binId: string; createdAt: Date };

/** The bin is gone, has all the rules it may have, or another of its rules answers the sender. */
export type RuleRefusal = "bin_gone" | "too_many" | "other_answers";

const answering = (tx: Transaction, binId: string, except: string) =>
  tx.forwardRule.count({
    where: { binId, id: { not: except }, deletedAt: null, enabled: true, answerSender: true },
  });

/** The rule sees what comes after the captures that are there now. */
export async function createForwardRule(
  db: PrismaClient,
  rule: NewForwardRule,
): Promise<ForwardRuleRecord | RuleRefusal> {
  const { binId } = rule;
  return db.$transaction(async (tx) => {
    const bin = await lockBin(tx, binId);
    if (!bin) return "bin_gone";
    const count = await tx.forwardRule.count({ where: { binId, deletedAt: null } });
    if (count >= FORWARD_RULES_MAX) return "too_many";
    if (rule.enabled && rule.answerSender && (await answering(tx, binId, rule.id)) > 0) {
      return "other_answers";
    }
    return toRecord(
      await tx.forwardRule.create({ data: { ...rule, forwardedSeq: bin.captureCount } }),
    );
  });
}

/** A rule that is enabled again sees what comes from then on. Null when it is not there. */
export async function updateForwardRule(
  db: PrismaClient,
  binId: string,
  id: string,
  change: UpdateForwardRule,
): Promise<ForwardRuleRecord | RuleRefusal | null> {
  return db.$transaction(async (tx) => {
    const bin = await lockBin(tx, binId);
    if (!bin) return "bin_gone";
    const rule = await tx.forwardRule.findFirst({ where: { id, binId, deletedAt: null } });
    if (!rule) return null;
    const next = { ...rule, ...change };
    if (next.enabled && next.answerSender && (await answering(tx, binId, id)) > 0) {
      return "other_answers";
    }
    const forwardedSeq = next.enabled && !rule.enabled ? bin.captureCount : rule.forwardedSeq;
    return toRecord(
      await tx.forwardRule.update({ where: { id }, data: { ...change, forwardedSeq } }),
    );
  });
}

/** The rule is gone for every reader at once; the sweeper removes its forwards later. */
export async function deleteForwardRule(
  db: PrismaClient,
  id: string,
  deletedAt: Date,
): Promise<boolean> {
  const { count } = await db.forwardRule.updateMany({
    where: { id, deletedAt: null },
    data: { deletedAt, enabled: false },
  });
  return count > 0;
}

export async function findForwardRule(
  db: PrismaClient,
  id: string,
): Promise<ForwardRuleRecord | null> {
  const row = await db.forwardRule.findFirst({ where: { id, deletedAt: null } });
  return row && toRecord(row as ForwardRuleRow);
}

/** Oldest first. */
export async function forwardRulesOf(
  db: PrismaClient,
  binId: string,
): Promise<ForwardRuleRecord[]> {
  const rows = await db.forwardRule.findMany({
    where: { binId, deletedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return rows.map((row) => toRecord(row as ForwardRuleRow));
}

/** Forwards of captures that can be read. */
export async function countForwards(
  db: PrismaClient,
  { id: ruleId, binId }: { id: string; binId: string },
): Promise<{ waiting: number; failed: number }> {
  const bin = await db.bin.findUnique({ where: { id: binId }, select: { clearedSeq: true } });
  const seq = { gt: bin?.clearedSeq ?? 0 };
  const count = (state: string) =>
    db.forward.count({ where: { ruleId, state, seq }, take: FORWARD_COUNT_MAX });
  return { waiting: await count("waiting"), failed: await count("failed") };
}
