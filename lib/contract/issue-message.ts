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

function amount(origin: string, relation: string, bound: number | bigint): string {
  const unit = { string: "character", array: "item" }[origin];
  if (!unit) return `be ${relation} ${bound}`;
  return `have ${relation} ${bound} ${unit}${bound === 1 ? "" : "s"}`;
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
      // A fraction, or text in the query that is no number: there, zod has turned it into NaN.
      const isNumber = issue.expected === "number" || issue.expected === "int";
      if (isNumber && typeof issue.input === "number") return "must be a whole number";
      return `must be ${expected}, not ${inputName(issue.input)}`;
    }
    case "too_small":
      return `must ${amount(issue.origin, "at least", issue.minimum)}`;
    case "too_big":
      return `must ${amount(issue.origin, "at most", issue.maximum)}`;
    case "unrecognized_keys":
      return "is not known here: remove it";
    default:
      return undefined;
  }
}
