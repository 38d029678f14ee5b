import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readNumber, readText } from "./insights.ts";

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

describe("times", () => {
  test.each([
    ["1763730000", "2025-11-21T13:00:00.000Z", "Unix time in seconds"],
    ["1763730000.25", "2025-11-21T13:00:00.250Z", "Unix time in seconds"],
    ["1763730000123", "2025-11-21T13:00:00.123Z", "Unix time in milliseconds"],
    ["1763730000123456", "2025-11-21T13:00:00.123Z", "Unix time in microseconds"],
    ["1763730000123456789", "2025-11-21T13:00:00.123Z", "Unix time in nanoseconds"],
    ["2025-11-21T13:00:00Z", "2025-11-21T13:00:00.000Z", "ISO 8601"],
    ["2025-11-21 14:00+01:00", "2025-11-21T13:00:00.000Z", "ISO 8601"],
    ["Fri, 21 Nov 2025 13:00:00 GMT", "2025-11-21T13:00:00.000Z", "HTTP date"],
  ])("%s", (text, iso, as) => {
    const insight = readText(text);
    expect(insight).toMatchObject({ kind: "time", as });
    expect(insight?.kind === "time" && insight.date.toISOString()).toBe(iso);
  });

  test.each([
    "12345",
    "123456789",
    "9999999999",
    "2025-13-45T99:00:00Z",
    "2025-11-21",
    "",
    "tomorrow",
  ])("%j is none", (text) => expect(readText(text)).toBeNull());
});

describe("tokens and credentials", () => {
  const token = `${base64url({ alg: "HS256" })}.${base64url({ sub: "é", exp: 1763730000 })}.c2ln`;

  test.each([token, `Bearer ${token}`, `session=${token}; Path=/`])("a JWT in %s", (text) => {
    const insight = readText(text);
    expect(insight).toMatchObject({ kind: "jwt", header: '{"alg":"HS256"}' });
    expect(insight?.kind === "jwt" && insight.payload).toBe('{"sub":"é","exp":1763730000}');
    expect(insight?.kind === "jwt" && insight.times).toEqual([["exp", new Date(1763730000_000)]]);
  });

  test.each(["eyJhbGciOi.eyJhbGciOi.x", "eyJ.eyJ.", "Bearer abc.def.ghi"])("%s is none", (text) => {
    expect(readText(text)).toBeNull();
  });

  test("basic credentials", () => {
    const text = `Basic ${btoa("user:pass word")}`;
    expect(readText(text)).toEqual({ kind: "basic", credentials: "user:pass word" });
    expect(readText("Basic !!")).toBeNull();
  });
});

describe("numbers that JavaScript does not keep", () => {
  test.each([
    ["12345678901234567890", "12345678901234567000"],
    ["1e400", "Infinity"],
    ["0.1234567890123456789", "0.12345678901234568"],
    ["-1e-400", "0"],
  ])("%s", (source, read) => {
    expect(readNumber(source)).toEqual({ kind: "number", read });
  });

  test.each(["1.0", "1.50", "1E2", "-0", "0.1", "1e+21", "100000000000000000000", "5e-324"])(
    "%s is kept",
    (source) => expect(readNumber(source)).toBeNull(),
  );

  test("no double is told of", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(readNumber(String(value))?.kind).not.toBe("number");
      }),
    );
  });
});

test("any text is read without an exception", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `eyJ${text}.eyJ${text}.x`),
      ),
      (text) => void readText(text),
    ),
  );
});
