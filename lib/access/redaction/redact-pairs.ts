import { REDACTED } from "../../contract/share.ts";
import { decodePercent, fromByteString, toByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { redactJson } from "./redact-json.ts";
import { isSensitiveName } from "./sensitive-names.ts";

/**
 * `a=1&token=2` of a query or a form. Separators, order and the names stay as they came. A value
 * that is JSON in itself, as in Slack's `payload`, is looked into.
 *
 * @param scope `query:` or `form:`, and what comes before it in an address
 */
export function redactPairs(pairs: string, scope: string, fields: Fields): string {
  return pairs.replace(/[^&;]+/g, (pair) => {
    const split = pair.indexOf("=");
    if (split < 0) return pair;
    const name = fromByteString(decodePercent(pair.slice(0, split)));
    const raw = pair.slice(split + 1);
    const value = decodePercent(raw);
    const address = `${scope}${name}`;
    const isJson = /^\s*[[{]/.test(value);
    if (isJson && !fields.isHidden(address, isSensitiveName(name))) {
      const redacted = redactJson(value, `${address} `, fields);
      if (redacted === value) return pair;
      // The marker stays readable among what has to be encoded.
      const encoded = encodeURIComponent(fromByteString(redacted));
      return `${pair.slice(0, split + 1)}${encoded.replaceAll(encodeURIComponent(REDACTED), REDACTED)}`;
    }
    const text = fromByteString(value);
    const forms = [value, toByteString(encodeURIComponent(text.replaceAll("\ufffd", "")))];
    const replaced = fields.visit(address, raw, isSensitiveName(name), forms);
    return replaced === null ? pair : `${pair.slice(0, split + 1)}${replaced}`;
  });
}

/** Values of secrets in the query of an address that is part of a text. */
export function redactUrls(text: string, fields: Fields): string {
  if (!text.includes("?")) return text;
  return text.replace(
    /([?&;])([^=&;#?\s"'<>\\]+)=([^&#\s"'<>\\]*)/g,
    (whole, separator: string, name: string, value: string) => {
      const decoded = fromByteString(decodePercent(name));
      if (value === "" || !isSensitiveName(decoded)) return whole;
      const replaced = fields.visit(`url:${decoded}`, value, true, [decodePercent(value)]);
      return replaced === null ? whole : `${separator}${name}=${replaced}`;
    },
  );
}
