import { expect, test } from "vitest";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { formatAge, formatClock, formatExact, formatUntil } from "#components/ui/format-time.ts";

const SECOND = 1_000;
const HOUR = 3_600_000;

test("ages are short and coarse, so that a list does not flicker", () => {
  const ages = [-5, 9, 10, 59, 60, 3599, 3600, 86_400 * 3].map((s) => formatAge(s * SECOND));
  expect(ages).toEqual(["now", "now", "10s", "50s", "1m", "59m", "1h", "3d"]);
});

test("expiry is said in words", () => {
  expect([0, 0.5, 5, 72].map((h) => formatUntil(h * HOUR))).toEqual([
    "any moment now",
    "in less than an hour",
    "in 5 hours",
    "in 3 days",
  ]);
});

test("times keep their milliseconds", () => {
  expect(formatClock("2026-03-01T14:02:11.042Z", true)).toBe("14:02:11");
  expect(formatExact("2026-03-01T14:02:11.042Z", true)).toBe("2026-03-01 14:02:11.042 UTC");
  expect(formatExact("2026-03-01T14:02:11.042Z", false)).toMatch(/11\.042 [+-]\d\d:\d\d$/);
});

test("sizes and counts", () => {
  expect([0, 1023, 1024, 10 * 1024 * 1024].map(formatBytes)).toEqual([
    "0 B",
    "1,023 B",
    "1.0 KiB",
    "10 MiB",
  ]);
  expect([formatCount(1, "capture"), formatCount(1200, "capture")]).toEqual([
    "1 capture",
    "1,200 captures",
  ]);
});
