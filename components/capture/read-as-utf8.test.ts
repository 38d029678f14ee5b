import { expect, test } from "vitest";
import { readAsUtf8 } from "#components/capture/read-as-utf8.ts";

test("reads Latin-1 characters as the UTF-8 bytes that they stand for", () => {
  expect(readAsUtf8("caf\u00c3\u00a9")).toBe("café");
});

test("has nothing to add to ASCII, or to bytes that are not UTF-8", () => {
  expect(readAsUtf8("plain")).toBeNull();
  expect(readAsUtf8("caf\u00e9")).toBeNull();
  expect(readAsUtf8("\u05e9")).toBeNull();
  expect(readAsUtf8("")).toBeNull();
});
