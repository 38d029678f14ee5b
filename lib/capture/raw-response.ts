import { STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { ERROR_STATUS, ERROR_TITLE, type ErrorCode } from "../contract/problem.ts";

const CLOSE_AFTER_MS = 1_000;

/** Answers on a connection that has no HTTP parser any more, and closes it. */
export function endWithProblem(socket: Duplex, code: ErrorCode, detail: string, id?: string): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const status = ERROR_STATUS[code];
  const body = JSON.stringify({
    type: "about:blank",
    title: ERROR_TITLE[code],
    status,
    detail,
    code,
  });
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Connection: close",
    "Content-Type: application/problem+json",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Content-Security-Policy: sandbox",
    "X-Content-Type-Options: nosniff",
    ...(id ? [`Inlet-Capture: ${id}`] : []),
  ];
  socket.end(`${lines.join("\r\n")}\r\n\r\n${body}`);
  // Not at once: what the sender still has on the way would reset the connection under the answer.
  setTimeout(() => socket.destroy(), CLOSE_AFTER_MS).unref();
}
