import fc from "fast-check";
import { expect, test } from "vitest";
import { findBytes } from "./find-bytes.ts";

const found = (bytes: number[], query: string) => [
  ...findBytes(Uint8Array.from(bytes), query).ranges,
];

test("pairs of hex digits are bytes, anything else is text", () => {
  expect(found([0, 0xde, 0xad, 0xde, 0xad], "de AD")).toEqual([1, 3, 3, 5]);
  expect(found([0x64, 0x65, 0x67], "deg")).toEqual([0, 3]);
  expect(found([0xc3, 0xa9], "é")).toEqual([0, 2]);
  expect(found([1, 2], "")).toEqual([]);
});

test("finds what indexOf finds", () => {
  const few = fc.array(fc.integer({ min: 0, max: 2 }), { maxLength: 200 });
  fc.assert(
    fc.property(
      few,
      fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 4 }),
      (bytes, wanted) => {
        const query = Buffer.from(wanted).toString("hex");
        expect(found(bytes, query)[0] ?? -1).toBe(Buffer.from(bytes).indexOf(Buffer.from(wanted)));
      },
    ),
  );
});
