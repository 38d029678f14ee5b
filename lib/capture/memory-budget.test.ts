import { expect, test } from "vitest";
import { memoryBudget } from "./memory-budget.ts";

test("a memory budget gives what is there and not a byte more", () => {
  const budget = memoryBudget(100);
  expect(budget.reserve(60)).toBe(true);
  expect(budget.reserve(41)).toBe(false);
  expect(budget.reserve(40)).toBe(true);
  expect(budget.reserve(1)).toBe(false);
  budget.release(60);
  expect(budget.reserve(61)).toBe(false);
  expect(budget.reserve(60)).toBe(true);
});
