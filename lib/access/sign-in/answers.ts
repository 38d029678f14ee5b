import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import {
  ERROR_STATUS,
  ERROR_TITLE,
  type ErrorCode,
  PROBLEM_CONTENT_TYPE,
  type Problem,
} from "../../contract/problem.ts";
import { AppError } from "../../errors.ts";

export function sendProblem(res: ServerResponse, code: ErrorCode, detail: string): void {
  const requestId = randomUUID();
  const problem: Problem = {
    type: "about:blank",
    title: ERROR_TITLE[code],
    status: ERROR_STATUS[code],
    detail,
    code,
    requestId,
  };
  if (code === "unauthorized") res.setHeader("WWW-Authenticate", "Bearer");
  if (code === "unavailable") res.setHeader("Retry-After", "1");
  res.setHeader("X-Request-Id", requestId);
  res.writeHead(problem.status, {
    "Content-Type": PROBLEM_CONTENT_TYPE,
    "Cache-Control": "no-store",
  });
  res.end(JSON.stringify(problem));
}

/** With a GET, whatever the request was (RFC 9110 15.4.4). */
export function redirect(res: ServerResponse, location: string): void {
  res.writeHead(303, { Location: location, "Cache-Control": "no-store" });
  res.end();
}

const FORM_MAX_BYTES = 8 * 1024;

/**
 * The fields of a small HTML form.
 * @throws AppError `unsupported_media_type`, `payload_too_large`
 */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams> {
  const type = req.headers["content-type"]?.split(";")[0]?.trim().toLowerCase();
  if (type !== "application/x-www-form-urlencoded") {
    throw new AppError("unsupported_media_type", "Send a form: application/x-www-form-urlencoded.");
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > FORM_MAX_BYTES) {
      throw new AppError("payload_too_large", `The form may have ${FORM_MAX_BYTES} bytes.`);
    }
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString());
}
