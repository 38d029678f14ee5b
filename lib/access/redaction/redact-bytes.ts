import type { Fields } from "./fields.ts";
import { redactJson } from "./redact-json.ts";
import { redactLines } from "./redact-lines.ts";
import { boundaryOf, redactMultipart } from "./redact-multipart.ts";
import { redactPairs } from "./redact-pairs.ts";
import { redactText } from "./redact-text.ts";
import { redactXml } from "./redact-xml.ts";
import { redactYaml } from "./redact-yaml.ts";

const PAIRS = /^[^\s=&<>{}"]+=[^\s<>{}"&]*(&[^\s=&<>{}"]+=[^\s<>{}"&]*)*&?\s*$/;

/** JSON in some lines, other things in others. */
const BY_LINES =
  /^text\/event-stream|^application\/(?:x-)?(?:ndjson|jsonl)|^application\/json-?lines/;

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
  // A byte order mark of UTF-8 may come before it.
  const mark = bytes.startsWith("\xef\xbb\xbf") ? bytes.slice(0, 3) : "";
  const rest = bytes.slice(mark.length);
  if (BY_LINES.test(type)) return mark + redactLines(rest, scope, fields);
  if (/^\s*(?:[[{"]|\/[/*])/.test(rest) || /[/+]json/.test(type)) {
    return mark + redactJson(rest, scope, fields);
  }
  if (/[/+-]yaml/.test(type) || /^---\s/.test(rest)) return mark + redactYaml(rest, scope, fields);
  if (/^\s*<[a-z_?!]/i.test(rest) || /[/+]xml/.test(type)) {
    return mark + redactXml(rest, scope, fields, true);
  }
  if (type.startsWith("application/x-www-form-urlencoded") || PAIRS.test(rest.slice(0, 8_192))) {
    return mark + redactPairs(rest, `${scope}form:`, fields);
  }
  return mark + redactText(rest, scope, fields);
}
