import { loadBytes } from "#components/api/read-bytes.ts";
import { draftHeaders, type HeadersDraft, readHeaders } from "#components/resend/headers-draft.ts";
import { usedTargets } from "#components/resend/used-targets.ts";
import type { Capture } from "#lib/contract/capture.ts";
import type { ResendInput } from "#lib/contract/delivery.ts";

/** A call's body may have 1 MiB, and JSON writes some characters with six bytes. */
export const EDITABLE_BODY_MAX = 128 * 1024;
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"];

export type ResendDraft = {
  url: string;
  path: "keep" | "replace";
  method: string;
  headers: HeadersDraft;
  body: string;
  followRedirects: boolean;
  seconds: string;
};

export function draftOf(capture: Capture): ResendDraft {
  return {
    url: usedTargets()[0] ?? "",
    path: "keep",
    method: capture.method,
    headers: draftHeaders(capture.headers),
    body: originalBody(capture),
    followRedirects: false,
    seconds: "30",
  };
}

/** As a text field has it: without the CR of each line's end. */
export function originalBody({ text }: Capture): string {
  return (text ?? "").replaceAll("\r\n", "\n");
}

const toCrlf = (text: string) => text.replaceAll("\n", "\r\n");

/** A text field would change the ends of lines that are not all of one kind. */
export function keepsLineEnds(text: string): boolean {
  const plain = text.replaceAll("\r\n", "\n");
  return !plain.includes("\r") && (plain === text || toCrlf(plain) === text);
}

/** What goes to the server: of what was not edited nothing, so that the capture's own bytes go. */
export function toInput(draft: ResendDraft, capture: Capture): ResendInput {
  const { headers } = readHeaders(draft.headers);
  const isSame = JSON.stringify(headers) === JSON.stringify(capture.headers);
  return {
    url: draft.url.trim(),
    path: draft.path,
    followRedirects: draft.followRedirects,
    timeoutMs: Math.round(Number(draft.seconds) * 1000),
    ...(draft.method !== capture.method && { method: draft.method }),
    ...(!isSame && { headers: headers ?? [] }),
    ...(draft.body !== originalBody(capture) && {
      body: { text: capture.text?.includes("\r\n") ? toCrlf(draft.body) : draft.body },
    }),
  };
}

/** Whether anything but the capture as it came would go. */
export function isEdited({ method, headers, body }: ResendInput): boolean {
  return method !== undefined || headers !== undefined || body !== undefined;
}

/** What will be asked for, or null while the URL is none. */
export function targetOf({ url, path }: ResendDraft, capture: Capture): string | null {
  const text = url.trim();
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) return null;
  const target = new URL(text);
  if (path === "replace") return `${target.origin}${target.pathname}${target.search}`;
  const base = target.pathname.replace(/\/$/, "");
  const whole = capture.path === "/" ? target.pathname : base + capture.path;
  const query = [target.search.slice(1) || null, capture.query].filter((part) => part !== null);
  return `${target.origin}${whole}${query.length > 0 ? `?${query.join("&")}` : ""}`;
}

/** The bytes that go out as the body; null for none. */
export async function loadBody(
  { body }: ResendInput,
  capture: Capture,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body && "text" in body) return body.text === "" ? null : new TextEncoder().encode(body.text);
  if (capture.bodySize === 0) return null;
  return loadBytes(capture.id, "body", signal, () => {});
}
