import { MATCHES_MAX, type Matches } from "./find-text.ts";

/** Bytes to look for: of `de ad be ef` those, of anything else its UTF-8. */
export function bytesToFind(query: string): Uint8Array {
  const hex = query.trim();
  if (!/^[0-9a-f]{2}(\s*[0-9a-f]{2})*$/i.test(hex)) return new TextEncoder().encode(query);
  return Uint8Array.from(hex.match(/[0-9a-f]{2}/gi)!, (pair) => Number.parseInt(pair, 16));
}

export function findBytes(bytes: Uint8Array, query: string): Matches {
  const wanted = bytesToFind(query);
  const found: number[] = [];
  if (wanted.length === 0) return { ranges: new Uint32Array(), complete: true };
  for (let at = bytes.indexOf(wanted[0]!); at !== -1; at = bytes.indexOf(wanted[0]!, at)) {
    let matched = 1;
    while (matched < wanted.length && bytes[at + matched] === wanted[matched]) matched += 1;
    if (matched < wanted.length) {
      at += 1;
      continue;
    }
    if (found.length === MATCHES_MAX * 2)
      return { ranges: Uint32Array.from(found), complete: false };
    found.push(at, at + wanted.length);
    at += wanted.length;
  }
  return { ranges: Uint32Array.from(found), complete: true };
}
