import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseQuery } from "./parse.ts";
import { printQuery } from "./print.ts";
import { type Node, QUERY_MAX_LENGTH, type Query } from "./query.ts";
import { queryArbitrary } from "./testing.ts";

function parsed(text: string): Query {
  const result = parseQuery(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`);
  return result.query;
}

/** The tree without its places. */
function bare(node: Node): unknown {
  return JSON.parse(
    JSON.stringify(node, (key, value) => (key === "start" || key === "end" ? undefined : value)),
  );
}

const nodes = (text: string) => (bare(parsed(text)) as { nodes: unknown[] }).nodes;

describe("a term", () => {
  test.each([
    ["hello", { kind: "text", text: "hello" }],
    ['"two words"', { kind: "text", text: "two words" }],
    ['"a \\"quote\\" \\\\ \\n \\u00e9"', { kind: "text", text: 'a "quote" \\ \n é' }],
    ['{"action":', { kind: "text", text: '{"action":' }],
    ["https://example.com/a?b=c", { kind: "text", text: "https://example.com/a?b=c" }],
    ["12:30", { kind: "text", text: "12:30" }],
    ["f(x)", { kind: "text", text: "f(x)" }],
    ["or", { kind: "text", text: "or" }],
    ["method:post", { kind: "method", methods: ["POST"] }],
    ["METHOD:get,Put", { kind: "method", methods: ["GET", "PUT"] }],
    ['method:""', { kind: "method", methods: [""] }],
    ["path:/a", { kind: "field", field: "path", operator: "contains", texts: ["/a"] }],
    ["path:=/a", { kind: "field", field: "path", operator: "is", texts: ["/a"] }],
    ['path:"=/a b"', { kind: "field", field: "path", operator: "contains", texts: ["=/a b"] }],
    ["body:a:b=c", { kind: "field", field: "body", operator: "contains", texts: ["a:b=c"] }],
    ['body:=""', { kind: "field", field: "body", operator: "is", texts: [""] }],
    [
      "type:json,xml",
      { kind: "field", field: "type", operator: "contains", texts: ["json", "xml"] },
    ],
    ["note:x", { kind: "field", field: "note", operator: "contains", texts: ["x"] }],
    ["header:X-Id", { kind: "header", name: "x-id", operator: "exists", value: "" }],
    ["header:X-Id=a=b", { kind: "header", name: "x-id", operator: "is", value: "a=b" }],
    ['header:x~"a b"', { kind: "header", name: "x", operator: "contains", value: "a b" }],
    ['header:"x=y"=""', { kind: "header", name: "x=y", operator: "is", value: "" }],
    ["json:$.action=opened", { kind: "json", path: ["action"], operator: "=", value: "opened" }],
    [
      'json:$.a.b[0]["c d"][*].*~x',
      {
        kind: "json",
        path: ["a", "b", 0, "c d", { any: true }, { any: true }],
        operator: "~",
        value: "x",
      },
    ],
    ["json:a.b", { kind: "json", path: ["a", "b"], operator: "exists", value: "" }],
    ["json:$", { kind: "json", path: [], operator: "exists", value: "" }],
    ["json:$.n>=-1.5e3", { kind: "json", path: ["n"], operator: ">=", value: "-1.5e3" }],
    ["ip:10.0.0.0/8,::1", { kind: "ip", addresses: ["10.0.0.0/8", "::1"] }],
    ["size:>10k", { kind: "size", min: 10_241, max: null }],
    ["size:<=1.5MB", { kind: "size", min: null, max: 1_572_864 }],
    ["size:1k..2KiB", { kind: "size", min: 1024, max: 2048 }],
    ["size:=0", { kind: "size", min: 0, max: 0 }],
    ["after:10m", { kind: "time", relation: "after", when: { agoMs: 600_000 } }],
    [
      "before:2026-11-21",
      { kind: "time", relation: "before", when: { ms: Date.UTC(2026, 10, 21) } },
    ],
    [
      "after:2026-11-21T14:05+02:00",
      { kind: "time", relation: "after", when: { ms: Date.UTC(2026, 10, 21, 12, 5) } },
    ],
    ["is:Starred", { kind: "is", mark: "starred" }],
  ])("%s", (text, expected) => {
    expect(nodes(text)).toEqual([expected]);
  });
});

describe("together", () => {
  const a = { kind: "text", text: "a" };
  const b = { kind: "text", text: "b" };
  const c = { kind: "text", text: "c" };
  test.each<[string, unknown[]]>([
    ["", []],
    ["  ", []],
    [" a  b ", [a, b]],
    ["a AND b", [a, b]],
    ["-a", [{ kind: "not", node: a }]],
    ["NOT a b", [{ kind: "not", node: a }, b]],
    ["a b OR c", [{ kind: "or", nodes: [{ kind: "and", nodes: [a, b] }, c] }]],
    ["a (b OR c)", [a, { kind: "or", nodes: [b, c] }]],
    ["-(a b)", [{ kind: "not", node: { kind: "and", nodes: [a, b] } }]],
    ["((a))", [a]],
    ["(a)(b)", [a, b]],
  ])("%s", (text, expected) => {
    expect(nodes(text)).toEqual(expected);
  });
});

describe("an error points at its place", () => {
  test.each([
    ["a metod:GET", "metod:", "Did you mean method:?"],
    ["a whatever:1", "whatever:", "There are method:"],
    ["method: a", "method:", "like method:POST"],
    ['a "open', '"open', "This quote is not closed"],
    ['"a\\d"', "\\d", "Write \\\\ for a \\"],
    ['"a"b', "b", "Put a space after"],
    ["is:stared", "stared", "starred, problem, truncated"],
    ["size:big", "big", "size:>10k"],
    ["size:9..1", "9..1", "the smaller size first"],
    ["size:<0", "<0", "size:0"],
    ["after:2026-02-31", "2026-02-31", "2026-11-21T14:05"],
    ["before:soon", "soon", "10m"],
    ["json:$.a!=1", "!=1", "-json:$.a=value"],
    ["json:$..a", "..", "Write a name after the dot"],
    ["json:$[x]", "[x", "[0], [*]"],
    ["json:$.a>b", "b", "Write a number after >"],
    ["header:=x", "header:=", "header:x-github-event=push"],
    ["ip:banana", "banana", "192.0.2.0/24"],
    ["method:a,,b", ",", "each side of the comma"],
    ["(a", "(", "not closed"],
    ["a)", ")", "remove it"],
    ["()", "()", "between the parentheses"],
    ["OR a", "OR", "before OR"],
    ["a OR", "OR", "another term after OR"],
    ["a AND OR b", "AND", "each side of AND"],
    ["- a", "-", "right after the minus"],
    ["--data", "--data", "use quotes"],
    ["a\0", "\0", "Remove this"],
    ['"\\ud800"', '"\\ud800"', "surrogate"],
    ["(".repeat(30), "(", "at most"],
    [Array(51).fill("a").join(" "), "a", "at most 50 terms"],
  ])("%j", (text, place, remedy) => {
    const result = parseQuery(text);
    if (result.ok) throw new Error("it was read");
    const { start, end, message } = result.error;
    expect(text.slice(start, end)).toBe(place);
    expect(message).toContain(remedy);
  });

  test("a query that is too long", () => {
    const result = parseQuery("a".repeat(QUERY_MAX_LENGTH + 5));
    expect(result).toMatchObject({ ok: false, error: { start: 1000, end: 1005 } });
  });

  test.each(["method:", 'body:"a', "a OR", "(a", "json:$.", "-", "is:star", "header:x="])(
    "%s is only incomplete",
    (text) => {
      expect(parseQuery(text)).toMatchObject({ ok: false, error: { incomplete: true } });
    },
  );
});

/** Text that is likely to be nearly right. */
const nearlyQuery = fc
  .array(
    fc.constantFrom(
      ..."method: path:= header: json:$ json:$.a body: size: after: before: is: ip: type: OR AND NOT -".split(
        " ",
      ),
      ...[
        '"',
        "\\",
        "(",
        ")",
        "[",
        "]",
        ".",
        ",",
        "=",
        "~",
        ">",
        "..",
        "10",
        "k",
        "a",
        " ",
        "é",
        "\\u00",
        "😀",
      ],
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(""));

const anyText = fc.oneof(nearlyQuery, fc.string({ unit: "binary" }), fc.string());

function places(node: Node): { start: number; end: number }[] {
  const children = node.kind === "not" ? [node.node] : "nodes" in node ? node.nodes : [];
  return [node, ...children.flatMap(places)];
}

test("whatever is typed: no throw, and every place is in the text", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const result = parseQuery(text);
      for (const { start, end } of result.ok ? places(result.query) : [result.error]) {
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      }
      if (!result.ok) expect(result.error.message).not.toBe("");
    }),
    { numRuns: 3_000 },
  );
});

test("what is printed reads as the same query", () => {
  fc.assert(
    fc.property(queryArbitrary, (query) => {
      const text = printQuery(query);
      fc.pre(text.length <= QUERY_MAX_LENGTH);
      expect(bare(parsed(text))).toEqual(bare(query));
    }),
    { numRuns: 2_000 },
  );
});

test("what is read and printed reads as the same query", () => {
  fc.assert(
    fc.property(nearlyQuery, (text) => {
      const result = parseQuery(text);
      fc.pre(result.ok);
      if (result.ok) expect(bare(parsed(printQuery(result.query)))).toEqual(bare(result.query));
    }),
    { numRuns: 3_000 },
  );
});
