import { expect, test } from "vitest";
import { decodePairs } from "#components/body/decode-pairs.ts";

test("order, duplicates, empty values and missing ones are kept", () => {
  expect(decodePairs("b=1&a=x+y&b=%C3%A9&flag&empty=&&c=a=b")).toEqual([
    { name: "b", value: "1" },
    { name: "a", value: "x y" },
    { name: "b", value: "é" },
    { name: "flag", value: null },
    { name: "empty", value: "" },
    { name: "c", value: "a=b" },
  ]);
});

test("what cannot be decoded stays as sent", () => {
  expect(decodePairs("a=%zz+1")).toEqual([{ name: "a", value: "%zz+1" }]);
});
