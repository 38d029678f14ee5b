import type { NewCapture } from "../contract/new-capture.ts";
import { newCaptureId } from "./capture-id.ts";
import { type CaptureMatch, matchCapture } from "./match.ts";
import { EMPTY } from "./record.ts";

/** Anything that could have been meant as a request line: a word, a target, perhaps a version. */
const REQUEST_LINE =
  /(?:^|\n)([\x21-\x7e]{1,64}) +([\x21-\x7e\x80-\xff]+)(?: +([^\r\n]*))?\r?(?=\n|$)/g;
const HOST_LINE = /\nhost:[ \t]*([^\r\n]*)/i;

export type MalformedRequest = {
  match: CaptureMatch & { binId: string };
  method: string;
  target: string;
  httpVersion: string;
  raw: Buffer;
};

/** The end of a request's body, null where the packet does not have it all. */
function endOfBody(text: string, start: number, head: string): number | null {
  if (/\ntransfer-encoding:.*chunked/i.test(head)) {
    const last = /(?:^|\n)0+[ \t]*(?:;[^\r\n]*)?\r\n(?:[^\r\n]+\r\n)*\r\n/g;
    last.lastIndex = start;
    return last.test(text) ? last.lastIndex : null;
  }
  const end = start + Number(/\ncontent-length:[ \t]*(\d+)/i.exec(head)?.[1] ?? 0);
  return end <= text.length ? end : null;
}

/** Where the refused request begins in a packet that begins with whole requests. */
function startOfRefused(text: string, errorOffset: number): number {
  for (let start = 0; ; ) {
    const headEnd = text.indexOf("\r\n\r\n", start) + 4;
    if (headEnd < 4 || headEnd > errorOffset) return start;
    const end = endOfBody(text, headEnd, text.slice(start, headEnd));
    if (end === null || end > errorOffset) return start;
    start = end;
  }
}

/**
 * Finds whose a request is that the parser refused. The bytes may begin with complete requests of
 * the same connection; the refused one is the last that starts before `errorOffset`.
 *
 * @param raw the packet that the parser was at, as Node hands it over
 */
export function findMalformed(
  raw: Buffer,
  errorOffset: number,
  hostSuffix: string | null,
): MalformedRequest | null {
  const packet = raw.toString("latin1");
  const first = startOfRefused(packet, errorOffset);
  const text = packet.slice(first);
  let found: MalformedRequest | null = null;
  for (const line of text.matchAll(REQUEST_LINE)) {
    const start = text[line.index] === "\n" ? line.index + 1 : line.index;
    if (first + start > errorOffset) break;
    const [, method, target, version] = line;
    const head = text.slice(start);
    const match = matchCapture(target!, () => HOST_LINE.exec(head)?.[1], hostSuffix);
    if (!match?.binId) continue;
    const httpVersion = /^HTTP\/(\d\.\d)$/.exec(version ?? "")?.[1] ?? "";
    found = {
      match: { ...match, binId: match.binId },
      method: method!,
      target: target!,
      httpVersion,
      raw: raw.subarray(first + start),
    };
  }
  return found;
}

/** The record of a request without a usable head: its bytes are its body. */
export function recordMalformed(
  request: MalformedRequest,
  detail: string,
  remoteIp: string | null,
): NewCapture {
  const { match, method, target, httpVersion, raw } = request;
  return {
    id: newCaptureId(Date.now()),
    binId: match.binId,
    receivedAt: new Date().toISOString(),
    method,
    target,
    path: match.path,
    query: match.query,
    httpVersion,
    contentType: null,
    remoteIp,
    tls: false,
    declaredSize: null,
    truncated: false,
    problem: "malformed",
    problemDetail: detail,
    readMs: 0,
    rawHeaders: [],
    rawTrailers: [],
    body: raw.byteLength > 0 ? raw : EMPTY,
  };
}
