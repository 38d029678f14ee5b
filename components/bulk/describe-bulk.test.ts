import { expect, test } from "vitest";
import type { BulkResend } from "#lib/contract/bulk-resend.ts";
import { announce, describeCounts, describePlan, formatDuration } from "./describe-bulk.ts";

const PLAN = {
  what: "312 captures",
  count: 312,
  url: "https://a.example/",
  gaps: "none",
  ratePerSecond: 10,
  concurrency: 1,
} as const;

test("a plan says what goes where, in what order and how fast", () => {
  expect(describePlan(PLAN)).toBe(
    "312 captures to https://a.example/, oldest first, each when the one before has ended, at most 10 a second. That takes 31 seconds at least.",
  );
  expect(describePlan({ ...PLAN, count: null, gaps: "1x", concurrency: 4 })).toBe(
    "312 captures to https://a.example/, oldest first, up to 4 on their way at once, at most 10 a second, with the time between them as it was.",
  );
});

test.each([
  [200, "1 second"],
  [12_400, "12 seconds"],
  [100_000, "2 minutes"],
  [7_200_000, "2 hours"],
  [345_600_000, "4 days"],
])("%i ms are %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

test("counts that are nothing are not said, and what is announced changes at each quarter", () => {
  const bulk = { total: 200, sent: 0, succeeded: 0, other: 0, failed: 0, skipped: 0 } as BulkResend;
  const at = (sent: number) => announce({ ...bulk, state: "running", sent, succeeded: sent });
  expect(new Set(Array.from({ length: 200 }, (_, sent) => at(sent))).size).toBe(4);
  expect(at(0)).toBe("Resending 200 captures.");
  expect(at(50)).toBe("Resending 200 captures: 25%.");
  expect(describeCounts({ ...bulk, succeeded: 1_200, skipped: 2 })).toBe(
    "1,200 answered with 2xx, 2 deleted before their turn",
  );
});
