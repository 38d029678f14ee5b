import type { Found } from "#components/captures/found.ts";
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
  /** Everything that was loaded was checked at once, and this is what it was loaded from. */
  all: Found | null;
  /** All of that is meant, loaded or not, rather than `captures`. */
  isWhole: boolean;
};

const NONE: ReadonlyMap<string, Summary> = new Map();

export const NOTHING_CHECKED: Checked = {
  captures: NONE,
  anchor: null,
  base: NONE,
  selecting: false,
  all: null,
  isWhole: false,
};

export type CheckedAction =
  | { type: "toggled"; capture: Summary; list?: readonly Summary[] }
  /** From the anchor (or `from` where there is none) to this one, as the list is now. */
  | { type: "extended"; list: readonly Summary[]; to: string; from?: string | null }
  | { type: "all"; list: readonly Summary[]; found: Found }
  /** Not what was loaded alone, or that again. */
  | { type: "whole"; isWhole: boolean }
  | { type: "counted"; count: number; asOf: string | null }
  | { type: "selecting" }
  | { type: "cleared" };

/** One by one, or a range. */
const PICKED = { all: null, isWhole: false };

/** Those of a list that are meant where all of it is. */
export function wholeOf({ all, isWhole }: Checked, list: readonly Summary[]): readonly Summary[] {
  return isWhole && all ? list.filter(({ seq }) => seq <= all.upTo) : [];
}

export function reduceChecked(state: Checked, action: CheckedAction): Checked {
  switch (action.type) {
    case "toggled": {
      const { capture, list = [] } = action;
      const captures = new Map(state.captures);
      for (const one of wholeOf(state, list)) captures.set(one.id, one);
      if (!captures.delete(capture.id)) captures.set(capture.id, capture);
      return { ...state, ...PICKED, captures, base: captures, anchor: capture.id };
    }
    case "extended": {
      const { list, to } = action;
      const anchor = state.anchor ?? action.from ?? to;
      const [a, b] = [anchor, to].map((id) => list.findIndex((capture) => capture.id === id));
      if (b === -1) return state;
      const [start, end] = a === -1 ? [b!, b!] : [Math.min(a!, b!), Math.max(a!, b!)];
      const captures = new Map(state.base);
      for (const capture of list.slice(start, end + 1)) captures.set(capture.id, capture);
      return { ...state, ...PICKED, captures, anchor: a === -1 ? to : anchor };
    }
    case "all": {
      const captures = new Map(action.list.map((capture) => [capture.id, capture]));
      const { found: all } = action;
      return { ...state, captures, base: captures, anchor: null, all, isWhole: false };
    }
    case "whole":
      return { ...state, isWhole: action.isWhole && state.all !== null };
    case "counted":
      if (!state.all) return state;
      return { ...state, all: { ...state.all, count: action.count, asOf: action.asOf } };
    case "selecting":
      return { ...state, selecting: true };
    case "cleared":
      return NOTHING_CHECKED;
  }
}
