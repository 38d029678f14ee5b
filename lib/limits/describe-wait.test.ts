import { expect, test } from "vitest";
import { describeWait } from "./describe-wait.ts";

test.each([
  [1, "1 second"],
  [45, "45 seconds"],
  [60, "60 seconds"],
  [119, "119 seconds"],
  [121, "3 minutes"],
  [3600, "60 minutes"],
  [3601, "61 minutes"],
  [7201, "3 hours"],
  [86_400, "24 hours"],
])("%d seconds are %s", (seconds, text) => {
  expect(describeWait(seconds)).toBe(text);
});
