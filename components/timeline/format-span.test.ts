import { afterAll, beforeAll, expect, test } from "vitest";
import { formatMoment, formatSpan } from "#components/timeline/format-span.ts";

const zone = process.env.TZ;
beforeAll(() => {
  process.env.TZ = "Europe/Berlin";
});
afterAll(() => {
  process.env.TZ = zone;
});

const at = (iso: string) => Date.parse(iso);
const NOW = at("2026-03-29T12:00:00Z");
const [MINUTE, DAY] = [60_000, 24 * 3_600_000];

test.each([
  ["2026-03-29T08:02:11.042Z", 1, "10:02:11.042"],
  ["2026-03-29T08:02:11Z", 1_000, "10:02:11"],
  ["2026-03-29T08:02:00Z", MINUTE, "10:02"],
  ["2026-03-28T08:02:00Z", MINUTE, "28 Mar 09:02"],
  ["2025-12-31T23:30:00Z", MINUTE, "1 Jan 00:30"],
  ["2025-12-31T22:30:00Z", MINUTE, "31 Dec 2025 23:30"],
  ["2026-03-29T00:00:00Z", DAY, "29 Mar"],
])("%s in steps of %d ms is %s", (iso, step, text) => {
  expect(formatMoment(at(iso), step, NOW)).toBe(text);
});

test.each([
  ["2026-03-29T08:02:00Z", "2026-03-29T08:02:05Z", 5_000, "10:02:00 – 10:02:05"],
  // The hour that the clocks leave out.
  ["2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z", MINUTE, "01:30 – 03:30"],
  ["2026-03-28T08:00:00Z", "2026-03-28T09:00:00Z", MINUTE, "28 Mar 09:00 – 10:00"],
  ["2026-03-28T22:30:00Z", "2026-03-28T23:30:00Z", MINUTE, "28 Mar 23:30 – 00:30"],
])("%s to %s in steps of %d ms is %s", (from, to, step, text) => {
  expect(formatSpan(at(from), at(to), step, NOW)).toBe(text);
});
