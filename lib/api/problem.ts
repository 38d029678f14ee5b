import {
  ERROR_STATUS,
  ERROR_TITLE,
  type ErrorCode,
  PROBLEM_CONTENT_TYPE,
  type Problem,
} from "#lib/contract/problem.ts";
import type { AppError } from "#lib/errors.ts";

/** RFC 9110 15.5.2 asks for the first, 15.6.4 allows the second. */
const HEADERS: Partial<Record<ErrorCode, Record<string, string>>> = {
  unauthorized: { "WWW-Authenticate": "Bearer" },
  unavailable: { "Retry-After": "1" },
};

/** An error as RFC 9457 problem details. */
export function problemResponse(
  {
    code,
    message,
    errors,
    headers: own,
  }: Pick<AppError, "code" | "message" | "errors"> & Partial<Pick<AppError, "headers">>,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const problem: Problem = {
    type: "about:blank",
    title: ERROR_TITLE[code],
    status: ERROR_STATUS[code],
    detail: message,
    code,
    requestId,
    ...(errors && { errors }),
  };
  return new Response(JSON.stringify(problem), {
    status: problem.status,
    headers: { ...HEADERS[code], ...own, ...headers, "Content-Type": PROBLEM_CONTENT_TYPE },
  });
}
