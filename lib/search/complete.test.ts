import fc from "fast-check";
import { expect, test } from "vitest";
import { completeQuery } from "./complete.ts";
import { parseQuery } from "./parse.ts";

/** What each option makes of the text; `|` is the cursor. */
function completed(marked: string, seen = {}): string[] {
  const cursor = marked.indexOf("|");
  const text = marked.replace("|", "");
  const { start, end, options } = completeQuery(text, cursor, seen);
  return options.map(({ insert }) => text.slice(0, start) + insert + text.slice(end));
}

test.each<[string, string[]]>([
  ["me|", ["method:"]],
  ["a -(pa|", ["a -(path:"]],
  ["is:st|", ["is:starred"]],
  ["is:tr| a", ["is:truncated a"]],
  ["method:GET,pu|", ["method:GET,PUT"]],
  ["method:p|ost x", ["method:POST x", "method:PUT x", "method:PATCH x"]],
  ['body:"me|', []],
  ['"a b" me|', ['"a b" method:']],
  ["path:/a|", []],
  ["nothing|", []],
])("%s", (marked, expected) => {
  expect(completed(marked)).toEqual(expected);
});

test("all filters are offered where nothing is typed", () => {
  expect(completed("|").length).toBeGreaterThan(10);
});

test("what was seen comes first, quoted where it has to be", () => {
  expect(completed("path:|", { path: ["/a b", "/c"] })).toEqual(['path:"/a b"', "path:/c"]);
});

test("a whole term that is put in can be read, wherever the cursor is", () => {
  const part = fc.constantFrom(
    "method:",
    "is:",
    "size:",
    "a",
    " ",
    "type:",
    "(",
    "-",
    '"',
    "after:",
    ",",
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), fc.nat(30), (parts, at) => {
      const text = parts.join("");
      const cursor = Math.min(at, text.length);
      const { start, end, options } = completeQuery(text, cursor);
      expect(start).toBeLessThanOrEqual(end);
      expect(end).toBeLessThanOrEqual(text.length);
      for (const { insert, isWhole } of options) {
        // A value may hold what looks like another filter: the word's own one is its first.
        const name = /[-(]*([a-z]*:?)\S*$/.exec(text.slice(0, start))![1]!;
        if (isWhole) expect(parseQuery(`${name}${insert}`).ok, `${name}${insert}`).toBe(true);
      }
    }),
  );
});
