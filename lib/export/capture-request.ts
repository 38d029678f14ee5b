import type { Capture } from "../contract/capture.ts";
import type { HeaderPair } from "../contract/reply.ts";

/** A capture and all that is needed to send it again. */
export type CaptureRequest = {
  capture: Omit<Capture, "text">;
  /** The exact bytes. */
  body: Uint8Array;
  /** Where the capture's target belongs: scheme, host and port, without a path. */
  origin: string;
};

type BinUrls = { id: string; captureUrl: string; dashboardUrl: string };

/** The host that a capture came to: its bin's own where the target does not name the bin. */
export function originOf(target: string, bin: BinUrls): string {
  const isBelowBin = target.includes(`/in/${bin.id}`);
  return new URL(isBelowBin ? bin.dashboardUrl : bin.captureUrl).origin;
}

export const valuesOf = (headers: readonly HeaderPair[], name: string): string[] =>
  headers.filter(([key]) => key.toLowerCase() === name).map(([, value]) => value);

export const hasHeader = (headers: readonly HeaderPair[], name: string): boolean =>
  headers.some(([key]) => key.toLowerCase() === name);

/** RFC 9112 6.1: the last coding says how the message is framed. */
export function isChunked(headers: readonly HeaderPair[]): boolean {
  const codings = valuesOf(headers, "transfer-encoding").join(",").toLowerCase();
  return codings.split(",").at(-1)?.trim() === "chunked";
}

/**
 * The headers to send. Where less of the body is stored than was announced, its length is that of
 * what is stored: a server would wait for the rest.
 */
export function sendableHeaders({ capture, body }: CaptureRequest): HeaderPair[] {
  if (capture.declaredSize === null || capture.declaredSize === body.byteLength) {
    return capture.headers;
  }
  return capture.headers.map(
    ([name, value]): HeaderPair => [
      name,
      name.toLowerCase() === "content-length" ? String(body.byteLength) : value,
    ],
  );
}

/** Origin form without anything that a URL parser would change: no dots, brackets or other bytes. */
const PLAIN_TARGET = /^\/[\w.~!$&'()*+,;=:@%/-]*(\?[\w.~!$&'()*+,;=:@%/?-]+)?$/;
const DOT_SEGMENT = /\/(\.|%2e){1,2}(?=[/?]|$)/i;

/** True for a target that every HTTP client sends as it is written in a URL. */
export function isPlainTarget(target: string): boolean {
  return PLAIN_TARGET.test(target) && !DOT_SEGMENT.test(target);
}

/** The URL as a person would write it. The target itself where that is a whole URL. */
export function urlOf({ capture, origin }: CaptureRequest): string {
  return capture.target.startsWith("/") ? origin + capture.target : capture.target;
}
