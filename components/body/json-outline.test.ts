import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { foldedFrom, foldRows, placeOf, revealed, rowOf } from "./folding.ts";
import { outlineJson } from "./json-outline.ts";
import { jsonPath } from "./json-path.ts";
import { outlineNdjson } from "./ndjson-outline.ts";
import { childCount, closes, type Outline, opens, parentOf, rowAt } from "./outline.ts";

function outlined(text: string): Outline {
  const { outline, fault } = outlineJson(text);
  expect(fault).toBeNull();
  return outline!;
}

/** Reads the rows back into a value: what every row says has to fit together for that. */
function rebuild(text: string, outline: Outline): unknown {
  const build = (row: number): unknown => {
    const source = text.slice(outline.value[row], outline.end[row]);
    if (!opens(outline, row)) return JSON.parse(source);
    const isObject = source.startsWith("{");
    const entries: [string, unknown][] = [];
    for (let child = row + 1; child < outline.partner[row]!; ) {
      expect(outline.depth[child]).toBe(outline.depth[row]! + 1);
      expect(parentOf(outline, child)).toBe(row);
      const key = text
        .slice(outline.start[child], outline.value[child])
        .trim()
        .replace(/\s*:$/, "");
      entries.push([isObject ? (JSON.parse(key) as string) : "", build(child)]);
      child = Math.max(child, outline.partner[child]!) + 1;
    }
    expect(childCount(outline, row)).toBe(entries.length);
    return isObject ? Object.fromEntries(entries) : entries.map(([, value]) => value);
  };
  return build(0);
}

function accepts(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** JSON with white space in all places, and the spellings that JSON.stringify never uses. */
const spelled = fc.letrec<{ value: string; space: string }>((tie) => ({
  space: fc.constantFrom("", "", " ", "\n  ", "\t", "\r\n"),
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(
      "1.0",
      "1e400",
      "-0",
      "12345678901234567890",
      "0.1E-7",
      "true",
      "false",
      "null",
    ),
    fc.constantFrom('"\\u00e9"', '"\\/"', '"\\ud800"', '"é\u2028"', '""'),
    fc.string({ unit: "binary" }).map((text) => JSON.stringify(text)),
    fc
      .array(fc.tuple(tie("space"), tie("value"), tie("space")), { maxLength: 4 })
      .map((items) => `[${items.map((item) => item.join("")).join(",")}]`),
    fc
      .array(
        fc.tuple(
          fc.constantFrom('"a"', '"\\u0061"', '" b"', '"__proto__"'),
          tie("space"),
          tie("value"),
        ),
        {
          maxLength: 4,
        },
      )
      .map(
        (items) =>
          `{${items.map(([key, space, value]) => `${key}${space}:${space}${value}${space}`).join(",")}}`,
      ),
  ),
})).value;

describe("the rows of a JSON text", () => {
  test("say the same as JSON.parse, and keep the source of every value", () => {
    fc.assert(
      fc.property(spelled, (text) => {
        expect(rebuild(text, outlined(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test("are there for exactly what JSON.parse accepts", () => {
    const damaged = fc
      .tuple(
        spelled,
        fc.nat(),
        fc.constantFrom("", ",", "}", '"', "\\", "0", ".", "e", "\x01", "\u00a0", "\ufeff"),
      )
      .map(([text, at, insert]) => {
        const place = text.length === 0 ? 0 : at % (text.length + 1);
        return text.slice(0, place) + insert + text.slice(place + (insert === "" ? 1 : 0));
      });
    const soup = fc
      .array(
        fc.constantFrom(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          '"a"',
          '"',
          "1",
          "-",
          "0",
          ".",
          "e",
          "+",
          "true",
          "nul",
          " ",
          "\\u00",
        ),
      )
      .map((tokens) => tokens.join(""));
    fc.assert(
      fc.property(fc.oneof(damaged, soup, fc.string()), (text) => {
        const { fault } = outlineJson(text);
        expect(fault === null, text).toBe(accepts(text));
        if (fault) expect(fault.at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 5_000 },
    );
  });

  test("open and close in pairs", () => {
    fc.assert(
      fc.property(spelled, (text) => {
        const outline = outlined(text);
        const stack: number[] = [];
        for (let row = 0; row < outline.length; row += 1) {
          if (closes(outline, row)) expect(stack.pop()).toBe(outline.partner[row]);
          expect(outline.depth[row]).toBe(stack.length);
          if (opens(outline, row)) stack.push(row);
          if (row > 0) expect(outline.start[row]).toBeGreaterThan(outline.start[row - 1]!);
          expect(rowAt(outline, outline.start[row]!)).toBe(row);
        }
        expect(stack).toEqual([]);
      }),
    );
  });

  test("keep duplicate keys and the spelling of numbers", () => {
    const text = '{"a":1.10,"a":12345678901234567890}';
    const { value, end } = outlined(text);
    expect(text.slice(value[1], end[1])).toBe("1.10");
    expect(text.slice(value[2], end[2])).toBe("12345678901234567890");
  });

  test("go a million levels deep", () => {
    const depth = 1_000_000;
    const outline = outlined("[".repeat(depth) + "]".repeat(depth));
    // The innermost is empty, and so a row of its own.
    expect(outline.length).toBe(2 * depth - 1);
    expect(outline.depth[depth - 1]).toBe(depth - 1);
    expect(outlineJson("[".repeat(depth)).fault?.at).toBe(depth);
  });

  test.each([
    ['{"a":1,}', 7, 'there is "}" where a key in quotes should be'],
    ["[1 2]", 3, 'there is "2" where a comma or ] should be'],
    ['{"a" 1}', 5, 'there is "1" where a colon should be'],
    ["[01]", 2, 'there is "1" where a comma or ] should be'],
    ['["a', 1, "this string does not end"],
    ['["\\x"]', 3, "this escape does not exist in JSON"],
    ["{", 1, "the text ends where a key in quotes should be"],
    ["", 0, "the text ends where a value should be"],
    ["1 x", 2, 'there is "x" where nothing more should be'],
    ["\ufeff{}", 0, 'there is "\ufeff" where a value should be'],
  ])("point at the fault in %j", (text, at, message) => {
    expect(outlineJson(text).fault).toEqual({ at, message });
  });
});

describe("folding", () => {
  const foldable = spelled.chain((text) => {
    const outline = outlined(text);
    const all = Array.from({ length: outline.length }, (_, row) => row).filter((row) =>
      opens(outline, row),
    );
    return fc.tuple(
      fc.constant(outline),
      fc.subarray(all).map((rows) => new Set(rows)),
    );
  });

  test("shows exactly the rows that no folded row contains", () => {
    fc.assert(
      fc.property(foldable, ([outline, folded]) => {
        const folding = foldRows(outline, folded);
        const expected: number[] = [];
        for (let row = 0; row < outline.length; row += 1) {
          expected.push(row);
          if (folded.has(row)) row = outline.partner[row]!;
        }
        expect(folding.count).toBe(expected.length);
        expect(expected.map((_, place) => rowOf(folding, place))).toEqual(expected);
        for (const [place, row] of expected.entries()) {
          expect(placeOf(folding, outline, row)).toBe(place);
        }
        for (let row = 0; row < outline.length; row += 1) {
          const shown = rowOf(folding, placeOf(folding, outline, row));
          expect(shown <= row && row <= Math.max(shown, outline.partner[shown]!)).toBe(true);
          const open = foldRows(outline, revealed(outline, folded, row));
          expect(rowOf(open, placeOf(open, outline, row))).toBe(
            opens(outline, row) || !closes(outline, row) || !open.folded.has(outline.partner[row]!)
              ? row
              : outline.partner[row],
          );
        }
      }),
      { numRuns: 200 },
    );
  });

  test("from a depth on leaves what is above it", () => {
    const outline = outlined('{"a":{"b":[1]},"c":[[2]]}');
    expect(foldRows(outline, foldedFrom(outline, 1)).count).toBe(4);
    expect(foldRows(outline, foldedFrom(outline, 0)).count).toBe(1);
  });
});

describe("the path of a row", () => {
  test.each([
    [0, "$"],
    [1, "$.items"],
    [2, "$.items[0]"],
    [3, "$.items[1]"],
    [4, '$.items[1]["a b"]'],
    [5, "$.items[1]"],
    [7, '$["é\\""]'],
  ])("row %i is %s", (row, path) => {
    const text = '{"items":[1,{"a b":2}],"\\u00e9\\"":"}:"}';
    expect(jsonPath(text, outlined(text), row)).toBe(path);
  });

  test("of a record begins with its number", () => {
    const text = '{"a":1}\n{"a":2}';
    expect(jsonPath(text, outlineNdjson(text).outline!, 4)).toBe("$[1].a");
  });
});

describe("NDJSON", () => {
  test("lines that are JSON are read, others stand as they are, empty ones are passed over", () => {
    const text = '{"a":1}\r\n\nnot json\n[2]\n\x1e"three"\n';
    const { outline, records } = outlineNdjson(text);
    expect(records).toBe(3);
    const tops = Array.from({ length: outline!.length }, (_, row) => row)
      .filter((row) => outline!.depth[row] === 0 && !closes(outline!, row))
      .map((row) => text.slice(outline!.start[row], outline!.end[row]));
    expect(tops).toEqual(['{"a":1}', "not json", "[2]", '"three"']);
  });

  test("any values on lines of their own come back", () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { minLength: 1 }), (values) => {
        expect(outlineNdjson(values.join("\n")).records).toBe(values.length);
      }),
    );
  });
});
