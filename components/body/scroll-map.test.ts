import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsTopOf, scrollHeightOf, scrollTopOf } from "./scroll-map.ts";

const total = fc.integer({ min: 0, max: 500_000_000 });
const viewport = fc.integer({ min: 100, max: 2_000 });

test("both ends can be reached, and there and back is the same place", () => {
  fc.assert(
    fc.property(
      total,
      viewport,
      fc.double({ min: 0, max: 1, noNaN: true }),
      (total, viewport, part) => {
        const last = Math.max(0, total - viewport);
        const lastScroll = Math.max(0, scrollHeightOf(total) - viewport);
        expect(rowsTopOf(0, total, viewport)).toBe(0);
        expect(rowsTopOf(lastScroll, total, viewport)).toBeCloseTo(last);
        const place = part * last;
        expect(rowsTopOf(scrollTopOf(place, total, viewport), total, viewport)).toBeCloseTo(
          place,
          3,
        );
        expect(scrollTopOf(place, total, viewport)).toBeLessThanOrEqual(lastScroll + 0.001);
      },
    ),
  );
});

test("up to some hundred thousand rows nothing is changed", () => {
  expect(rowsTopOf(1234, 1_000_000, 500)).toBe(1234);
  expect(scrollHeightOf(100_000_000)).toBe(8_000_000);
});
