import { expect, test } from "vitest";
import type { HeaderPair } from "#lib/contract/reply.ts";
import { fromLines, pastedHeaders, toLines } from "./header-lines.ts";

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

test("a head that was copied from elsewhere is its headers, without start line and body", () => {
  const pairs = [
    ["Host", "a"],
    ["X-A", "1: 2"],
  ];
  expect(pastedHeaders("Host: a\r\nX-A: 1: 2\r\n")).toEqual(pairs);
  expect(pastedHeaders("POST /x HTTP/1.1\nHost: a\nX-A: 1: 2\n\nbody: no")).toEqual(pairs);
  expect(pastedHeaders("HTTP/2 200\nHost: a\nX-A: 1: 2")).toEqual(pairs);
});

test.each(["", "application/json", "https", "two words: x\nA: b", "A: b\noops"])(
  "%j is pasted as the text that it is",
  (text) => {
    expect(pastedHeaders(text)).toBeNull();
  },
);
