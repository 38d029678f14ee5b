import { describe, expect, test } from "vitest";
import { parseQuery } from "./parse.ts";
import { replaceTerms, setTimeSpan, timeSpanOf } from "./time-span.ts";

const from = new Date("2026-11-21T10:00:00.000Z");
const to = new Date("2026-11-21T11:30:00.500Z");
const span = "after:2026-11-21T10:00:00.000Z before:2026-11-21T11:30:00.500Z";

describe("setTimeSpan", () => {
  test.each([
    ["", span],
    ["method:POST", `method:POST ${span}`],
    [`a  "b  c"   ${span} d`, `a  "b  c" d ${span}`],
    ["after:1h", span],
    ["(after:1h) a", `a ${span}`],
    ["a OR b", `(a OR b) ${span}`],
    ["(a) OR (b)", `((a) OR (b)) ${span}`],
    ["(a OR b)", `(a OR b) ${span}`],
    ["-before:1h", `-before:1h ${span}`],
    ["a AND after:1h AND b", `a AND b ${span}`],
    ["after:1h AND b", `b ${span}`],
    ["a AND after:1h", `a ${span}`],
  ])("of %j", (text, expected) => {
    const result = setTimeSpan(text, from, to);
    expect(result).toBe(expected);
    expect(parseQuery(result).ok).toBe(true);
  });

  test("null opens a side, and both take the span away", () => {
    expect(setTimeSpan(`a ${span}`, from, null)).toBe("a after:2026-11-21T10:00:00.000Z");
    expect(setTimeSpan(`a ${span} b`, null, null)).toBe("a b");
    expect(setTimeSpan(`a OR b`, null, null)).toBe("a OR b");
  });

  test("keeps what cannot be read", () => {
    expect(setTimeSpan("metod:GET", from, null)).toBe("metod:GET after:2026-11-21T10:00:00.000Z");
  });

  test("gives back what it set", () => {
    const parsed = parseQuery(setTimeSpan("a OR b", from, to));
    expect(parsed.ok && timeSpanOf(parsed.query, 0)).toEqual({ from, to });
  });
});

test("replaceTerms takes out what it is told to", () => {
  expect(
    replaceTerms("method:GET a is:starred", (term) => term.kind === "method", ["size:0"]),
  ).toBe("a is:starred size:0");
});
