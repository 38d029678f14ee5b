"use client";

import { useEffect, useSyncExternalStore } from "react";
import { listRules } from "#components/api/forward-rules.ts";
import { deliveryEvents } from "#components/live/delivery-events.ts";
import type { ForwardRule } from "#lib/contract/forward-rule.ts";

/** What this page knows of the rules of one bin: null until they are loaded. */
export type RulesState = { rules: readonly ForwardRule[] | null; error: unknown };

/** However many forwards end, the rules are asked for once in this time. */
const SETTLE_MS = 1_000;
const NOTHING: RulesState = { rules: null, error: null };

const states = new Map<string, RulesState>();
const listeners = new Set<() => void>();

function set(binId: string, state: RulesState): void {
  states.set(binId, state);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Changes that were made here: a list that was asked for before one of them is out of date. */
let changes = 0;

export async function loadRules(binId: string): Promise<void> {
  const asked = changes;
  try {
    const { rules } = await listRules(binId);
    if (asked === changes) set(binId, { rules, error: null });
  } catch (error) {
    // What is known stays on the screen: the next event asks again.
    set(binId, { rules: states.get(binId)?.rules ?? null, error });
  }
}

/** After a change of one, without waiting for the server's list. */
export function putRule(binId: string, rule: ForwardRule): void {
  changes += 1;
  const rules = states.get(binId)?.rules ?? [];
  const isKnown = rules.some(({ id }) => id === rule.id);
  const next = isKnown ? rules.map((one) => (one.id === rule.id ? rule : one)) : [...rules, rule];
  set(binId, { rules: next, error: null });
}

export function dropRule(binId: string, id: string): void {
  changes += 1;
  const rules = (states.get(binId)?.rules ?? []).filter((rule) => rule.id !== id);
  set(binId, { rules, error: null });
}

/** As far as something else on the page has loaded them. */
export function useKnownRules(binId: string): RulesState {
  const read = () => states.get(binId) ?? NOTHING;
  return useSyncExternalStore(subscribe, read, () => NOTHING);
}

/** Loaded, and kept up to date as deliveries end. */
export function useRules(binId: string): RulesState {
  const state = useKnownRules(binId);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    void loadRules(binId);
    const unsubscribe = deliveryEvents.subscribe((event) => {
      if (event.binId !== binId) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        void loadRules(binId);
      }, SETTLE_MS);
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [binId]);

  return state;
}
