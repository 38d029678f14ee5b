import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareMessages, isSameBody } from "./compare-messages.ts";
import type { PairRow } from "./compare-pairs.ts";
import type { Message } from "./message.ts";

const encoder = new TextEncoder();

function message(change: Partial<Message> & { text?: string; type?: string } = {}): Message {
  const { text = "", type = null, ...rest } = change;
  return {
    line: [
      { label: "Method", text: "POST" },
      { label: "Path", text: "/orders" },
    ],
    query: null,
    headers: [],
    trailers: [],
    body: { bytes: encoder.encode(text), contentType: type, truncated: false },
    ...rest,
  };
}

const said = (rows: PairRow[]) =>
  rows.map(({ kind, left, right, notes }) => {
    const text = (side: PairRow["left"]) =>
      side &&
      `${side.name.map((segment) => segment.text).join("")}=${side.value?.map(({ text }) => text).join("")}`;
    return [kind, text(left), text(right), ...notes];
  });

const headersOf = (left: [string, string][], right: [string, string][]) =>
  said(compareMessages(message({ headers: left }), message({ headers: right })).headers);

describe("headers", () => {
  test("added, removed, changed, and the case of a name", () => {
    expect(
      headersOf(
        [
          ["Host", "a"],
          ["X-Old", "1"],
          ["User-Agent", "curl/8.0"],
        ],
        [
          ["host", "a"],
          ["User-Agent", "curl/8.1"],
          ["X-New", "1"],
        ],
      ),
    ).toEqual([
      ["changed", "Host=a", "host=a", "name in another case"],
      ["removed", "X-Old=1", null],
      ["changed", "User-Agent=curl/8.0", "User-Agent=curl/8.1"],
      ["added", null, "X-New=1"],
    ]);
  });

  test("of duplicates the equal ones belong together", () => {
    expect(
      headersOf(
        [
          ["Via", "a"],
          ["Via", "b"],
        ],
        [["via", "b"]],
      ),
    ).toEqual([
      ["removed", "Via=a", null],
      ["changed", "Via=b", "via=b", "name in another case"],
    ]);
  });

  test("of a new order, only what moved is said to have", () => {
    const [a, b, c] = [
      ["A", "1"],
      ["B", "2"],
      ["C", "3"],
    ] as [string, string][];
    expect(headersOf([a!, b!, c!], [c!, a!, b!])).toEqual([
      ["same", "A=1", "A=1"],
      ["same", "B=2", "B=2"],
      ["changed", "C=3", "C=3", "moved from place 3 to 1"],
    ]);
  });
});

test("a query is compared by parameter, as it was sent", () => {
  const { query } = compareMessages(
    message({ query: "a=1+2&b&c=3" }),
    message({ query: "c=3&a=1%202" }),
  );
  expect(said(query)).toEqual([
    ["changed", "a=1+2", "a=1%202", "moved from place 1 to 2", "same when decoded"],
    ["removed", "b=undefined", null],
    ["same", "c=3", "c=3"],
  ]);
});

const names = fc.constantFrom("Host", "host", "Via", "via", "X-A", "Accept");
const headers = fc.array(fc.tuple(names, fc.string()), { maxLength: 12 });
const messages = fc
  .record({ query: fc.option(fc.string()), headers, trailers: headers, bytes: fc.uint8Array() })
  .map(({ bytes, ...rest }) =>
    message({ ...rest, body: { bytes, contentType: null, truncated: false } }),
  );

test("a message does not differ from itself", () => {
  fc.assert(
    fc.property(messages, (one) => {
      const { line, query, headers: shown, trailers, body } = compareMessages(one, one);
      const isSame = ({ kind }: PairRow) => kind === "same";
      return (
        line.every((row) => row.isSame) &&
        [query, shown, trailers].every((rows) => rows.every(isSame)) &&
        isSameBody(body)
      );
    }),
  );
});

test("each header of either side is in the comparison once, and the marks leave its text whole", () => {
  fc.assert(
    fc.property(headers, headers, (left, right) => {
      const rows = compareMessages(message({ headers: left }), message({ headers: right })).headers;
      const text = (side: "left" | "right") =>
        rows
          .flatMap((row) => (row[side] ? [row[side]] : []))
          .map(({ name, value }) =>
            [name, value ?? []].map((s) => s.map(({ text }) => text).join("")),
          )
          .sort();
      expect(text("left")).toEqual(left.map(([name, value]) => [name, value]).sort());
      expect(text("right")).toEqual(right.map(([name, value]) => [name, value]).sort());
    }),
  );
});

describe("bodies are compared as what they are", () => {
  const kindOf = (left: string, right: string, type?: string) =>
    compareMessages(message({ text: left, type }), message({ text: right, type })).body.kind;

  test.each([
    ["", "", undefined, "empty"],
    ["x", "x", undefined, "identical"],
    ['{"a":1}', '{ "a": 1 }', undefined, "json"],
    ['{"a":1}', "a", undefined, "text"],
    ["a=1", "a=2", "application/x-www-form-urlencoded", "form"],
    ["a\n", "b\n", "text/plain", "text"],
    ["a\0", "b\0", "text/plain", "bytes"],
  ])("%j and %j: %s, %s", (left, right, type, kind) => {
    expect(kindOf(left, right, type)).toBe(kind);
  });

  test("bytes that are not text by the first that differs", () => {
    const left = Uint8Array.from({ length: 100 }, () => 0xff);
    const right = left.with(40, 0);
    const of = (bytes: Uint8Array) =>
      message({ body: { bytes, contentType: "image/png", truncated: false } });
    const { body } = compareMessages(of(left), of(right));
    expect(body).toMatchObject({ kind: "bytes", bytes: { first: 40, differing: 1 } });
    const shorter = compareMessages(of(left), of(left.subarray(0, 10))).body;
    expect(shorter).toMatchObject({ kind: "bytes", bytes: { first: 10, differing: 90 } });
  });
});
