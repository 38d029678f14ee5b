import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;

const TYPE_NAMES: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "an array",
  tuple: "an array",
};

function inputName(input: unknown): string {
  if (input === null) return "null";
  if (Array.isArray(input)) return "an array";
  if (typeof input === "boolean") return "a boolean";
  return TYPE_NAMES[typeof input] ?? typeof input;
}

function amount(origin: string, bound: number | bigint): string {
  if (origin === "string") return `${bound} ${bound === 1 ? "character" : "characters"}`;
  if (origin === "array") return `${bound} ${bound === 1 ? "item" : "items"}`;
  return `${bound}`;
}

/**
 * What to do about an input that the schema refuses. Undefined leaves it to zod; a message that
 * the schema itself gives always wins, because zod asks it first.
 */
export function issueMessage(issue: Issue): string | undefined {
  switch (issue.code) {
    case "invalid_type": {
      const expected = TYPE_NAMES[issue.expected] ?? issue.expected;
      if (issue.input === undefined) return `is missing: give ${expected}`;
      // What was coerced is a query parameter: it came as text, whatever it was turned into.
      if (typeof issue.input === "number") {
        return `must be ${issue.expected === "number" ? "a whole number" : expected}`;
      }
      return `must be ${expected}, not ${inputName(issue.input)}`;
    }
    case "too_small":
      return `must ${issue.origin === "number" || issue.origin === "int" ? "be" : "have"} at least ${amount(issue.origin, issue.minimum)}`;
    case "too_big":
      return `must ${issue.origin === "number" || issue.origin === "int" ? "be" : "have"} at most ${amount(issue.origin, issue.maximum)}`;
    case "unrecognized_keys":
      return "is not known here: remove it";
    default:
      return undefined;
  }
}
