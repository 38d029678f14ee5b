import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align } from "./align.ts";
import { compareText, splitLines } from "./compare-text.ts";
import { foldRows } from "./diff-rows.ts";
import { markChanges } from "./mark-changes.ts";

const lines = fc.array(
  fc.constantFrom("a\n", "b\n", "b\r\n", "\n", "c d e f\n", "c d e g\n", "end"),
);
const texts = lines.map((all) => all.join(""));

test("applying the difference to one text gives the other", () => {
  fc.assert(
    fc.property(texts, texts, (left, right) => {
      const [leftLines, rightLines] = [splitLines(left), splitLines(right)];
      const { pairs } = align(leftLines, rightLines);
      const given = pairs.map(([l, r]) =>
        r === -1 ? "" : leftLines[l] === rightLines[r] ? leftLines[l]! : rightLines[r]!,
      );
      expect(given.join("")).toBe(right);
      const lefts = pairs.flatMap(([l]) => (l === -1 ? [] : [l]));
      expect(lefts).toEqual(leftLines.map((_, i) => i));
    }),
  );
});

test("no text differs from itself, and different ones do", () => {
  fc.assert(
    fc.property(texts, texts, (left, right) => {
      expect(compareText(left, left).differences).toBe(0);
      expect(compareText(left, right).differences === 0).toBe(left === right);
    }),
  );
});

test("the marks within a line leave both texts whole", () => {
  const pieces = fc.array(fc.constantFrom("ab", "c", " ", "=", "😀", "é", "\ud83d"), {
    maxLength: 30,
  });
  const text = pieces.map((all) => all.join(""));
  fc.assert(
    fc.property(text, text, (left, right) => {
      const marked = markChanges(left, right);
      expect(marked.left.map((part) => part.text).join("")).toBe(left);
      expect(marked.right.map((part) => part.text).join("")).toBe(right);
      const kept = (side: typeof marked.left) =>
        side
          .filter(({ changed }) => !changed)
          .map((part) => part.text)
          .join("");
      expect(kept(marked.left)).toBe(kept(marked.right));
    }),
  );
});

test("a line that only ends differently says so", () => {
  const { rows } = compareText("a\r\nb", "a\nb\n");
  expect(rows.map((row) => ("note" in row ? row.note : undefined))).toEqual([
    "line end: CR LF, then LF",
    "line end: none, then LF",
  ]);
});

describe("folding", () => {
  test("leaves out what is the same, and counts it", () => {
    const text = Array.from({ length: 50 }, (_, i) => `${i}\n`).join("");
    const { rows } = compareText(text, text.replace("25\n", "x\n"));
    const folded = foldRows(rows);
    expect(folded.map((row) => (row.kind === "fold" ? row.count : row.kind))).toEqual([
      22,
      ...Array(3).fill("same"),
      "changed",
      ...Array(3).fill("same"),
      21,
    ]);
  });
});

test("texts that have nothing in common are given up on, not waited for", () => {
  const of = (seed: number) =>
    Array.from({ length: 20_000 }, (_, i) => `${i * seed}x${seed}\n`).join("");
  const { exhausted, differences } = compareText(of(3), of(7));
  expect({ exhausted, differences }).toEqual({ exhausted: true, differences: 1 });
});
