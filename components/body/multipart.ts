import type { HeaderPair } from "#lib/contract/reply.ts";

export type Part = {
  headers: HeaderPair[];
  /** Of the bytes between its headers and the next boundary. */
  start: number;
  end: number;
};

export type Multipart = {
  parts: Part[];
  /** What is before the first boundary and after the last; most often nothing. */
  preamble: { start: number; end: number };
  epilogue: { start: number; end: number };
  /** Whether the closing boundary came. */
  complete: boolean;
};

const CR = 0x0d;
const LF = 0x0a;
const MAX_PARTS = 10_000;

/** The boundary that a Content-Type names (RFC 2046 5.1.1); null without one. */
export function boundaryOf(contentType: string | null): string | null {
  if (!/^\s*multipart\//i.test(contentType ?? "")) return null;
  const match = /;\s*boundary\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;]+))/i.exec(contentType!);
  const boundary = match?.[1]?.replace(/\\(.)/g, "$1") ?? match?.[2];
  return boundary === undefined || boundary === "" ? null : boundary;
}

/**
 * Cuts a multipart body (RFC 2046 5.1) into its parts, by position: nothing is copied, decoded,
 * merged or lower-cased. Takes bare line feeds, which some senders write. Null where no boundary
 * is found; a last part that does not end is taken as far as it came.
 */
export function parseMultipart(bytes: Uint8Array, boundary: string): Multipart | null {
  const delimiters = findDelimiters(bytes, latin1(`--${boundary}`));
  const first = delimiters[0];
  if (!first) return null;
  const parts: Part[] = [];
  let complete = first.isLast;
  let end = first.after;
  for (let index = 0; index < delimiters.length && !delimiters[index]!.isLast; index += 1) {
    const next = delimiters[index + 1];
    parts.push(readPart(bytes, delimiters[index]!.after, next?.before ?? bytes.length));
    end = next?.after ?? bytes.length;
    complete = next?.isLast ?? false;
  }
  return {
    parts,
    preamble: { start: 0, end: first.before },
    epilogue: { start: complete ? end : bytes.length, end: bytes.length },
    complete,
  };
}

type Delimiter = {
  /** Where the part before it ends: the line end belongs to the boundary. */
  before: number;
  after: number;
  isLast: boolean;
};

function findDelimiters(bytes: Uint8Array, mark: Uint8Array): Delimiter[] {
  const found: Delimiter[] = [];
  for (let at = indexOf(bytes, mark, 0); at !== -1; at = indexOf(bytes, mark, at + 1)) {
    const startsLine = at === 0 || bytes[at - 1] === LF;
    const delimiter = startsLine ? readDelimiter(bytes, at, at + mark.length) : null;
    if (!delimiter) continue;
    found.push(delimiter);
    if (delimiter.isLast || found.length > MAX_PARTS) break;
  }
  return found;
}

/** What follows the mark: `--` for the last one, white space, a line end. Else it is no boundary. */
function readDelimiter(bytes: Uint8Array, start: number, markEnd: number): Delimiter | null {
  const isLast = bytes[markEnd] === 0x2d && bytes[markEnd + 1] === 0x2d;
  let after = isLast ? markEnd + 2 : markEnd;
  while (bytes[after] === 0x20 || bytes[after] === 0x09) after += 1;
  if (bytes[after] === CR && bytes[after + 1] === LF) after += 2;
  else if (bytes[after] === LF) after += 1;
  else if (after < bytes.length && !isLast) return null;
  const lineEnd = start >= 2 && bytes[start - 2] === CR ? 2 : 1;
  return { before: start === 0 ? 0 : start - lineEnd, after, isLast };
}

function readPart(bytes: Uint8Array, from: number, to: number): Part {
  const headers: HeaderPair[] = [];
  let at = from;
  while (at < to) {
    const feed = bytes.subarray(at, to).indexOf(LF);
    if (feed === -1) break;
    const lineEnd = at + feed;
    const hasReturn = lineEnd > at && bytes[lineEnd - 1] === CR;
    const line = fromLatin1(bytes.subarray(at, hasReturn ? lineEnd - 1 : lineEnd));
    if (line === "")
      return { headers, start: Math.min(lineEnd + 1, to), end: Math.max(to, lineEnd + 1) };
    const colon = line.indexOf(":");
    const last = headers.at(-1);
    if (/^[ \t]/.test(line) && last) last[1] += ` ${line.trim()}`;
    // No header, so there were none: it is content.
    else if (colon < 1) break;
    else
      headers.push([line.slice(0, colon), line.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, "")]);
    at = lineEnd + 1;
  }
  // Without the blank line nothing says where the headers end.
  return headers.length > 0 && at >= to
    ? { headers, start: to, end: to }
    : { headers: [], start: Math.min(from, to), end: to };
}

export function headerOf(headers: readonly HeaderPair[], name: string): string | null {
  const pair = headers.find(([candidate]) => candidate.toLowerCase() === name);
  return pair ? pair[1] : null;
}

/** `name` and `filename` of a Content-Disposition (RFC 7578 4.2), percent- and UTF-8-decoded. */
export function dispositionOf(part: Part): { name: string | null; filename: string | null } {
  const value = headerOf(part.headers, "content-disposition") ?? "";
  const extended = parameter(value, "filename\\*");
  return {
    name: asUtf8(parameter(value, "name")),
    filename: decodeExtended(extended) ?? asUtf8(parameter(value, "filename")),
  };
}

function parameter(value: string, name: string): string | null {
  const pattern = new RegExp(`;\\s*${name}\\s*=\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|([^\\s;]+))`, "i");
  const match = pattern.exec(value);
  if (!match) return null;
  // Browsers write %22 for a quote and keep a backslash; others escape with one.
  return match[1]?.replace(/\\(["\\])/g, "$1").replace(/%22/g, '"') ?? match[2] ?? null;
}

/** RFC 8187. */
function decodeExtended(value: string | null): string | null {
  const encoded = /^utf-8'[^']*'(.*)$/i.exec(value ?? "")?.[1];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

function asUtf8(value: string | null): string | null {
  if (value === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(latin1(value));
  } catch {
    return value;
  }
}

function indexOf(bytes: Uint8Array, part: Uint8Array, from: number): number {
  const first = part[0]!;
  for (let at = bytes.indexOf(first, from); at !== -1; at = bytes.indexOf(first, at + 1)) {
    let matched = 1;
    while (matched < part.length && bytes[at + matched] === part[matched]) matched += 1;
    if (matched === part.length) return at;
  }
  return -1;
}

/** Header bytes are shown one character a byte, as everywhere. */
function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}

function fromLatin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 4096) {
    text += String.fromCharCode(...bytes.subarray(at, at + 4096));
  }
  return text;
}
