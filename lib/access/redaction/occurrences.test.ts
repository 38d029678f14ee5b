import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { occurrencesOf } from "./occurrences.ts";
import { BEGINNING, ValueAutomaton } from "./value-automaton.ts";

function rangesOf(values: string[], text: string): string[] | null {
  const { ranges } = occurrencesOf(new ValueAutomaton(values), text);
  if (ranges === null) return null;
  return Array.from({ length: ranges.length / 2 }, (_, i) =>
    text.slice(ranges[2 * i], ranges[2 * i + 1]),
  );
}

const hex = (byte: string, length: number) => byte.charCodeAt(0).toString(16).padStart(length, "0");

/** Ways to write an ASCII character; JSON's on a level of its own. */
const WAYS: ((character: string, level: number) => string)[] = [
  (character) => character,
  (character) => `%${hex(character, 2)}`,
  (character) => `%${hex(character, 2).toUpperCase()}`,
  (character) => `%25${hex(character, 2)}`,
  (character, level) => `${"\\".repeat(level)}u${hex(character, 4)}`,
  (character, level) => `${"%5C".repeat(level)}u${hex(character, 4)}`,
  (character) => `&#${character.charCodeAt(0)};`,
  (character) => `&#x${hex(character, 2)};`,
];

/** Neither a digit, which could go on with an escape before it, nor anything that is escaped. */
const value = fc
  .string({ minLength: 6, maxLength: 20, unit: fc.constantFrom(..."ghijkl/:=? @<>\"'é😀") })
  .map((text) => Buffer.from(text, "utf8").toString("latin1"));

describe("occurrences of values", () => {
  test("are found whichever way each byte of them is written", () => {
    const ways = fc.array(
      fc.tuple(fc.integer({ min: 0, max: WAYS.length - 1 }), fc.integer({ min: 1, max: 40 })),
      { minLength: 20, maxLength: 20 },
    );
    fc.assert(
      fc.property(value, fc.array(value, { maxLength: 5 }), ways, (sought, others, how) => {
        const written = [...sought]
          .map((character, at) => {
            const [way, level] = how[at % how.length]!;
            // Escapes of JSON are of characters, the others of bytes.
            const chosen = character > "\x7f" && way > 3 ? 1 : way;
            return WAYS[chosen]!(character, level);
          })
          .join("");
        const found = rangesOf([...others, sought], `zz${written}zz`)!;
        expect(found.join("|")).toContain(written);
      }),
      { numRuns: 2_000 },
    );
  });

  test.each([
    ["pä/ss wörd", 'x\\"p\\u00e4\\/ss w\\u00F6rd\\"', "p\\u00e4\\/ss w\\u00F6rd"],
    ["😀😀abc", "\\\\uD83D\\\\ude00😀abc", "\\\\uD83D\\\\ude00😀abc"],
    ['"abcdef"', '\\\\\\"abcdef\\\\\\"', '\\\\\\"abcdef\\\\\\"'],
    ["abc\\def", "abc\\\\\\\\def", "abc\\\\\\\\def"],
    ["a b c d", "a+b%20c d", "a+b%20c d"],
    ["a&b<c>d", "a&amp;b&lt;c&#62;d", "a&amp;b&lt;c&#62;d"],
    ["a%2Fbcd", "a%252Fbcd", "a%252Fbcd"],
  ])("%j in %j", (sought, text, shown) => {
    const bytes = (one: string) => Buffer.from(one, "utf8").toString("latin1");
    expect(rangesOf([bytes(sought)], bytes(text))).toEqual([bytes(shown)]);
  });

  test("that overlap are one, and those that touch are two", () => {
    expect(rangesOf(["abcdef", "defghij", "bcd"], "-abcdefghij-")).toEqual(["abcdefghij"]);
    expect(rangesOf(["abcdef", "cdef", "ghijkl"], "-abcdefghijkl-")).toEqual(["abcdef", "ghijkl"]);
  });

  test("of no value but those that there are", () => {
    expect(rangesOf(["abcdef", "ghijkl"], "abcdegabcde%66x abcde\\fghijk")).toEqual(["abcde%66"]);
    expect(rangesOf(["\\\\\\\\\\\\"], "\\\\ \\\\\\\\\\\\\\")).toEqual([]);
  });

  test("of a very long value cannot all be told: its beginning hides a text whole", () => {
    const long = Array.from({ length: BEGINNING }, (_, at) => at).join("");
    expect(rangesOf([long], `-${long.slice(0, BEGINNING + 10)}`)).toBe(null);
    expect(rangesOf([long], `-${long.slice(0, BEGINNING - 10)}`)).toEqual([]);
  });
});

/** Values and what to repeat, made to be compared again and again at each byte. */
const WORST: [string, string[], string][] = [
  ["a letter, and values that nearly are", [`${"a".repeat(4_000)}b`], "a"],
  ["many such", Array.from({ length: 300 }, (_, i) => `${"a".repeat(200 + i)}b`), "a"],
  ["all of which is found", ["aaaaaa", "a".repeat(4_000)], "a"],
  ["percent-encoded", ["/".repeat(4_000)], "%2f"],
  [
    "percent-encoded, as values have it",
    [`${"%2f".repeat(1_300)}x`, `${"/".repeat(3_000)}x`],
    "%2f",
  ],
  ["percent-encoded again and again", ["%25".repeat(1_000), "%".repeat(3_000), "2525255"], "%25"],
  ["percents", ["%".repeat(3_000)], "%25%%2525"],
  ["backslashes", ["\\a\\a\\a\\a", "\\u005c", "a\\\\\\"], "\\"],
  ["backslashes in an address", ["\\5c\\5c\\5c", "5c%5c%5c%"], "%5c"],
  ["escaped quotes", ['"'.repeat(3_000), '\\"'.repeat(1_000)], '\\"'],
  ["escaped letters", ["A".repeat(3_000), "\\u0041".repeat(600)], "\\u0041"],
  ["pluses", [`${"+ ".repeat(2_000)}x`, `${" ".repeat(2_000)}x`, `${"+".repeat(3_000)}x`], "+"],
  ["entities", ["&".repeat(3_000), "&amp;".repeat(800), "amp;&amp;"], "&amp;"],
];

test.each(WORST)("the worst is no more work for each byte than any: %s", (_, values, unit) => {
  const automaton = new ValueAutomaton(values);
  const stepsFor = (size: number) =>
    occurrencesOf(automaton, unit.repeat(size / unit.length)).steps / size;
  const [short, long] = [stepsFor(30_000), stepsFor(480_000)];
  expect(long).toBeLessThan(1.5 * short + 1);
  expect(long).toBeLessThan(45);
});
