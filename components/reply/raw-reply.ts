import { STATUS_TEXTS } from "#components/reply/status-texts.ts";
import { hasContentLength, type Reply, replyHeaders } from "#lib/contract/reply.ts";

/** Stands for what differs with each reply. */
const EACH_TIME = "…";

/** The head of the response that a sender gets, without what the connection adds. */
export function rawReplyHead(reply: Reply, isSandboxed: boolean): string {
  const lines = [`HTTP/1.1 ${reply.status} ${STATUS_TEXTS[reply.status] ?? "unknown"}`];
  lines.push(`Inlet-Capture: ${EACH_TIME}`);
  const headers = replyHeaders(reply, isSandboxed);
  for (let i = 0; i < headers.length; i += 2) lines.push(`${headers[i]}: ${headers[i + 1]}`);
  if (hasContentLength(reply.status)) {
    lines.push(`Content-Length: ${new TextEncoder().encode(reply.body).length}`);
  }
  lines.push(`Date: ${EACH_TIME}`);
  return lines.join("\n");
}
