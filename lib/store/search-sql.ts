import { byteVariants, lowerAscii, textVariants } from "../search/ascii.ts";
import { parseDecimal } from "../search/decimal.ts";
import { parseIp, parseNetwork } from "../search/ip-address.ts";
import type { JsonStep, Mark, Node, Term, TextField, TextOperator } from "../search/query.ts";
import type { Database } from "./database-url.ts";

/**
 * A condition that holds for every capture that matches. `exact`: for no other one; else the
 * matcher of `lib/search` has to look at what it leaves.
 */
export type Condition = { sql: string; exact: boolean };

/** Builds conditions; every value that a person typed becomes a parameter of the statement. */
export type SearchSql = {
  args: unknown[];
  bind(value: unknown): string;
  condition(node: Node): Condition;
};

const ALL: Condition = { sql: "TRUE", exact: false };

const exactly = (sql: string): Condition => ({ sql, exact: true });
const anyOf = (parts: string[]) => `(${parts.join(" OR ")})`;

function combined(sign: "AND" | "OR", parts: Condition[]): Condition {
  const exact = parts.every((part) => part.exact);
  return { sql: `(${parts.map((part) => part.sql).join(` ${sign} `)})`, exact };
}

/** What a byte becomes in PostgreSQL's `encode(…, 'escape')`. */
function escapedByte(byte: number): string {
  if (byte === 0x5c) return "\\\\";
  const isPlain = byte !== 0 && byte < 0x80;
  return isPlain ? String.fromCharCode(byte) : `\\${byte.toString(8).padStart(3, "0")}`;
}

/** Where an escape could be mistaken for it: only a match that begins within one is wrong. */
const isAmbiguous = (escaped: string) => /^[\\0-7]/.test(escaped);

/** A JSON text holds these as they are, or as `\u` and a code. */
const isVerbatimInJson = (text: string) => !/["\\/\uFFFD]|\p{Cc}/u.test(text);

export function searchSql(provider: Database["provider"], now: number): SearchSql {
  const isPostgresql = provider === "postgresql";
  const args: unknown[] = [];
  const bind = (value: unknown): string => {
    args.push(value);
    return isPostgresql ? `$${args.length}` : "?";
  };

  // Letters A–Z alone: SQLite's `lower` knows no others, PostgreSQL's in the collation "C" neither.
  const lower = isPostgresql
    ? (text: string) => `lower(${text} COLLATE "C")`
    : (text: string) => `lower(${text})`;
  const find = isPostgresql ? "strpos" : "instr";
  const contains = (text: string, part: string) => `${find}(${lower(text)}, ${bind(part)}) > 0`;

  const textCondition = (column: string, operator: TextOperator, text: string): string => {
    const variants = textVariants(text);
    if (operator === "contains") return anyOf(variants.map((part) => contains(column, part)));
    return `${lower(column)} IN (${variants.map(bind).join(", ")})`;
  };

  // SQLite reads bytes as text without looking at them, and goes by bytes again to find some.
  const lowerBody = isPostgresql
    ? lower(`encode("body", 'escape')`)
    : `CAST(lower(CAST("body" AS TEXT)) AS BLOB)`;

  const bodyCondition = (operator: TextOperator, text: string): Condition => {
    const variants = byteVariants(text);
    if (variants.length === 0) return exactly("FALSE");
    const values = isPostgresql
      ? variants.map((bytes) => Array.from(bytes, escapedByte).join(""))
      : variants.map((bytes) => Buffer.from(bytes));
    if (operator === "is") {
      const sizes = variants.map((bytes) => bytes.length).join(", ");
      return exactly(
        `("bodySize" IN (${sizes}) AND ${lowerBody} IN (${values.map(bind).join(", ")}))`,
      );
    }
    const sql = anyOf(values.map((value) => `${find}(${lowerBody}, ${bind(value)}) > 0`));
    return { sql, exact: !values.some((value) => typeof value === "string" && isAmbiguous(value)) };
  };

  const bodyHasBytes = (text: string): string => {
    const bytes = bind(Buffer.from(text));
    return isPostgresql
      ? `position(CAST(${bytes} AS BYTEA) IN "body") > 0`
      : `instr("body", ${bytes}) > 0`;
  };

  /** The rarest part of the term that a matching body holds as it is, unless it has a `\u`. */
  const jsonCondition = ({ path, operator, value }: Term & { kind: "json" }): Condition => {
    const isText = (operator === "=" && !parseDecimal(value)) || operator === "~";
    const name = path.findLast((step: JsonStep): step is string => typeof step === "string");
    const parts: string[] = [];
    if (name && isVerbatimInJson(name)) parts.push(bodyHasBytes(name));
    if (isText && value !== "" && isVerbatimInJson(value)) {
      // A whole string stands in quotes.
      const isString = operator === "=" && !/^(true|false|null)$/i.test(value);
      parts.push(bodyCondition("contains", isString ? `"${value}"` : value).sql);
    }
    if (parts.length === 0) return ALL;
    return { sql: `((${parts.join(" AND ")}) OR ${bodyHasBytes("\\u")})`, exact: false };
  };

  /** Headers are kept as JSON, so a value is sought as JSON writes it. */
  const headersContain = (text: string, isWhole: boolean): string => {
    const parts = textVariants(text).map((variant) => JSON.stringify(variant));
    return anyOf(parts.map((part) => contains('"headers"', isWhole ? part : part.slice(1, -1))));
  };

  const headerCondition = ({ name, operator, value }: Term & { kind: "header" }): Condition => {
    const names = contains('"headers"', JSON.stringify(lowerAscii(name)));
    if (operator === "exists") return { sql: names, exact: false };
    return { sql: `(${names} AND ${headersContain(value, operator === "is")})`, exact: false };
  };

  const anywhereCondition = (text: string): Condition => {
    const target = `"path" || CASE WHEN "query" IS NULL THEN '' ELSE '?' || "query" END`;
    const columns = [`(${target})`, `coalesce("note", '')`, '"id"'];
    const parts = columns.map((column) => textCondition(column, "contains", text));
    const sql = anyOf([...parts, headersContain(text, false), bodyCondition("contains", text).sql]);
    return { sql, exact: false };
  };

  const addressCondition = (address: string): Condition => {
    if (parseNetwork(address) || parseIp(address)) return ALL;
    const start = `substr(lower("remoteIp"), 1, ${address.length})`;
    return exactly(`(${start} = ${bind(address)})`);
  };

  const sizeCondition = ({ min, max }: Term & { kind: "size" }): Condition => {
    // Beyond what the column can hold.
    if (min !== null && min > 0x7fff_ffff) return exactly("FALSE");
    const bounds = [
      ...(min === null ? [] : [`"bodySize" >= ${bind(min)}`]),
      ...(max === null ? [] : [`"bodySize" <= ${bind(Math.min(max, 0x7fff_ffff))}`]),
    ];
    return exactly(`(${bounds.join(" AND ")})`);
  };

  const timeCondition = ({ relation, when }: Term & { kind: "time" }): Condition => {
    const moment = new Date("ms" in when ? when.ms : now - when.agoMs);
    const sign = relation === "after" ? ">=" : "<";
    // SQLite keeps times as text in this form, and compares them as such.
    const value = bind(moment.toISOString().replace("Z", "+00:00"));
    return exactly(`"receivedAt" ${sign} ${isPostgresql ? `CAST(${value} AS TIMESTAMP)` : value}`);
  };

  const termCondition = (term: Term): Condition => {
    switch (term.kind) {
      case "text":
        return anywhereCondition(term.text);
      case "method":
        return exactly(
          `${lower('"method"')} IN (${term.methods.map((one) => bind(lowerAscii(one))).join(", ")})`,
        );
      case "field": {
        const { field, operator, texts } = term;
        const parts = texts.map((text) =>
          field === "body"
            ? bodyCondition(operator, text)
            : exactly(textCondition(COLUMNS[field], operator, text)),
        );
        return combined("OR", parts);
      }
      case "ip": {
        const any = combined("OR", term.addresses.map(addressCondition));
        return { sql: `("remoteIp" IS NOT NULL AND ${any.sql})`, exact: any.exact };
      }
      case "header":
        return headerCondition(term);
      case "json":
        return jsonCondition(term);
      case "size":
        return sizeCondition(term);
      case "time":
        return timeCondition(term);
      case "is":
        return exactly(markCondition(term.mark));
    }
  };

  const condition = (node: Node): Condition => {
    switch (node.kind) {
      case "and":
      case "or":
        if (node.nodes.length === 0) return exactly("TRUE");
        return combined(node.kind === "and" ? "AND" : "OR", node.nodes.map(condition));
      case "not": {
        const bound = args.length;
        const inner = condition(node.node);
        if (inner.exact) return exactly(`(NOT ${inner.sql})`);
        // What lets some captures through that do not match must not keep those out.
        args.length = bound;
        return ALL;
      }
      default:
        return termCondition(node);
    }
  };

  return { args, bind, condition };
}

const COLUMNS: Record<Exclude<TextField, "body">, string> = {
  path: '"path"',
  query: `coalesce("query", '')`,
  type: `coalesce("contentType", '')`,
  note: `coalesce("note", '')`,
};

function markCondition(mark: Mark): string {
  switch (mark) {
    case "starred":
      return '"starred"';
    case "truncated":
      return '"truncated"';
    case "problem":
      return '("problem" IS NOT NULL)';
    default:
      return `coalesce("problem" = '${mark}', FALSE)`;
  }
}
