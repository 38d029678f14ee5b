import { expect, test } from "vitest";
import type { HeaderPair } from "../contract/reply.ts";
import { FORWARDED_BY, HOPS_MAX, hopOf, hopsOf, loopReason } from "./forward-hops.ts";

const A = "a".repeat(20);
const B = "b".repeat(20);
const by = (...values: string[]): HeaderPair[] => values.map((value) => [FORWARDED_BY, value]);

test("hops are read from all lines, in any case of the name", () => {
  const headers: HeaderPair[] = [
    ["Host", "x"],
    ["inlet-forwarded-by", " one ,two"],
    ["INLET-FORWARDED-BY", ",, three"],
  ];
  expect(hopsOf(headers)).toEqual(["one", "two", "three"]);
});

test("a bin does not forward what it forwarded before", () => {
  expect(loopReason([], A)).toBeNull();
  expect(loopReason(by(hopOf(B)), A)).toBeNull();
  expect(loopReason(by(hopOf(B), hopOf(A)), A)).toContain("this bin");
  expect(loopReason(by(`${hopOf(A)}, ${hopOf(B)}`), A)).toContain("this bin");
});

test("a chain ends, whatever its hops are called", () => {
  const names = Array.from({ length: HOPS_MAX }, (_, i) => `hop-${i}`);
  expect(loopReason(by(...names.slice(1)), A)).toBeNull();
  expect(loopReason(by(...names), A)).toContain(`${HOPS_MAX} times`);
});

test("a hop does not give its bin away, and is another one for each", () => {
  expect(hopOf(A)).not.toBe(hopOf(B));
  expect(hopOf(A)).toMatch(/^[0-9a-f]{20}$/);
});
