import { UNIT_MS } from "./parse-when.ts";
import type { JsonStep, Node, Query, Term, When } from "./query.ts";

/** The query's text in its plainest form: `parseQuery` gives the same tree for it. */
export function printQuery(query: Query): string {
  return query.nodes.map((node) => printNode(node, query.nodes.length > 1)).join(" ");
}

/** @param inSequence the node stands beside others, where OR needs parentheses */
function printNode(node: Node, inSequence: boolean): string {
  switch (node.kind) {
    case "and":
      return `(${node.nodes.map((child) => printNode(child, true)).join(" ")})`;
    case "or": {
      const text = node.nodes.map((child) => printAlternative(child)).join(" OR ");
      return inSequence ? `(${text})` : text;
    }
    case "not":
      return `-${node.node.kind === "not" ? `(${printNode(node.node, true)})` : printNode(node.node, true)}`;
    default:
      return printTerm(node);
  }
}

function printAlternative(node: Node): string {
  if (node.kind !== "and") return printNode(node, true);
  return node.nodes.map((child) => printNode(child, true)).join(" ");
}

/** Needs no quotes wherever it stands. */
const PLAIN = /^[\p{L}\p{N}_./@%+#$&*!?;][\p{L}\p{N}_./@%+#$&*!?;-]*$/u;
const OPERATOR = /^(OR|AND|NOT)$/;
const ESCAPED: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** As a value: in quotes where it would be read as something else. */
export function printValue(value: string): string {
  if (PLAIN.test(value) && !OPERATOR.test(value)) return value;
  return `"${value.replaceAll(/["\\]/g, "\\$&").replaceAll(/[\n\r\t]/g, (c) => ESCAPED[c]!)}"`;
}

export function printTerm(term: Term): string {
  switch (term.kind) {
    case "text":
      return printValue(term.text);
    case "method":
      return `method:${term.methods.map(printValue).join(",")}`;
    case "field": {
      const sign = term.operator === "is" ? "=" : "";
      return `${term.field}:${sign}${term.texts.map(printValue).join(",")}`;
    }
    case "ip":
      return `ip:${term.addresses.join(",")}`;
    case "header": {
      const name = `header:${printValue(term.name)}`;
      if (term.operator === "exists") return name;
      return `${name}${term.operator === "is" ? "=" : "~"}${printValue(term.value)}`;
    }
    case "json": {
      const path = `json:${printJsonPath(term.path)}`;
      if (term.operator === "exists") return path;
      const isNumber = /[<>]/.test(term.operator);
      return `${path}${term.operator}${isNumber ? term.value : printValue(term.value)}`;
    }
    case "size":
      return `size:${printSize(term.min, term.max)}`;
    case "time":
      return `${term.relation}:${printWhen(term.when)}`;
    case "is":
      return `is:${term.mark}`;
  }
}

const NAME = /^[\p{L}_$][\p{L}\p{N}_$-]*$/u;

export function printJsonPath(path: readonly JsonStep[]): string {
  const steps = path.map((step) => {
    if (typeof step === "number") return `[${step}]`;
    if (typeof step === "object") return "[*]";
    return NAME.test(step) ? `.${step}` : `["${step.replaceAll(/["\\]/g, "\\$&")}"]`;
  });
  return `$${steps.join("")}`;
}

function printSize(min: number | null, max: number | null): string {
  if (min === max) return String(min);
  if (min === null) return `<=${max}`;
  return max === null ? `>=${min}` : `${min}..${max}`;
}

export function printWhen(when: When): string {
  if ("ms" in when) return new Date(when.ms).toISOString();
  const unit = Object.entries(UNIT_MS).find(([, ms]) => when.agoMs % ms === 0)!;
  return `${when.agoMs / unit[1]}${unit[0]}`;
}
