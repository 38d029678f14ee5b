import { REDACTED } from "../../contract/share.ts";
import { decodePercent, fromByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { redactJson } from "./redact-json.ts";
import { redactWithin } from "./redact-within.ts";
import { isSensitiveName } from "./sensitive-names.ts";

/** The marker stays readable among what has to be encoded. */
function encodeAround(bytes: string): string {
  const encoded = encodeURIComponent(fromByteString(bytes));
  return encoded.replaceAll(encodeURIComponent(REDACTED), REDACTED);
}

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
    const isSecret = isSensitiveName(name);
    if (!isSecret && !fields.isHidden(address, false)) {
      const isJson = /^\s*[[{]/.test(value);
      // Or an address that is a value of another one.
      const look = isJson ? redactJson : redactWithin;
      const shown = look(value, `${address} `, fields);
      if (!isJson) fields.visit(address, raw, false, [value]);
      if (shown === value) return pair;
      return pair.slice(0, split + 1) + (raw === value ? shown : encodeAround(shown));
    }
    const replaced = fields.visit(address, raw, isSecret, [value]);
    return replaced === null ? pair : `${pair.slice(0, split + 1)}${replaced}`;
  });
}
