import { expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/reply.ts";
import { fromLines, notCarriedNames, toLines } from "./header-lines.ts";

const HEADERS: HeaderPair[] = [
  ["X-Twice", "a: b"],
  ["x-twice", ""],
  ["X-Spaces", "  two "],
  ["X-High", "\u00e9\u00a0"],
];

test("lines that were not changed are the headers that they came from", () => {
  expect(fromLines(toLines(HEADERS))).toEqual({ headers: HEADERS });
});

test("a space after the colon may be left out, and lines may be empty", () => {
  expect(fromLines("\nA:b\n\n  \nC: d\n")).toEqual({
    headers: [
      ["A", "b"],
      ["C", "d"],
    ],
  });
});

test.each(["no colon", ": no name", "A: b\noops"])("%j is not a header", (text) => {
  expect(fromLines(text)).toEqual({ error: expect.stringMatching(/^Line \d has no name/) });
});

test("what the connection has of its own is named as it is written, once", () => {
  expect(
    notCarriedNames([
      ["Host", "a"],
      ["HOST", "b"],
      ["Accept", "*/*"],
      ["connection", "keep-alive, X-Own"],
      ["x-own", "1"],
      ["Content-Length", "2"],
      ["Content-Length", "2"],
    ]),
  ).toEqual(["Host", "HOST", "connection", "x-own", "Content-Length"]);
});
