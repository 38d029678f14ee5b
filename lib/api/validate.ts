import type { z } from "zod";
import { issueMessage } from "#lib/contract/issue-message.ts";
import type { InvalidField } from "#lib/contract/problem.ts";
import { AppError } from "#lib/errors.ts";

/** Enough to correct a call by; a body can have as many unknown keys as fit into it. */
const ERRORS_MAX = 20;

function invalidFields(issue: z.core.$ZodIssue, root: string): InvalidField[] {
  const path = issue.path.map(String);
  // zod puts unknown keys on their parent; the caller wants each one by its name.
  const paths =
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...path, key]) : [path];
  return paths.map((parts) => ({ field: parts.join(".") || root, message: issue.message }));
}

/**
 * @param root what to call the whole input when it is itself of the wrong type
 * @throws AppError `invalid_request` that names the fields that are wrong
 */
export function validate<S extends z.ZodType>(schema: S, input: unknown, root: string) {
  const result = schema.safeParse(input, { error: issueMessage });
  if (result.success) return result.data;
  const errors = result.error.issues
    .flatMap((issue) => invalidFields(issue, root))
    .slice(0, ERRORS_MAX);
  const named = errors.map(({ field, message }) => `${field} ${message}`).join("; ");
  throw new AppError("invalid_request", `Correct this and try again: ${named}.`, { errors });
}
