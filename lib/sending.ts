import type { Resend } from "./contract/delivery.ts";
import { type OutgoingMessage, unsendablePart } from "./outbound/request-head.ts";
import { targetBelow, targetOf } from "./outbound/request-target.ts";
import type { Sending } from "./outbound/send.ts";
import type { CaptureRecord } from "./store/records.ts";

/** What a sending needs of a capture. */
export type Sendable = Pick<
  CaptureRecord,
  "method" | "path" | "query" | "headers" | "trailers" | "problem"
>;

/** What a resend sends, and whether that is anything but the capture as it came. */
export function toSending(
  capture: Sendable,
  body: Uint8Array,
  input: Resend,
): { sending: Sending; isEdited: boolean } {
  const isEdited =
    input.method !== undefined || input.headers !== undefined || input.body !== undefined;
  const url = new URL(input.url);
  const target =
    input.path === "keep" ? targetBelow(url, capture.path, capture.query) : targetOf(url);
  const edited =
    input.body &&
    ("text" in input.body
      ? Buffer.from(input.body.text, "utf8")
      : Buffer.from(input.body.base64, "base64"));
  const message: OutgoingMessage = {
    method: input.method ?? capture.method,
    target,
    headers: input.headers ?? capture.headers,
    trailers: edited ? [] : capture.trailers,
    body: edited ?? body,
  };
  const sending: Sending = {
    url,
    message,
    // Without a head that the parser took there is nothing to build a request from but its bytes.
    isRaw: !isEdited && capture.problem === "malformed" && capture.headers.length === 0,
    followRedirects: input.followRedirects,
    timeoutMs: input.timeoutMs,
  };
  return { sending, isEdited };
}

/** What no request may have, and what to do about it; null for what can be sent. */
export function unsendable({ message, isRaw }: Sending): { field: string; message: string } | null {
  const field = isRaw ? null : unsendablePart(message);
  if (!field) return null;
  const why = {
    method: `${message.method} cannot be sent again: choose another method.`,
    url: "The capture's path has characters that no request may have: choose to replace the path.",
    headers: "The capture has headers that no request may have: send your own headers.",
  }[field];
  return { field, message: why };
}
