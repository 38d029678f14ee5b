import type { CaptureProblem } from "../contract/capture.ts";
import type { HeaderPair } from "../contract/reply.ts";
import { bytesContain, bytesEqual, byteVariants, lowerAscii, textVariants } from "./ascii.ts";
import { compareDecimals, parseDecimal } from "./decimal.ts";
import { findJson, type JsonFound } from "./find-json.ts";
import { ipMatcher } from "./ip-address.ts";
import type { Mark, Node, Term, TextField, TextOperator } from "./query.ts";

/** What a query can ask about a capture. */
export type SearchRecord = {
  id: string;
  receivedAt: Date;
  method: string;
  path: string;
  query: string | null;
  contentType: string | null;
  remoteIp: string | null;
  bodySize: number;
  truncated: boolean;
  problem: CaptureProblem | null;
  note: string | null;
  starred: boolean;
  headers: readonly HeaderPair[];
  body: Uint8Array;
};

export type Matcher = (record: SearchRecord) => boolean;

/**
 * The one definition of what a query means. Make it once for many records.
 *
 * @param now in milliseconds: what `after:10m` counts from
 */
export function matcher(node: Node, now: number): Matcher {
  switch (node.kind) {
    case "and": {
      const all = node.nodes.map((child) => matcher(child, now));
      return (record) => all.every((one) => one(record));
    }
    case "or": {
      const any = node.nodes.map((child) => matcher(child, now));
      return (record) => any.some((one) => one(record));
    }
    case "not": {
      const one = matcher(node.node, now);
      return (record) => !one(record);
    }
    default:
      return termMatcher(node, now);
  }
}

/** Whether one capture matches. */
export function matches(query: Node, record: SearchRecord, now: number): boolean {
  return matcher(query, now)(record);
}

function termMatcher(term: Term, now: number): Matcher {
  switch (term.kind) {
    case "text":
      return anywhereMatcher(term.text);
    case "method": {
      const methods = new Set(term.methods.map(lowerAscii));
      return (record) => methods.has(lowerAscii(record.method));
    }
    case "field": {
      const any = term.texts.map((text) => fieldMatcher(term.field, term.operator, text));
      return (record) => any.some((one) => one(record));
    }
    case "ip": {
      const any = term.addresses.map(ipMatcher);
      return ({ remoteIp }) => remoteIp !== null && any.some((one) => one(remoteIp));
    }
    case "header": {
      const { name, operator, value } = term;
      const isValue = operator === "exists" ? () => true : textMatcher(operator, value);
      return ({ headers }) =>
        headers.some(([given, text]) => lowerAscii(given) === name && isValue(text));
    }
    case "json": {
      const isWanted = jsonMatcher(term);
      return ({ body }) => findJson(body, term.path, isWanted);
    }
    case "size": {
      const { min, max } = term;
      return ({ bodySize }) =>
        (min === null || bodySize >= min) && (max === null || bodySize <= max);
    }
    case "time": {
      const ms = "ms" in term.when ? term.when.ms : now - term.when.agoMs;
      return term.relation === "after"
        ? ({ receivedAt }) => receivedAt.getTime() >= ms
        : ({ receivedAt }) => receivedAt.getTime() < ms;
    }
    case "is":
      return markMatcher(term.mark);
  }
}

function textMatcher(operator: TextOperator, text: string): (value: string) => boolean {
  const variants = textVariants(text);
  return operator === "is"
    ? (value) => variants.includes(lowerAscii(value))
    : (value) => {
        const lower = lowerAscii(value);
        return variants.some((variant) => lower.includes(variant));
      };
}

function bodyMatcher(operator: TextOperator, text: string): Matcher {
  const variants = byteVariants(text);
  const isMatch = operator === "is" ? bytesEqual : bytesContain;
  return ({ body }) => variants.some((variant) => isMatch(body, variant));
}

const COLUMNS: Record<Exclude<TextField, "body">, (record: SearchRecord) => string | null> = {
  path: (record) => record.path,
  query: (record) => record.query,
  type: (record) => record.contentType,
  note: (record) => record.note,
};

/** What is not there is like what is empty. */
function fieldMatcher(field: TextField, operator: TextOperator, text: string): Matcher {
  if (field === "body") return bodyMatcher(operator, text);
  const column = COLUMNS[field];
  const isMatch = textMatcher(operator, text);
  return (record) => isMatch(column(record) ?? "");
}

/** Plain text: in the target, a header's name or value, the body, the note, or the id. */
function anywhereMatcher(text: string): Matcher {
  const isPart = textMatcher("contains", text);
  const isInBody = bodyMatcher("contains", text);
  return (record) =>
    isPart(record.query === null ? record.path : `${record.path}?${record.query}`) ||
    record.headers.some(([name, value]) => isPart(name) || isPart(value)) ||
    isPart(record.note ?? "") ||
    isPart(record.id) ||
    isInBody(record);
}

function jsonMatcher(term: Term & { kind: "json" }): (found: JsonFound) => boolean {
  const { operator, value } = term;
  if (operator === "exists") return () => true;
  const wanted = lowerAscii(value);
  if (operator === "~") {
    return ({ text }) => text !== null && lowerAscii(text).includes(wanted);
  }
  const number = parseDecimal(value);
  const compare = (found: JsonFound): number | null => {
    const given = found.type === "number" && number ? parseDecimal(found.text) : null;
    return given && number ? compareDecimals(given, number) : null;
  };
  switch (operator) {
    case "=":
      return (found) =>
        (found.text !== null && lowerAscii(found.text) === wanted) || compare(found) === 0;
    case ">":
      return (found) => (compare(found) ?? 0) > 0;
    case ">=":
      return (found) => (compare(found) ?? -1) >= 0;
    case "<":
      return (found) => (compare(found) ?? 0) < 0;
    case "<=":
      return (found) => (compare(found) ?? 1) <= 0;
  }
}

function markMatcher(mark: Mark): Matcher {
  switch (mark) {
    case "starred":
      return ({ starred }) => starred;
    case "problem":
      return ({ problem }) => problem !== null;
    case "truncated":
      return ({ truncated }) => truncated;
    default:
      return ({ problem }) => problem === mark;
  }
}
