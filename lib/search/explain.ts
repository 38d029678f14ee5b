import { parseIp, parseNetwork } from "./ip-address.ts";
import { printJsonPath } from "./print.ts";
import type { JsonOperator, Mark, Node, Query, Term, When } from "./query.ts";

/** The query in plain words: "Captures where method is POST and body contains “refund”". */
export function explainQuery(query: Query): string {
  if (query.nodes.length === 0) return "All captures";
  const wanted = query.nodes.filter((node) => node.kind !== "not");
  const where = wanted.map((node) => explainNode(node, wanted.length > 1)).join(" and ");
  const unwanted = query.nodes.flatMap((node) =>
    node.kind === "not" ? [explainNode(node.node, true)] : [],
  );
  const start = where === "" ? "All captures" : `Captures where ${where}`;
  if (unwanted.length === 0) return start;
  return `${start}${where === "" ? " but" : ", but not"} those where ${unwanted.join(" or ")}`;
}

/** A part of a query in plain words: "method is POST". */
export function explainNode(node: Node, isPart = false): string {
  switch (node.kind) {
    case "and":
    case "or": {
      const text = node.nodes.map((child) => explainNode(child, true)).join(` ${node.kind} `);
      return isPart ? `(${text})` : text;
    }
    case "not":
      return `not (${explainNode(node.node, false)})`;
    default:
      return explainTerm(node);
  }
}

const quote = (text: string) => (text === "" ? "empty" : `“${text}”`);
const anyOf = (values: readonly string[]) => values.join(" or ");

function explainTerm(term: Term): string {
  switch (term.kind) {
    case "text":
      return `${quote(term.text)} is anywhere`;
    case "method":
      return `method is ${anyOf(term.methods.map((method) => method || "missing"))}`;
    case "field": {
      const name = { type: "content type", query: "query string", note: "note" }[
        term.field as string
      ];
      const verb = term.operator === "is" ? "is exactly" : "contains";
      return `${name ?? term.field} ${verb} ${anyOf(term.texts.map(quote))}`;
    }
    case "ip":
      return `the sender's address ${anyOf(term.addresses.map(explainAddress))}`;
    case "header":
      return explainHeader(term);
    case "json":
      return `the body's JSON ${explainJson(term)}`;
    case "size":
      return `body is ${explainSize(term.min, term.max)}`;
    case "time":
      return explainTime(term.relation, term.when);
    case "is":
      return MARK_WORDS[term.mark];
  }
}

function explainAddress(address: string): string {
  if (parseNetwork(address)) return `is in ${address}`;
  return parseIp(address) ? `is ${address}` : `starts with ${address}`;
}

function explainHeader({ name, operator, value }: Term & { kind: "header" }): string {
  if (operator === "exists") return `there is a header ${name}`;
  return `header ${name} ${operator === "is" ? "is exactly" : "contains"} ${quote(value)}`;
}

const JSON_WORDS: Record<Exclude<JsonOperator, "exists">, string> = {
  "=": "is",
  "~": "contains",
  ">": "is over",
  ">=": "is at least",
  "<": "is under",
  "<=": "is at most",
};

function explainJson({ path, operator, value }: Term & { kind: "json" }): string {
  if (operator === "exists") return `has ${printJsonPath(path)}`;
  const shown = /[<>]/.test(operator) ? value : quote(value);
  return `at ${printJsonPath(path)} ${JSON_WORDS[operator]} ${shown}`;
}

function bytes(count: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  let unit = 0;
  let value = count;
  // Only where nothing is rounded away.
  while (value >= 1024 && value % 1024 === 0 && unit < 3) {
    value /= 1024;
    unit += 1;
  }
  return `${value.toLocaleString("en")} ${value === 1 && unit === 0 ? "byte" : units[unit]}`;
}

function explainSize(min: number | null, max: number | null): string {
  if (max === 0) return "empty";
  if (min === max) return bytes(min!);
  if (min !== null && max !== null) return `from ${bytes(min)} to ${bytes(max)}`;
  if (max !== null) {
    return (max + 1) % 1024 === 0 ? `under ${bytes(max + 1)}` : `at most ${bytes(max)}`;
  }
  return min === 1 || (min! - 1) % 1024 === 0
    ? `over ${bytes(min! - 1)}`
    : `at least ${bytes(min!)}`;
}

const UNITS = [
  ["week", 7 * 86_400_000],
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1_000],
] as const;

function explainTime(relation: "after" | "before", when: When): string {
  if ("agoMs" in when) {
    const [name, ms] = UNITS.find((unit) => when.agoMs % unit[1] === 0)!;
    const count = when.agoMs / ms;
    const span = `${count} ${name}${count === 1 ? "" : "s"}`;
    if (relation === "before") return `it arrived more than ${span} ago`;
    return `it arrived in the last ${count === 1 ? name : span}`;
  }
  const iso = new Date(when.ms).toISOString();
  const time = iso
    .slice(11)
    .replace(/(:00)?\.000Z$/, "")
    .replace(/Z$/, "");
  const moment = `${iso.slice(0, 10)} ${time} UTC`;
  return relation === "after" ? `it arrived at or after ${moment}` : `it arrived before ${moment}`;
}

const MARK_WORDS: Record<Mark, string> = {
  starred: "it is starred",
  problem: "there was a problem",
  truncated: "the body was cut at the limit",
  aborted: "the sender hung up before the end",
  timeout: "the sender took too long",
  malformed: "it was not valid HTTP",
  upgrade: "it asked to switch protocols",
  connect: "it asked for a tunnel",
};
