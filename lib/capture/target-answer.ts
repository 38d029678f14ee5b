import { FIELD_VALUE, TOKEN } from "../contract/header-syntax.ts";
import { type HeaderPair, isFramingHeader, replyHeaders } from "../contract/reply.ts";
import type { CompiledReply } from "./reply.ts";

/** What the target of a forward rule answered to a capture, whole. */
export type TargetAnswer = { status: number; headers: HeaderPair[]; body: Uint8Array };

/**
 * A target's answer as a reply to the capture's sender: under the rules of a bin's own reply, since
 * it is no less foreign. Null for a status that cannot be one.
 */
export function compileAnswer({ status, headers, body }: TargetAnswer): CompiledReply | null {
  if (status < 200 || status > 599) return null;
  const nominated = new Set(
    headers
      .filter(([name]) => name.toLowerCase() === "connection")
      .flatMap(([, value]) => value.split(","))
      .map((name) => name.trim().toLowerCase()),
  );
  const kept = headers.filter(
    ([name, value]) =>
      !isFramingHeader(name) &&
      !nominated.has(name.toLowerCase()) &&
      TOKEN.test(name) &&
      FIELD_VALUE.test(value),
  );
  return {
    status,
    headers: replyHeaders({ headers: kept }, false),
    sandboxedHeaders: replyHeaders({ headers: kept }, true),
    body: Buffer.from(body),
    delayMs: 0,
  };
}
