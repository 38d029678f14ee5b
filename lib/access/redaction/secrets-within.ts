import { decodePercent } from "./byte-string.ts";

/** A part of a hidden value is hidden by itself only when it can hardly be a word. */
const LONE_PART = /^(?=.*\d)[^\s;,]{8,}$|^[^\s;,]{20,}$/;

/**
 * What a credential is made of, and what may be repeated without the rest of it: the password of
 * Basic credentials (RFC 7617), each cookie of a list, each `v1=…` of a signature. Byte strings.
 *
 * @param scheme of an Authorization header, or empty
 */
export function secretsWithin(scheme: string, value: string): string[] {
  if (/^basic\b/i.test(scheme)) {
    const pair = Buffer.from(value, "base64").toString("latin1");
    const colon = pair.indexOf(":");
    return colon < 0 ? [] : [pair, pair.slice(colon + 1)];
  }
  return value
    .split(/[;,]\s*/)
    .map((part) => part.slice(part.indexOf("=") + 1).replace(/^"|"$/g, ""))
    .filter((part) => part !== value && LONE_PART.test(part))
    .flatMap((part) => [part, decodePercent(part)]);
}
