import type { Summary } from "#lib/contract/capture.ts";

/**
 * The captures that something is to be done with, as against the one that is shown. It keeps them
 * itself: a long list lets go of what is far down.
 */
export type Checked = {
  captures: ReadonlyMap<string, Summary>;
  /** Where a range starts, and what was checked besides it. */
  anchor: string | null;
  base: ReadonlyMap<string, Summary>;
  /** Rows are for checking, not for opening: on touch screens, until "Done". */
  selecting: boolean;
};

const NONE: ReadonlyMap<string, Summary> = new Map();

export const NOTHING_CHECKED: Checked = {
  captures: NONE,
  anchor: null,
  base: NONE,
  selecting: false,
};

export type CheckedAction =
  | { type: "toggled"; capture: Summary }
  /** From the anchor (or `from` where there is none) to this one, as the list is now. */
  | { type: "extended"; list: readonly Summary[]; to: string; from?: string | null }
  | { type: "all"; list: readonly Summary[] }
  | { type: "selecting" }
  | { type: "cleared" };

export function reduceChecked(state: Checked, action: CheckedAction): Checked {
  switch (action.type) {
    case "toggled": {
      const { capture } = action;
      const captures = new Map(state.captures);
      if (!captures.delete(capture.id)) captures.set(capture.id, capture);
      return { ...state, captures, base: captures, anchor: capture.id };
    }
    case "extended": {
      const { list, to } = action;
      const anchor = state.anchor ?? action.from ?? to;
      const [a, b] = [anchor, to].map((id) => list.findIndex((capture) => capture.id === id));
      if (b === -1) return state;
      const [start, end] = a === -1 ? [b!, b!] : [Math.min(a!, b!), Math.max(a!, b!)];
      const captures = new Map(state.base);
      for (const capture of list.slice(start, end + 1)) captures.set(capture.id, capture);
      return { ...state, captures, anchor: a === -1 ? to : anchor };
    }
    case "all": {
      const captures = new Map(action.list.map((capture) => [capture.id, capture]));
      return { ...state, captures, base: captures, anchor: null };
    }
    case "selecting":
      return { ...state, selecting: true };
    case "cleared":
      return NOTHING_CHECKED;
  }
}
