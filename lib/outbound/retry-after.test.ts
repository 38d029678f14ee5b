import { expect, test } from "vitest";
import { parseRetryAfter } from "./retry-after.ts";

const NOW = Date.parse("1994-11-06T08:49:00Z");

test.each([
  ["120", 120_000],
  [" 0 ", 0],
  // RFC 9110 5.6.7: the three forms of a date, the second of a year with two digits.
  ["Sun, 06 Nov 1994 08:49:37 GMT", 37_000],
  ["Sunday, 06-Nov-94 08:49:37 GMT", 37_000],
  ["Sun Nov  6 08:49:37 1994", 37_000],
  ["Sun, 06 Nov 1994 08:40:00 GMT", 0],
  ["99999999999999999999", Number.MAX_SAFE_INTEGER],
  ["-1", null],
  ["1.5", null],
  ["soon", null],
  ["", null],
  ["1994", 1_994_000],
])("%j", (value, ms) => {
  expect(parseRetryAfter(value, NOW)).toBe(ms);
});
