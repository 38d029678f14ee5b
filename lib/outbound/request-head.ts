import type { NotCarried } from "../contract/delivery.ts";
import { FIELD_VALUE, TOKEN } from "../contract/header-syntax.ts";
import type { HeaderPair } from "../contract/reply.ts";

/** RFC 9110 7.6.1: these are about one connection, as is whatever `Connection` names. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

export type OutgoingMessage = {
  method: string;
  /** Origin form, or `*`. One byte a character (Latin-1), as it was received. */
  target: string;
  headers: readonly HeaderPair[];
  trailers: readonly HeaderPair[];
  body: Uint8Array;
};

export type PreparedHead = { headers: HeaderPair[]; isChunked: boolean; notCarried: NotCarried[] };

const valuesOf = (headers: readonly HeaderPair[], name: string) =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

const tokensOf = (values: string[]) =>
  values.flatMap((value) => value.split(",")).map((token) => token.trim().toLowerCase());

/**
 * The headers that go out for those of a capture: the same, in the same order and case, except for
 * the connection's own. Those stand where the capture had them. A body that came in chunks goes out
 * in chunks, since its trailers could not go otherwise.
 */
export function prepareHead(message: OutgoingMessage, host: string): PreparedHead {
  const { body, trailers } = message;
  const nominated = new Set(tokensOf(valuesOf(message.headers, "connection")));
  const codings = tokensOf(valuesOf(message.headers, "transfer-encoding"));
  const isChunked = codings.at(-1) === "chunked" || trailers.length > 0;
  const headers: HeaderPair[] = [];
  const notCarried: NotCarried[] = [];
  const done = new Set<string>();

  const replace = ([name, value]: HeaderPair, why: NotCarried["why"], own: string | null) => {
    const sent = done.has(name.toLowerCase()) ? null : own;
    done.add(name.toLowerCase());
    if (sent !== null) headers.push([name, sent]);
    if (sent !== value) notCarried.push({ name, value, why, sent });
  };

  for (const pair of message.headers) {
    const name = pair[0].toLowerCase();
    if (name === "host") replace(pair, "host", host);
    else if (name === "content-length") {
      replace(pair, "length", isChunked ? null : String(body.byteLength));
    } else if (name === "connection") replace(pair, "hop_by_hop", "close");
    else if (name === "transfer-encoding" && codings.at(-1) === "chunked") headers.push(pair);
    else if (HOP_BY_HOP.has(name) || nominated.has(name)) replace(pair, "hop_by_hop", null);
    else headers.push(pair);
  }
  if (!done.has("host")) headers.unshift(["Host", host]);
  if (!done.has("connection")) headers.push(["Connection", "close"]);
  if (isChunked && codings.at(-1) !== "chunked") headers.push(["Transfer-Encoding", "chunked"]);
  // RFC 9112 6.3: without either there is no body, which is what an empty one may as well be.
  if (!isChunked && !done.has("content-length") && body.byteLength > 0) {
    headers.push(["Content-Length", String(body.byteLength)]);
  }
  return { headers, isChunked, notCarried };
}

/** What of a message cannot be written as HTTP/1.1 without changing its meaning; null when all can. */
export function unsendablePart({ method, target, headers, trailers }: OutgoingMessage) {
  if (!TOKEN.test(method) || method === "CONNECT") return "method" as const;
  if (!/^[\x21-\x7e\x80-\xff]+$/.test(target)) return "url" as const;
  const isFine = ([name, value]: HeaderPair) => TOKEN.test(name) && FIELD_VALUE.test(value);
  return headers.every(isFine) && trailers.every(isFine) ? null : ("headers" as const);
}

const latin1 = (text: string) => Buffer.from(text, "latin1");
const lines = (pairs: readonly HeaderPair[]) =>
  pairs.map(([name, value]) => `${name}: ${value}\r\n`).join("");

/** The message as bytes, in the pieces in which to write it: the body is not copied. */
export function writeMessage(message: OutgoingMessage, head: PreparedHead): Uint8Array[] {
  const { method, target, body, trailers } = message;
  const start = latin1(`${method} ${target} HTTP/1.1\r\n${lines(head.headers)}\r\n`);
  if (!head.isChunked) return [start, body];
  const end = latin1(`0\r\n${lines(trailers)}\r\n`);
  if (body.byteLength === 0) return [start, end];
  return [start, latin1(`${body.byteLength.toString(16)}\r\n`), body, latin1("\r\n"), end];
}
