import fc from "fast-check";
import { expect, test } from "vitest";
import { formatJson } from "#components/share/json-format.ts";

function format(text: string, limit = Number.POSITIVE_INFINITY): string | null {
  const formatted = formatJson(text, limit);
  return formatted?.tokens.map((token) => token.text).join("") ?? null;
}

test("indents like everybody does", () => {
  expect(format('{"a":[1,{"b":null}],"c":{},"d":[ ]}')).toBe(
    JSON.stringify({ a: [1, { b: null }], c: {}, d: [] }, null, 2),
  );
});

test("keeps what parsing would change", () => {
  expect(format('{"id":12345678901234567890,"n":1.0,"e":1E+2,"id":"\\u0041\\/"}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "n": 1.0,\n  "e": 1E+2,\n  "id": "\\u0041\\/"\n}',
  );
});

test("knows keys from strings", () => {
  const { tokens } = formatJson('{"a":"b","c":[true,-1]}', 1_000)!;
  expect(tokens.filter(({ kind }) => kind !== "plain")).toEqual([
    { kind: "key", text: '"a"' },
    { kind: "string", text: '"b"' },
    { kind: "key", text: '"c"' },
    { kind: "literal", text: "true" },
    { kind: "number", text: "-1" },
  ]);
});

test("refuses what is not JSON", () => {
  for (const text of ["", "hello", "{a:1}", "[1,]", '{"a":1}{"b":2}', '"open']) {
    expect(format(text), text).toBeNull();
  }
});

test("says the same as the printed parse for any JSON value", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.parse(format(text)!)).toEqual(JSON.parse(text));
    }),
  );
});

test("stops at the limit", () => {
  const formatted = formatJson(`[${"1,".repeat(10_000)}1]`, 100)!;
  expect(formatted.complete).toBe(false);
  expect(formatted.tokens.map(({ text }) => text).join("").length).toBeLessThan(200);
});

test("a hostile depth and a huge string stay cheap", () => {
  const depth = 5_000;
  const nested = "[".repeat(depth) + "]".repeat(depth);
  expect((format(nested) ?? "").length).toBeLessThan(nested.length * 150);
  const text = JSON.stringify({ a: '\\"'.repeat(500_000) });
  expect(format(text)).toContain('\\"');
});
