import { expect, test } from "vitest";
import {
  type Checked,
  type CheckedAction,
  NOTHING_CHECKED,
  reduceChecked,
  wholeOf,
} from "#components/captures/checked.ts";
import type { Summary } from "#lib/contract/capture.ts";

const LIST = ["e", "d", "c", "b", "a"].map((id, i) => ({ id, seq: 5 - i }) as Summary);
const of = (id: string) => LIST.find((capture) => capture.id === id)!;
const toggled = (id: string): CheckedAction => ({ type: "toggled", capture: of(id) });
const extended = (to: string, from?: string): CheckedAction => ({
  type: "extended",
  list: LIST,
  to,
  from,
});

const FOUND = { q: "path:/", upTo: 4, count: null, asOf: null };
const ALL: CheckedAction = { type: "all", list: LIST, found: FOUND };

function run(...actions: CheckedAction[]): Checked {
  return actions.reduce(reduceChecked, NOTHING_CHECKED);
}

const ids = (state: Checked) => [...state.captures.keys()].sort().join("");

test("one is checked and unchecked", () => {
  expect(ids(run(toggled("a"), toggled("c")))).toBe("ac");
  expect(ids(run(toggled("a"), toggled("c"), toggled("a")))).toBe("c");
});

test("a range goes from the one that was checked last, either way", () => {
  expect(ids(run(toggled("b"), extended("d")))).toBe("bcd");
  expect(ids(run(toggled("d"), extended("b")))).toBe("bcd");
});

test("a range that is drawn anew replaces the one before and keeps the rest", () => {
  expect(ids(run(toggled("a"), toggled("c"), extended("e"), extended("d")))).toBe("acd");
});

test("without an anchor a range starts at the capture that is shown", () => {
  expect(ids(run(extended("d", "c")))).toBe("cd");
  expect(ids(run(extended("d", "c"), extended("e", "d")))).toBe("cde");
  expect(ids(run(extended("d")))).toBe("d");
});

test("an anchor that is not in the list any more starts anew", () => {
  const state = { ...run(toggled("a")), anchor: "gone" };
  expect(ids(reduceChecked(state, extended("d")))).toBe("ad");
  expect(reduceChecked(state, extended("gone"))).toBe(state);
});

test("all that are loaded, and none", () => {
  const all = run({ type: "selecting" }, ALL);
  expect([ids(all), all.selecting]).toEqual(["abcde", true]);
  expect(reduceChecked(all, { type: "cleared" })).toBe(NOTHING_CHECKED);
});

test("all there is, beyond what is loaded, up to a number", () => {
  const whole = run(
    ALL,
    { type: "whole", isWhole: true },
    { type: "counted", count: 90, asOf: "now" },
  );
  expect(whole).toMatchObject({ isWhole: true, all: { ...FOUND, count: 90, asOf: "now" } });
  expect(wholeOf(whole, LIST).map(({ id }) => id)).toEqual(["d", "c", "b", "a"]);
  const loaded = reduceChecked(whole, { type: "whole", isWhole: false });
  expect([wholeOf(loaded, LIST), ids(loaded)]).toEqual([[], "abcde"]);
  expect(run({ type: "whole", isWhole: true }).isWhole).toBe(false);
});

test("unchecking one of all leaves the others that are loaded, also those loaded since", () => {
  const first: CheckedAction = { type: "all", list: LIST.slice(0, 2), found: FOUND };
  const whole = run(first, { type: "whole", isWhole: true });
  const picked = reduceChecked(whole, { type: "toggled", capture: of("c"), list: LIST });
  expect([ids(picked), picked.isWhole, picked.all]).toEqual(["abde", false, null]);
});
