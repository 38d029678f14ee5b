import { v7 as uuidv7 } from "uuid";
import type { NewCapture } from "../contract/new-capture.ts";
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
  raw: Uint8Array;
};

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
  const text = raw.toString("latin1");
  let found: MalformedRequest | null = null;
  for (const line of text.matchAll(REQUEST_LINE)) {
    const start = text[line.index] === "\n" ? line.index + 1 : line.index;
    if (start > errorOffset) break;
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
      raw: raw.subarray(start),
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
    id: uuidv7(),
    binId: match.binId,
    receivedAt: new Date(),
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
