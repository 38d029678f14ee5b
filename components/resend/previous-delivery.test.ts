import { expect, test } from "vitest";
import type { Delivery } from "#lib/contract/delivery.ts";
import { previousDelivery } from "./previous-delivery.ts";

const attempt = (number: number, answered: boolean) =>
  ({ id: `d${number}`, attempt: number, response: answered ? {} : null }) as Delivery;

test("the attempt before is the one to compare with", () => {
  const all = [attempt(3, true), attempt(2, true), attempt(1, true)];
  expect(previousDelivery(all, all[0]!)).toBe(all[1]);
  expect(previousDelivery(all, all[1]!)).toBe(all[2]);
  expect(previousDelivery(all, all[2]!)).toBeNull();
});

test("attempts without a response are passed over where there is an older one with", () => {
  const all = [attempt(3, true), attempt(2, false), attempt(1, true)];
  expect(previousDelivery(all, all[0]!)).toBe(all[2]);
});

test("where none before has a response, it is the one right before", () => {
  const all = [attempt(3, true), attempt(2, false), attempt(1, false)];
  expect(previousDelivery(all, all[0]!)).toBe(all[1]);
});
