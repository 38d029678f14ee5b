import fc from "fast-check";
import { expect, test } from "vitest";
import { formatJson } from "#components/reply/format-json.ts";

test("numbers and duplicate keys stay as they are written", () => {
  expect(formatJson('{"id":12345678901234567890,"id":1.0,"a":[],"o":{}}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "id": 1.0,\n  "a": [],\n  "o": {}\n}',
  );
});

test("gives what JSON.stringify gives", () => {
  fc.assert(
    fc.property(fc.json(), (text) => {
      const value: unknown = JSON.parse(text);
      const compact = JSON.stringify(value);
      expect(formatJson(compact)).toBe(JSON.stringify(value, null, 2));
      expect(formatJson(formatJson(compact))).toBe(formatJson(compact));
    }),
  );
});
