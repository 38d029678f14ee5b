import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { findText, firstMatchAfter } from "./find-text.ts";
import { placeInText, textRowAt, textRows } from "./text-rows.ts";

const texts = fc
  .array(
    fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("\n", "\r\n", "\t", "漢字", "👩‍👩‍👧", "x".repeat(30)),
    ),
  )
  .map((parts) => parts.join(""));

test("rows follow each other without a gap, and cut neither lines short nor pairs apart", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 0, max: 40 }), (text, columns) => {
      const rows = textRows(text, columns);
      expect(rows.complete).toBe(true);
      const parts = Array.from({ length: rows.length }, (_, row) =>
        text.slice(rows.start[row], rows.start[row + 1]),
      );
      expect(parts.join("")).toBe(text);
      for (const [row, part] of parts.entries()) {
        expect(part.slice(0, -1)).not.toContain("\n");
        expect(part).not.toBe("");
        if (!/\p{Cs}/u.test(text)) expect(part).not.toMatch(/\p{Cs}/u);
        expect(textRowAt(rows, rows.start[row]!)).toBe(row);
      }
      const numbers = Array.from(rows.line).filter((line) => line !== 0);
      expect(numbers).toEqual(numbers.map((_, index) => index + 1));
      expect(numbers.length).toBe(text === "" ? 0 : text.replace(/\n$/, "").split("\n").length);
    }),
    { numRuns: 500 },
  );
});

test("plain text is cut at the column that is asked for", () => {
  const rows = textRows("abcdefgh\nij", 3);
  expect([...rows.start]).toEqual([0, 3, 6, 9, 11]);
  expect([...rows.line]).toEqual([1, 0, 0, 2]);
});

test("a line of five megabytes is many rows, wrapped or not", () => {
  const text = "x".repeat(5_000_000);
  expect(textRows(text, 100).length).toBe(50_000);
  expect(textRows(text, 0).length).toBe(2_500);
});

test("a position is named by line and column", () => {
  expect(placeInText("ab\ncd", 4)).toEqual({ line: 2, column: 2 });
  expect(placeInText("ab\ncd", 2)).toEqual({ line: 1, column: 3 });
});

describe("search", () => {
  test("takes every character literally and finds what includes() finds", () => {
    fc.assert(
      fc.property(texts, fc.string({ minLength: 1, maxLength: 3 }), (text, query) => {
        const { ranges } = findText(text, query);
        if (text.includes(query)) expect(ranges.length).toBeGreaterThan(0);
        for (let at = 0; at < ranges.length; at += 2) {
          expect(text.slice(ranges[at], ranges[at + 1]).toLowerCase()).toBe(query.toLowerCase());
        }
      }),
    );
    expect([...findText("a.b A.B axb", "a.b").ranges]).toEqual([0, 3, 4, 7]);
    expect(findText("anything", "").ranges).toHaveLength(0);
  });

  test("knows the next match from a place", () => {
    const matches = findText("x..x..x", "x");
    expect([0, 1, 3, 4, 7].map((at) => firstMatchAfter(matches, at))).toEqual([0, 1, 1, 2, 3]);
  });

  test("stops at so many", () => {
    const matches = findText("a".repeat(50_000), "a");
    expect(matches.complete).toBe(false);
    expect(matches.ranges.length).toBe(40_000);
  });
});
