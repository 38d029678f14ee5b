import { fromByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { redactBytes } from "./redact-bytes.ts";
import { redactText } from "./redact-text.ts";
import { isSensitiveName } from "./sensitive-names.ts";

/** RFC 2046 5.1.1. Null without a boundary, or when the body has none of it. */
export function boundaryOf(contentType: string): string | null {
  const found = /;\s*boundary\s*=\s*(?:"([^"]+)"|([^\s;"]+))/i.exec(contentType);
  return found?.[1] ?? found?.[2] ?? null;
}

/** Parts of `multipart/form-data` and its relatives: delimiters and part headers stay in place. */
export function redactMultipart(
  body: string,
  boundary: string,
  scope: string,
  fields: Fields,
): string {
  const delimiter = `--${boundary}`;
  return body
    .split(delimiter)
    .map((part, index) =>
      index === 0 ? redactText(part, scope, fields) : redactPart(part, scope, fields),
    )
    .join(delimiter);
}

function redactPart(part: string, scope: string, fields: Fields): string {
  const head = /^[ \t]*\r?\n([\s\S]*?\r?\n)?\r?\n/.exec(part)?.[0];
  // The closing delimiter, or a part that was cut off in its head.
  if (head === undefined) return redactText(part, scope, fields);
  const end = part.endsWith("\r\n") ? -2 : part.endsWith("\n") ? -1 : part.length;
  const content = part.slice(head.length, end);
  const tail = part.slice(head.length + content.length);
  const rawName = /;\s*name\*?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))/i.exec(head);
  const name = fromByteString(rawName?.[1] ?? rawName?.[2] ?? "");
  const type = /^content-type[ \t]*:[ \t]*([^\r\n]*)/im.exec(head)?.[1] ?? "text/plain";
  const encoding = /^content-transfer-encoding[ \t]*:[ \t]*base64/im.test(head);
  const address = `${scope}part:${name}`;
  const replaced = fields.visit(address, content, isSensitiveName(name) || encoding);
  const shown = replaced ?? redactBytes(content, type, `${address} `, fields);
  return redactText(head, scope, fields) + shown + tail;
}
