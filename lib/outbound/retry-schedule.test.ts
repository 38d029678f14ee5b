import { describe, expect, test } from "vitest";
import { RETRY_SPAN_MS, retryDelayMs } from "./retry-schedule.ts";

const delays = (maxAttempts: number, random = 0) =>
  Array.from({ length: maxAttempts - 1 }, (_, i) => retryDelayMs(i + 1, maxAttempts, random));
const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

describe("the pauses between attempts", () => {
  test("of eight attempts go from seconds to days, and take three days together", () => {
    const pauses = delays(8);
    expect(pauses[0]).toBe(5_000);
    expect(pauses[1]).toBeGreaterThan(25_000);
    expect(pauses[1]).toBeLessThan(35_000);
    expect(sum(pauses) / RETRY_SPAN_MS).toBeCloseTo(1, 3);
  });

  test.each([2, 3, 5, 8, 13, 20])("of %i attempts grow, and end within three days", (count) => {
    const pauses = delays(count);
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(sum(pauses)).toBeLessThanOrEqual(RETRY_SPAN_MS + count);
    expect(pauses.every((pause) => pause >= 5_000)).toBe(true);
  });

  test("of few attempts are short", () => {
    expect(delays(3)).toEqual([5_000, 30_000]);
  });

  test("are shorter by chance, by a fifth at most", () => {
    for (const random of [0, 0.3, 1]) {
      const pause = retryDelayMs(3, 8, random);
      expect(pause).toBeGreaterThanOrEqual(0.8 * retryDelayMs(3, 8, 0) - 1);
      expect(pause).toBeLessThanOrEqual(retryDelayMs(3, 8, 0));
    }
    expect(retryDelayMs(3, 8, 1)).toBeLessThan(retryDelayMs(3, 8, 0));
  });
});
