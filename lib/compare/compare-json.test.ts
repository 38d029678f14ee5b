import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareJson } from "./compare-json.ts";
import type { DiffRow } from "./diff-rows.ts";
import { parseJsonNodes } from "./json-node.ts";

function compare(left: string, right: string) {
  return compareJson(left, parseJsonNodes(left)!, right, parseJsonNodes(right)!);
}

function changes(left: string, right: string) {
  const text = (side: DiffRow["left"]) => side?.segments.map((part) => part.text).join("") ?? null;
  return compare(left, right).rows.flatMap((row) =>
    row.kind === "fold" || row.kind === "same"
      ? []
      : [[row.kind, row.path, text(row.left), text(row.right), ...(row.note ? [row.note] : [])]],
  );
}

/** Writes the same value with its members in another order and with other white space. */
function writeShuffled(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(writeShuffled).join(" , ")} ]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).toReversed();
  return `{\n${members.map(([name, child]) => `${JSON.stringify(name)} :${writeShuffled(child)}`).join(",\n")}}`;
}

describe("the parser", () => {
  test("takes what JSON.parse takes, and nothing else", () => {
    const pieces = fc.constantFrom(
      ...'{}[],:-+.eE01 \n\t\\"u'.split(""),
      "true",
      "null",
      '"a"',
      "12",
      "\\u00e9",
      "\u0001",
    );
    const texts = fc.oneof(
      fc.json(),
      fc.array(pieces).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        let expected = true;
        try {
          JSON.parse(text);
        } catch {
          expected = false;
        }
        expect(parseJsonNodes(text) !== null).toBe(expected);
      }),
      { numRuns: 2_000 },
    );
  });

  test("takes nesting that would end a recursive one", () => {
    const deep = `${"[".repeat(200_000)}1${"]".repeat(200_000)}`;
    expect(parseJsonNodes(deep)?.kind).toBe("array");
    expect(compare(deep, deep.replace("1", "2")).differences).toBe(1);
    expect(compare(deep, deep).differences).toBe(0);
  });
});

test("the order of keys and white space never matter", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(compare(JSON.stringify(value), writeShuffled(value)).differences).toBe(0);
    }),
  );
});

test("different values are never the same", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (left, right) => {
      const [leftText, rightText] = [JSON.stringify(left), JSON.stringify(right)];
      const sorted = (value: unknown): string => canonical(JSON.parse(JSON.stringify(value)));
      const areSame = compare(leftText, rightText).differences === 0;
      expect(areSame).toBe(sorted(left) === sorted(right));
    }),
  );
});

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, child]) => `${JSON.stringify(name)}:${canonical(child)}`).join()}}`;
}

test("numbers count as they are written, to the last digit", () => {
  expect(changes('{"id":12345678901234567890}', '{"id":12345678901234567891}')).toEqual([
    ["changed", "$.id", '"id": 12345678901234567890', '"id": 12345678901234567891'],
  ]);
  expect(changes("[1.0]", "[1]")).toEqual([
    ["changed", "$[0]", "1.0", "1", "same number, written differently"],
  ]);
  expect(changes("[1e2]", "[100]")[0]).toContain("same number, written differently");
  expect(changes("[1e400]", "[1e401]")[0]).not.toContain("same number, written differently");
});

test("a key that comes twice is there twice", () => {
  expect(changes('{"a":1,"a":2}', '{"a":2}')).toEqual([["removed", "$.a", '"a": 1,', null]]);
});

test("strings are compared by what they say", () => {
  expect(changes('"caf\\u00e9"', '"café"')).toEqual([]);
});

test("another type is said", () => {
  expect(changes('{"a":"1"}', '{"a":1}')).toEqual([
    ["changed", "$.a", '"a": "1"', '"a": 1', "string, then number"],
  ]);
  expect(changes('{"a":{}}', '{"a":null}').map(([kind]) => kind)).toEqual(["removed", "added"]);
});

describe("array items are aligned", () => {
  test("one that is new does not make all after it different", () => {
    expect(changes("[1,2,3]", "[0,1,2,3]")).toEqual([["added", "$[0]", null, "0,"]]);
  });

  test("by their id where they have one", () => {
    const left = '[{"id":1,"qty":1,"a":0},{"id":2,"qty":5,"a":0}]';
    const right = '[{"id":2,"qty":6,"a":1}]';
    expect(changes(left, right).map(([kind, path]) => [kind, path])).toEqual([
      ["removed", "$[0]"],
      ["removed", "$[0].id"],
      ["removed", "$[0].qty"],
      ["removed", "$[0].a"],
      ["removed", "$[0]"],
      ["changed", "$[1].qty"],
      ["changed", "$[1].a"],
    ]);
  });
});

test("of very many lines those around the differences are kept, and the rest is counted", () => {
  const items = Array.from({ length: 60_000 }, (_, i) => i);
  const { rows, isFolded, total, differences, cut } = compare(
    JSON.stringify(items),
    JSON.stringify(items.with(30_000, -1)),
  );
  expect({ isFolded, total, differences, cut }).toEqual({
    isFolded: true,
    total: 60_002,
    differences: 1,
    cut: 0,
  });
  const shown = rows.map((row) => (row.kind === "fold" ? row.count : 1));
  expect(shown.reduce((sum, count) => sum + count)).toBe(total);
  expect(rows.length).toBeLessThan(12);
});
