import type { Fields } from "./fields.ts";
import { redactJson } from "./redact-json.ts";
import { boundaryOf, redactMultipart } from "./redact-multipart.ts";
import { redactPairs } from "./redact-pairs.ts";
import { redactText } from "./redact-text.ts";

const PAIRS = /^[^\s=&<>{}"]+=[^\s<>{}"&]*(&[^\s=&<>{}"]+=[^\s<>{}"&]*)*&?\s*$/;

/** A body or a part of one, by what it says it is, or by what it looks like. */
export function redactBytes(
  bytes: string,
  contentType: string,
  scope: string,
  fields: Fields,
): string {
  const type = contentType.toLowerCase();
  if (type.startsWith("multipart/")) {
    const boundary = boundaryOf(contentType);
    if (boundary !== null) return redactMultipart(bytes, boundary, scope, fields);
  }
  // A byte order mark of UTF-8 may come before JSON.
  const mark = bytes.startsWith("\xef\xbb\xbf") ? bytes.slice(0, 3) : "";
  const rest = bytes.slice(mark.length);
  if (/^\s*[[{"]/.test(rest) || /[/+]json/.test(type)) {
    return mark + redactJson(rest, scope, fields);
  }
  if (type.startsWith("application/x-www-form-urlencoded") || PAIRS.test(rest.slice(0, 8_192))) {
    return mark + redactPairs(rest, `${scope}form:`, fields);
  }
  return mark + redactText(rest, scope, fields);
}
