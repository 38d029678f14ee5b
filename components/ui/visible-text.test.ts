import { expect, test } from "vitest";
import { replaceInvisible, splitInvisible } from "#components/ui/visible-text.ts";

test("leaves ordinary text, tabs and line ends alone", () => {
  expect(splitInvisible("a\tb\r\nשלום", 9)).toEqual([
    { start: 0, text: "a\tb\r\nשלום", code: null },
  ]);
  expect(splitInvisible("", 9)).toEqual([]);
});

test("names controls and direction overrides by code point", () => {
  expect(splitInvisible("a\u0000b\u202egnp", 2)).toEqual([
    { start: 0, text: "a", code: null },
    { start: 1, text: "\u0000", code: "U+0000" },
    { start: 2, text: "b", code: null },
    { start: 3, text: "\u202e", code: "U+202E" },
    { start: 4, text: "gnp", code: null },
  ]);
});

test("or replaces them, where there are too many", () => {
  expect(splitInvisible("\u0000\u0000\u0000", 2)).toBeNull();
  expect(replaceInvisible("a\u0000\rb\r\n\u202e")).toBe("a␀␍b\r\n·");
});
