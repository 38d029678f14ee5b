import fc from "fast-check";
import { expect, test } from "vitest";
import { explainQuery } from "./explain.ts";
import { parseQuery } from "./parse.ts";
import { queryArbitrary } from "./testing.ts";

const explained = (text: string) => {
  const parsed = parseQuery(text);
  return parsed.ok ? explainQuery(parsed.query) : parsed.error.message;
};

test.each([
  ["", "All captures"],
  ["refund", "Captures where “refund” is anywhere"],
  ["method:GET,POST path:=/a", "Captures where method is GET or POST and path is exactly “/a”"],
  ["a OR b", "Captures where “a” is anywhere or “b” is anywhere"],
  ["-is:starred", "All captures but those where it is starred"],
  [
    "size:>10k -type:json",
    "Captures where body is over 10 KiB, but not those where content type contains “json”",
  ],
  ["size:0", "Captures where body is empty"],
  ["json:$.a[0]>=5", "Captures where the body's JSON at $.a[0] is at least 5"],
  ["ip:10.", "Captures where the sender's address starts with 10."],
  ["after:1h", "Captures where it arrived in the last hour"],
  ["before:2026-11-21T14:05", "Captures where it arrived before 2026-11-21 14:05 UTC"],
])("%s", (text, words) => expect(explained(text)).toBe(words));

test("every query has words", () => {
  fc.assert(
    fc.property(queryArbitrary, (query) => {
      expect(explainQuery(query)).not.toMatch(/undefined|NaN|null|\[object/);
    }),
  );
});
