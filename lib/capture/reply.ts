import type { IncomingMessage, ServerResponse } from "node:http";
import {
  ERROR_STATUS,
  ERROR_TITLE,
  type ErrorCode,
  PROBLEM_CONTENT_TYPE,
  type Problem,
} from "../contract/problem.ts";
import {
  hasContentLength,
  OPEN_TO_ALL_ORIGINS,
  type Reply,
  replyHeaders,
  SANDBOX,
} from "../contract/reply.ts";

/** A bin's reply, made ready once instead of for every sender. */
export type CompiledReply = {
  status: number;
  /** name, value, name, value … */
  headers: string[];
  /** The same for the dashboard's origin. */
  sandboxedHeaders: string[];
  body: Buffer;
  delayMs: number;
};

export function compileReply(reply: Reply): CompiledReply {
  return {
    status: reply.status,
    headers: replyHeaders(reply, false),
    sandboxedHeaders: replyHeaders(reply, true),
    body: Buffer.from(reply.body),
    delayMs: reply.delayMs,
  };
}

/** Sends a bin's reply for a capture that is stored. */
export function sendReply(
  res: ServerResponse,
  reply: CompiledReply,
  captureId: string,
  isSandboxed: boolean,
): void {
  const { status, body } = reply;
  const own = isSandboxed ? reply.sandboxedHeaders : reply.headers;
  const headers = ["Inlet-Capture", captureId, ...own];
  if (hasContentLength(status)) headers.push("Content-Length", String(body.byteLength));
  res.writeHead(status, headers);
  res.end(body.byteLength > 0 ? body : undefined);
}

export function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === "OPTIONS" && Boolean(headers["access-control-request-method"]);
}

/** Fetch standard, CORS preflight: allowed whatever the bin's reply is, or no browser could send. */
export function sendPreflight(
  req: IncomingMessage,
  res: ServerResponse,
  captureId: string,
  isSandboxed: boolean,
): void {
  const headers = ["Inlet-Capture", captureId, ...OPEN_TO_ALL_ORIGINS];
  headers.push("Access-Control-Allow-Methods", req.headers["access-control-request-method"]!);
  const asked = req.headers["access-control-request-headers"];
  if (asked) headers.push("Access-Control-Allow-Headers", asked);
  headers.push("Access-Control-Max-Age", "600");
  if (isSandboxed) headers.push(...SANDBOX);
  res.writeHead(204, headers);
  res.end();
}

export type Refusal = {
  code: ErrorCode;
  detail: string;
  requestId: string;
  captureId?: string;
  retryAfterSeconds?: number;
  /** More headers: name, value, name, value … */
  headers?: string[];
};

/** How long and how much of a refused request is read, so that its sender gets to the answer. */
const LINGER_MS = 5_000;
const LINGER_BYTES = 32 * 1024 * 1024;

function refusalHeaders(refusal: Refusal, bytes: number): string[] {
  const headers = ["Content-Type", PROBLEM_CONTENT_TYPE, "Content-Length", String(bytes)];
  headers.push(...OPEN_TO_ALL_ORIGINS, ...SANDBOX);
  if (refusal.captureId) headers.push("Inlet-Capture", refusal.captureId);
  if (refusal.retryAfterSeconds) headers.push("Retry-After", String(refusal.retryAfterSeconds));
  return refusal.headers ? [...headers, ...refusal.headers] : headers;
}

function problemBody({ code, detail, requestId }: Refusal): Buffer {
  const status = ERROR_STATUS[code];
  const title = ERROR_TITLE[code];
  const problem: Problem = { type: "about:blank", title, status, detail, code, requestId };
  return Buffer.from(JSON.stringify(problem));
}

/**
 * Answers with a problem. A request that is still being sent is read on for a while: closing now
 * would make the kernel reset the connection, and the sender would never see why.
 */
export function refuse(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  if (res.headersSent || res.destroyed) return;
  const body = problemBody(refusal);
  const headers = refusalHeaders(refusal, body.byteLength);
  if (req.complete) {
    res.writeHead(ERROR_STATUS[refusal.code], headers);
    res.end(body);
    req.resume();
    return;
  }
  res.shouldKeepAlive = false;
  res.writeHead(ERROR_STATUS[refusal.code], [...headers, "Connection", "close"]);
  res.write(body);
  let lingered = 0;
  const timer = setTimeout(() => res.end(), LINGER_MS);
  const end = () => {
    clearTimeout(timer);
    res.end();
  };
  req.on("data", (chunk: Buffer) => {
    lingered += chunk.byteLength;
    if (lingered > LINGER_BYTES) end();
  });
  req.on("end", end);
  req.on("close", end);
  req.resume();
}
