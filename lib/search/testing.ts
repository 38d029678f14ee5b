import fc from "fast-check";
import { MARKS, type Node, type Query, TEXT_FIELDS } from "./query.ts";

/** Random queries and captures that share a small vocabulary, so that they meet often. */

const WORDS = [
  "a",
  "A",
  "abc",
  "aBc",
  "é",
  "É",
  "ß",
  "0",
  "000",
  "303",
  "\\",
  "%",
  "_",
  '"',
  "x y",
  "true",
  "u",
  "\\u",
  "[",
  "12",
  "opened",
  "/",
  "日本",
  "😀",
  "n",
  "\n",
];

export const wordArbitrary = fc
  .oneof(
    { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
    fc.string({ unit: "grapheme", minLength: 1, maxLength: 4 }),
  )
  .filter((text) => !/\0|\p{Surrogate}/u.test(text) && text !== "");

const placed = { start: 0, end: 0 };
const nameArbitrary = fc.constantFrom("action", "a", "x-id", "b c", "é", "A", "/");
const numberArbitrary = fc.constantFrom("0", "1", "-1", "12", "1.50", "1e2", "9007199254740993");

const sizeArbitrary = fc
  .tuple(fc.nat(40), fc.nat(40), fc.constantFrom("min", "max", "both", "is"))
  .map(([a, b, which]) => {
    if (which === "is") return { min: a, max: a };
    const range = { min: Math.min(a, b), max: Math.max(a, b) + 1 };
    return { min: which === "max" ? null : range.min, max: which === "min" ? null : range.max };
  });

/** Around the moments of `recordArbitrary`. */
export const BASE_MS = Date.UTC(2026, 10, 21, 12);

const whenArbitrary = fc.oneof(
  fc.integer({ min: -5, max: 5 }).map((step) => ({ ms: BASE_MS + step * 500 })),
  fc.integer({ min: 0, max: 10 }).map((seconds) => ({ agoMs: seconds * 1_000 })),
);

const term = <T extends object>(arbitrary: fc.Arbitrary<T>) =>
  arbitrary.map((value) => ({ ...value, ...placed }));

export const termArbitrary = fc.oneof(
  term(fc.record({ kind: fc.constant("text" as const), text: wordArbitrary })),
  term(
    fc.record({
      kind: fc.constant("method" as const),
      methods: fc.array(fc.constantFrom("GET", "POST", "M-SEARCH", ""), {
        minLength: 1,
        maxLength: 2,
      }),
    }),
  ),
  term(
    fc
      .record({
        kind: fc.constant("field" as const),
        field: fc.constantFrom(...TEXT_FIELDS),
        operator: fc.constantFrom("contains" as const, "is" as const),
        texts: fc.array(wordArbitrary, { minLength: 1, maxLength: 2 }),
      })
      .map((value) => ({
        ...value,
        texts: value.field === "type" ? value.texts : value.texts.slice(0, 1),
      })),
  ),
  term(
    fc.record({
      kind: fc.constant("ip" as const),
      addresses: fc.array(
        fc.constantFrom(
          "127.0.0.1",
          "127.",
          "10.0.0.0/8",
          "2001:db8::1",
          "2001:db8::/32",
          "::ffff:127.0.0.1",
        ),
        { minLength: 1, maxLength: 2 },
      ),
    }),
  ),
  term(
    fc
      .record({
        kind: fc.constant("header" as const),
        name: fc.constantFrom("x-a", "x-b", "host", 'odd"name'),
        operator: fc.constantFrom("exists" as const, "is" as const, "contains" as const),
        value: wordArbitrary,
      })
      .map((value) => ({ ...value, value: value.operator === "exists" ? "" : value.value })),
  ),
  term(
    fc
      .record({
        kind: fc.constant("json" as const),
        path: fc.array(fc.oneof(nameArbitrary, fc.nat(2), fc.constant({ any: true } as const)), {
          maxLength: 3,
        }),
        operator: fc.constantFrom(...(["exists", "=", "~", ">", ">=", "<", "<="] as const)),
        text: fc.oneof(wordArbitrary, numberArbitrary),
        number: numberArbitrary,
      })
      .map(({ text, number, ...value }) => {
        if (value.operator === "exists") return { ...value, value: "" };
        return { ...value, value: /[<>]/.test(value.operator) ? number : text };
      }),
  ),
  term(sizeArbitrary.map((range) => ({ kind: "size" as const, ...range }))),
  term(
    fc.record({
      kind: fc.constant("time" as const),
      relation: fc.constantFrom("after" as const, "before" as const),
      when: whenArbitrary,
    }),
  ),
  term(fc.record({ kind: fc.constant("is" as const), mark: fc.constantFrom(...MARKS) })),
);

const { node: nodeArbitrary } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: termArbitrary as fc.Arbitrary<Node> },
    tie("node").map((node): Node => ({ kind: "not", node, ...placed })),
    fc
      .tuple(
        fc.constantFrom("and" as const, "or" as const),
        fc.array(tie("node"), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, nodes]): Node => ({ kind, nodes, ...placed })),
  ),
}));

export const queryArbitrary: fc.Arbitrary<Query> = fc
  .array(nodeArbitrary, { maxLength: 3 })
  .map((nodes) => ({ kind: "and", nodes, ...placed }));
