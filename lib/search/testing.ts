import fc from "fast-check";
import type { Summary } from "../contract/capture.ts";
import type { SearchRecord } from "./matches.ts";
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

const latin1 = (text: string) => Buffer.from(text).toString("latin1");

/** Text of a request's head: what was sent as UTF-8 arrives as Latin-1. */
const sentTextArbitrary = fc
  .array(wordArbitrary, { maxLength: 3 })
  .map((words) => words.join(""))
  .map(latin1);

const jsonValueArbitrary = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    wordArbitrary.map((word) => JSON.stringify(word)),
    wordArbitrary.map(
      (word) =>
        `"${Array.from({ length: word.length }, (_, i) => `\\u${word.charCodeAt(i).toString(16).padStart(4, "0")}`).join("")}"`,
    ),
    numberArbitrary,
    fc.constantFrom("true", "null", "1.0", "12e0", "9007199254740992", "[]", "{}", '"\\d"'),
    fc.array(tie("value"), { maxLength: 3 }).map((values) => `[${values.join(", ")}]`),
    fc
      .array(fc.tuple(nameArbitrary, tie("value")), { minLength: 1, maxLength: 3 })
      .map((members) => `{${members.map(([n, v]) => `${JSON.stringify(n)}: ${v}`).join(",")}}`),
  ),
})).value;

const bodyArbitrary = fc.oneof(
  { weight: 3, arbitrary: jsonValueArbitrary.map((text) => Buffer.from(text)) },
  jsonValueArbitrary.map((text) => Buffer.from(text.slice(0, -1))),
  fc.array(wordArbitrary, { maxLength: 5 }).map((words) => Buffer.from(words.join("\0"))),
  fc.array(wordArbitrary, { maxLength: 3 }).map((words) => Buffer.from(words.join(" "), "latin1")),
  fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes)),
);

/** A capture, and what its owner did with it. */
export const captureArbitrary = fc.record({
  receivedAt: fc
    .integer({ min: -5, max: 5 })
    .map((step) => new Date(BASE_MS + step * 500).toISOString()),
  method: fc.constantFrom("GET", "POST", "post", "M-SEARCH", ""),
  path: sentTextArbitrary.map((text) => `/${text}`),
  query: fc.option(sentTextArbitrary),
  contentType: fc.option(sentTextArbitrary),
  remoteIp: fc.option(
    fc.constantFrom("127.0.0.1", "127.0.0.12", "10.1.2.3", "::ffff:127.0.0.1", "2001:DB8::1", "x"),
  ),
  truncated: fc.boolean(),
  problem: fc.option(fc.constantFrom("truncated" as const, "aborted" as const)),
  rawHeaders: fc
    .array(fc.tuple(fc.constantFrom("X-A", "x-b", "Host", 'Odd"Name'), sentTextArbitrary), {
      maxLength: 3,
    })
    .map((pairs) => pairs.flat()),
  body: bodyArbitrary,
  note: fc.option(wordArbitrary),
  starred: fc.boolean(),
});

export type TestCapture = typeof captureArbitrary extends fc.Arbitrary<infer C> ? C : never;

/** The same capture as a list shows it, and as a query sees it. */
export function summaryAndRecord({ rawHeaders, body, ...capture }: TestCapture) {
  const summary: Summary = {
    ...capture,
    id: "01939c2e-6a1b-7c3d-8e4f-5a6b7c8d9e0f",
    binId: "k3v9q0w2m4x7z1a8b5c6",
    seq: 1,
    bodySize: body.length,
  };
  const headers = Array.from({ length: rawHeaders.length / 2 }, (_, i): [string, string] => [
    rawHeaders[2 * i]!,
    rawHeaders[2 * i + 1]!,
  ]);
  const record: SearchRecord = {
    ...summary,
    receivedAt: new Date(summary.receivedAt),
    headers,
    body,
  };
  return { summary, record };
}
