import type { HeaderPair } from "../../contract/reply.ts";
import type { RedactedField, Redaction } from "../../contract/share.ts";
import { REDACTED } from "../../contract/share.ts";
import { fromByteString } from "./byte-string.ts";
import { Fields } from "./fields.ts";
import { redactBytes } from "./redact-bytes.ts";
import { redactJson } from "./redact-json.ts";
import { redactPairs } from "./redact-pairs.ts";
import { redactText } from "./redact-text.ts";
import { redactUrls } from "./redact-urls.ts";
import { scrubber } from "./scrub.ts";
import { secretsWithin } from "./secrets-within.ts";
import { isSensitiveHeader } from "./sensitive-names.ts";
import { noteTokens } from "./tokens.ts";

/** What a sender wrote and what tells who it was. Texts are byte strings, as Node gives them. */
export type Recorded = {
  binId: string;
  method: string;
  target: string;
  path: string;
  query: string | null;
  contentType: string | null;
  remoteIp: string | null;
  problem: string | null;
  problemDetail: string | null;
  headers: HeaderPair[];
  trailers: HeaderPair[];
};

export type RedactedCapture<R> = { record: R; body: Buffer; fields: RedactedField[] };

/** RFC 9110 11.6.2: the scheme is no secret, and says much to who looks for a mistake. */
const SCHEME = /^(basic|bearer|digest|hmac|aws4-hmac-sha256|negotiate|token|apikey)( +)/i;

function redactHeaders(headers: HeaderPair[], fields: Fields): HeaderPair[] {
  return headers.map(([name, value]) => {
    const lower = name.toLowerCase();
    const address = `header:${lower}`;
    const scheme = /authorization$/.test(lower) ? (SCHEME.exec(value)?.[0] ?? "") : "";
    const secret = value.slice(scheme.length);
    if (secret === "") return [name, value];
    const isSecret = isSensitiveHeader(name);
    const replaced = fields.visit(address, secret, isSecret);
    if (replaced === null) {
      // Shown by the sharer's choice: as it came.
      if (isSecret) return [name, value];
      const isJson = /^\s*[[{]/.test(value);
      return [name, isJson ? redactJson(value, `${address} `, fields) : redactUrls(value, fields)];
    }
    for (const part of secretsWithin(scheme, secret)) fields.hidden.add(part);
    return [name, scheme + replaced];
  });
}

function redactPath(path: string, fields: Fields): string {
  return path
    .split("/")
    .map((segment, index) => {
      if (segment === "") return segment;
      return fields.visit(`path:${index}`, segment, false) ?? segment;
    })
    .join("/");
}

/** Bytes that no part of can be replaced in place: compressed, or not a byte a character. */
function isOpaque(recorded: Recorded, body: Uint8Array): boolean {
  const encoding = recorded.headers.find(([name]) => name.toLowerCase() === "content-encoding");
  if (encoding && !/^\s*(identity)?\s*$/i.test(encoding[1])) return true;
  if (body[0] === 0x1f && body[1] === 0x8b) return true;
  const isWide = (body[0] === 0xff && body[1] === 0xfe) || (body[0] === 0xfe && body[1] === 0xff);
  return (
    isWide || body[1] === 0 || /charset\s*=\s*"?utf-?(16|32)/i.test(recorded.contentType ?? "")
  );
}

function redactBody(record: Recorded, text: string, fields: Fields): string {
  try {
    return record.problem === "malformed"
      ? redactText(text, "", fields)
      : redactBytes(text, record.contentType ?? "", "", fields);
  } catch {
    // What exhausts the reader of a format is hidden, never let through.
    return REDACTED;
  }
}

/**
 * A capture as the holder of a link sees it. Everything keeps its place: a hidden value is replaced
 * by `[redacted]`, all other bytes are as they came. What is hidden in one place is hidden wherever
 * the capture repeats it; the bin's id too, which would let a reader send to the bin.
 */
export function redactCapture<R extends Recorded>(
  record: R,
  body: Uint8Array,
  redaction: Redaction,
): RedactedCapture<R> {
  const fields = new Fields(redaction);
  fields.hidden.add(record.binId);
  const text = Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString("latin1");

  const remoteIp =
    record.remoteIp === null
      ? null
      : (fields.visit("remoteIp", record.remoteIp, true) ?? record.remoteIp);
  const path = redactPath(record.path, fields);
  const query = record.query === null ? null : redactPairs(record.query, "query:", fields);
  const headers = redactHeaders(record.headers, fields);
  const hidesBody = body.length > 0 && fields.isHidden("body", isOpaque(record, body));
  const content = headers.find(([name]) => name.toLowerCase() === "content-type")?.[1];
  let shownBody = text;
  if (body.length > 0) {
    fields.visit("body", hidesBody ? text : `${body.length} bytes`, isOpaque(record, body));
    shownBody = hidesBody ? REDACTED : redactBody(record, text, fields);
  }
  const trailers = redactHeaders(record.trailers, fields);

  const [targetPath = ""] = record.target.split("?", 1);
  const shownPath =
    path === record.path
      ? targetPath
      : targetPath.endsWith(record.path)
        ? targetPath.slice(0, -record.path.length) + path
        : REDACTED;
  const target = query === null ? shownPath : `${shownPath}?${query}`;
  const contentType = record.contentType === null ? null : (content ?? record.contentType);
  const texts = [
    ...[record.method, target, path, query, contentType, remoteIp, record.problemDetail],
    ...[...headers, ...trailers].flat(),
    shownBody,
  ];
  for (const shown of texts) if (shown !== null) noteTokens(shown, fields);
  const scrub = scrubber(fields.hidden, [...texts, ...fields.list.map(({ value }) => value)]);
  const pairs = (list: HeaderPair[]) =>
    list.map(([name, value]): HeaderPair => [scrub(name), scrub(value)]);
  const redacted: R = {
    ...record,
    method: scrub(record.method),
    target: scrub(target),
    path: scrub(path),
    query: scrub(query),
    contentType: scrub(contentType),
    remoteIp: scrub(remoteIp),
    problemDetail: scrub(record.problemDetail),
    headers: pairs(headers),
    trailers: pairs(trailers),
  };
  return {
    record: redacted,
    body: Buffer.from(scrub(shownBody), "latin1"),
    fields: fields.list.map((field) => ({
      ...field,
      value: fromByteString(field.hidden ? field.value : scrub(field.value)),
    })),
  };
}
