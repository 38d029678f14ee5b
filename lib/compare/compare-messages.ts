import type { HeaderPair } from "../contract/reply.ts";
import { type BodyComparison, compareBody, compareParameters } from "./compare-body.ts";
import { comparePairs, type PairRow } from "./compare-pairs.ts";
import { markChanges, type Segment } from "./mark-changes.ts";
import type { LinePart, Message } from "./message.ts";

export type LineRow = { label: string; isSame: boolean; left: Segment[]; right: Segment[] };

export type Comparison = {
  line: LineRow[];
  query: PairRow[];
  headers: PairRow[];
  trailers: PairRow[];
  body: BodyComparison;
};

const pairs = (headers: readonly HeaderPair[]) => headers.map(([name, value]) => ({ name, value }));

function compareHeaders(left: readonly HeaderPair[], right: readonly HeaderPair[]): PairRow[] {
  // RFC 9110 5.1: names are the same in any case. That the case differs is said.
  return comparePairs(pairs(left), pairs(right), { key: (name) => name.toLowerCase() });
}

function compareLine(left: readonly LinePart[], right: readonly LinePart[]): LineRow[] {
  const labels = [...new Set([...left, ...right].map(({ label }) => label))];
  return labels.map((label) => {
    const of = (parts: readonly LinePart[]) =>
      parts.find((part) => part.label === label)?.text ?? "";
    const [before, after] = [of(left), of(right)];
    return { label, isSame: before === after, ...markChanges(before, after) };
  });
}

/** Everything that was sent: the first line, the query, headers, trailers and body. */
export function compareMessages(left: Message, right: Message): Comparison {
  return {
    line: compareLine(left.line, right.line),
    query: compareParameters(left.query ?? "", right.query ?? ""),
    headers: compareHeaders(left.headers, right.headers),
    trailers: compareHeaders(left.trailers, right.trailers),
    body: compareBody(left.body, right.body),
  };
}

/** Whether a body is the same by what it was compared by: JSON in another order is. */
export function isSameBody(body: BodyComparison): boolean {
  switch (body.kind) {
    case "empty":
    case "identical":
      return true;
    case "json":
    case "text":
      return body.diff.differences === 0;
    case "form":
      return body.rows.every(({ kind }) => kind === "same");
    case "bytes":
      return false;
  }
}
