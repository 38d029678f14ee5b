import type { Store } from "../store/store.ts";
import { type ActiveRule, activeRule } from "./active-rule.ts";

export type RegistryOptions = {
  store: Pick<Store, "activeRules">;
  now(): Date;
  /** The rule is not enabled any more: what was taken for it is to be given back. */
  onDropped(rule: ActiveRule): void;
};

/** The enabled rules, as far as this process knows: its own changes at once, others' at each look. */
export type Registry = {
  of(binId: string): readonly ActiveRule[];
  find(ruleId: string): ActiveRule | undefined;
  all(): Iterable<ActiveRule>;
  /** Reads the rules again, of one bin or all. Returns the bins that have something to look at. */
  refresh(binId?: string): Promise<Set<string>>;
  dropBin(binId: string): void;
};

export function createRegistry({ store, now, onDropped }: RegistryOptions): Registry {
  const byId = new Map<string, ActiveRule>();
  const byBin = new Map<string, ActiveRule[]>();

  const drop = (rule: ActiveRule): void => {
    byId.delete(rule.record.id);
    onDropped(rule);
  };

  const index = (binId: string, rules: ActiveRule[]): void => {
    if (rules.length === 0) byBin.delete(binId);
    else byBin.set(binId, rules);
    for (const rule of rules) byId.set(rule.record.id, rule);
  };

  let last: Promise<unknown> = Promise.resolve();

  return {
    of: (binId) => byBin.get(binId) ?? [],
    find: (ruleId) => byId.get(ruleId),
    all: () => byId.values(),
    refresh(binId) {
      // One after the other: an older picture must not replace a newer one.
      const read = last.then(() => readAgain(binId));
      last = read.catch(() => {});
      return read;
    },
    dropBin(binId) {
      for (const rule of byBin.get(binId) ?? []) drop(rule);
      byBin.delete(binId);
    },
  };

  async function readAgain(binId?: string): Promise<Set<string>> {
    const found = await store.activeRules(now(), binId);
    const behind = new Set<string>();
    const next = new Map<string, ActiveRule[]>();
    for (const { rule: record, captureCount, dueAt } of found) {
      const known = byId.get(record.id);
      const fresh = activeRule(record, dueAt);
      // What was read may be older than what this process did meanwhile.
      const rule = known ? update(known, fresh) : fresh;
      if (rule.cursor < captureCount) behind.add(record.binId);
      next.set(record.binId, [...(next.get(record.binId) ?? []), rule]);
    }
    const kept = new Set(found.map(({ rule }) => rule.id));
    const known = binId === undefined ? [...byId.values()] : (byBin.get(binId) ?? []);
    for (const rule of known) if (!kept.has(rule.record.id)) drop(rule);
    if (binId === undefined) byBin.clear();
    else byBin.delete(binId);
    for (const [id, rules] of next) index(id, rules);
    return behind;
  }
}

function update(known: ActiveRule, { record, query, host, cursor, dueAt }: ActiveRule): ActiveRule {
  known.cursor = Math.max(known.cursor, cursor);
  if (dueAt !== null) known.dueAt = Math.min(known.dueAt ?? dueAt, dueAt);
  return Object.assign(known, { record, query, host });
}
