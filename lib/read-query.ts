import { AppError } from "./errors.ts";
import { parseQuery } from "./search/parse.ts";
import type { Query } from "./search/query.ts";

/** @throws AppError `invalid_request` that points at what is wrong */
export function readQuery(q: string): Query {
  const parsed = parseQuery(q);
  if (parsed.ok) return parsed.query;
  const { message, start, end } = parsed.error;
  throw new AppError("invalid_request", `Correct q at character ${start + 1}: ${message}`, {
    errors: [{ field: "q", message, start, end }],
  });
}
