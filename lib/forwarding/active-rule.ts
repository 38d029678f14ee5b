import { parseQuery } from "../search/parse.ts";
import type { Query } from "../search/query.ts";
import type { ForwardJob } from "../store/claim-forwards.ts";
import type { ForwardRuleRecord } from "../store/records.ts";

/** What this process knows of an enabled rule. */
export type ActiveRule = {
  record: ForwardRuleRecord;
  /** Null where everything goes on. */
  query: Query | null;
  /** Of the target: connections to it are counted together, whichever rules they are for. */
  host: string;
  /** Captures up to this were looked at. */
  cursor: number;
  /** Taken by this process, and about to be sent. */
  queue: ForwardJob[];
  /** In milliseconds since 1970: when there may be more to take; null when there is nothing. */
  dueAt: number | null;
};

export function activeRule(record: ForwardRuleRecord, dueAt: Date | null): ActiveRule {
  const parsed = record.query === null ? null : parseQuery(record.query);
  return {
    record,
    // It was checked when it was stored; what a later version cannot read matches nothing.
    query: parsed && (parsed.ok ? parsed.query : NOTHING),
    host: new URL(record.url).host,
    cursor: record.forwardedSeq,
    queue: [],
    dueAt: dueAt?.getTime() ?? null,
  };
}

/** Forwards of one rule that a process takes at once. */
export const QUEUE_MAX = 64;

/** How long a process may keep what it took before it sends it; when that may have ended, another takes it. */
const LEASE_MS = 15_000;

export function leaseOf({ record }: ActiveRule, now: Date): Date {
  return new Date(now.getTime() + LEASE_MS + record.timeoutMs);
}

/** @param at in milliseconds since 1970: at the latest, the rule is looked at then */
export function wakeAt(rule: ActiveRule, at: number): void {
  rule.dueAt = Math.min(rule.dueAt ?? Infinity, at);
}

/** Whether there may be more to take, and there is room for it. */
export function isHungry({ dueAt, queue }: ActiveRule, at: number): boolean {
  return dueAt !== null && dueAt <= at && queue.length <= QUEUE_MAX / 4;
}

const NOTHING: Query = {
  kind: "and",
  nodes: [{ kind: "or", nodes: [], start: 0, end: 0 }],
  start: 0,
  end: 0,
};
