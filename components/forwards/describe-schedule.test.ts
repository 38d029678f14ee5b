import { expect, test } from "vitest";
import { retryDelayMs } from "#lib/outbound/retry-schedule.ts";
import { describeSchedule, pausesOf } from "./describe-schedule.ts";

test.each([1, 2, 3, 8, 20])("the page says of %d attempts what the server does", (attempts) => {
  const pauses = Array.from({ length: attempts - 1 }, (_, i) => retryDelayMs(i + 1, attempts, 0));
  expect(pausesOf(attempts).map(Math.round)).toEqual(pauses);
});

test("in words", () => {
  expect(describeSchedule(1)).toBe("Tried once: what fails has failed.");
  expect(describeSchedule(3)).toContain("after about 5 s, 30 s: for 35 s in all");
  expect(describeSchedule(8)).toContain("for 3 d in all");
  expect(describeSchedule(20)).toContain(", …, ");
  expect(describeSchedule(Number.NaN)).toBe("");
});
