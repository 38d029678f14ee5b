import type { IncomingMessage } from "node:http";
import type { TLSSocket } from "node:tls";
import type { NewCapture } from "../contract/new-capture.ts";
import { newCaptureId } from "./capture-id.ts";
import type { CaptureMatch } from "./match.ts";
import { withholdCookie } from "./own-cookie.ts";

export type RecordOptions = {
  /** Names of Inlet's own cookies, whose values are nobody's to capture. */
  ownCookies: readonly string[];
  /** Where forwarding headers are believed; null where none are. */
  forwarded: ((req: IncomingMessage) => { remoteIp: string | null; tls: boolean }) | null;
};

/** Node names an IPv4 peer of a dual-stack socket `::ffff:192.0.2.1`. */
export function plainAddress(address: string | undefined): string | null {
  if (address === undefined) return null;
  return address.startsWith("::ffff:") && address.includes(".") ? address.slice(7) : address;
}

function declaredSize(value: string): number | null {
  if (!/^\d+$/.test(value)) return null;
  const size = Number(value);
  return Number.isSafeInteger(size) ? size : null;
}

let formattedAt = Number.NaN;
let formatted = "";

/** Many captures come in one millisecond; to format each would cost more than to read its headers. */
function isoTime(now: number): string {
  if (now !== formattedAt) {
    formatted = new Date(now).toISOString();
    formattedAt = now;
  }
  return formatted;
}

/** What is known of a request once its head is there. The body's part is filled in at its end. */
export function recordHead(
  req: IncomingMessage,
  match: CaptureMatch & { binId: string },
  options: RecordOptions,
): NewCapture {
  const { rawHeaders } = req;
  const now = Date.now();
  const capture: NewCapture = {
    id: newCaptureId(now),
    binId: match.binId,
    receivedAt: isoTime(now),
    method: req.method!,
    target: req.url!,
    path: match.path,
    query: match.query,
    httpVersion: req.httpVersion,
    contentType: null,
    remoteIp: null,
    tls: false,
    declaredSize: null,
    truncated: false,
    problem: null,
    problemDetail: null,
    readMs: 0,
    rawHeaders,
    rawTrailers: [],
    body: EMPTY,
  };
  // One pass, by length first: lower-casing every name would cost more than all the rest of this.
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i]!;
    if (name.length === 12 && capture.contentType === null) {
      if (name.toLowerCase() === "content-type") capture.contentType = rawHeaders[i + 1]!;
    } else if (name.length === 14) {
      if (name.toLowerCase() === "content-length") {
        capture.declaredSize = declaredSize(rawHeaders[i + 1]!);
      }
    } else if (name.length === 6 && !match.ownHost && name.toLowerCase() === "cookie") {
      rawHeaders[i + 1] = withholdCookie(rawHeaders[i + 1]!, options.ownCookies);
    }
  }
  if (options.forwarded) Object.assign(capture, options.forwarded(req));
  else {
    capture.remoteIp = plainAddress(req.socket.remoteAddress);
    capture.tls = (req.socket as TLSSocket).encrypted === true;
  }
  return capture;
}

export const EMPTY = new Uint8Array(0);
