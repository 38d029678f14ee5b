import type { Fields } from "./fields.ts";
import { redactUrls } from "./redact-urls.ts";
import { isSensitiveHeader, isSensitiveName } from "./sensitive-names.ts";

const HEADER_LINE = /^([!#$%&'*+.^_`|~0-9a-z-]+)([ \t]*:[ \t]*)([^\r\n]+)/gim;
/** `"token": "x"`, `token='x'`, `token: x`, `token=x`. The bounds keep it linear in the text. */
const PAIR =
  /(["']?)(?<![\w.-])([a-z_][\w.-]{0,63})\1(\s{0,8}[:=]\s{0,8})("(?:[^"\\]+|\\.)*"?|'[^']*'?|(?:(?:basic|bearer|digest|hmac|negotiate|token)[ \t]{1,8})?[^\s"'&;,<>{}[\]]+)/gi;
const ELEMENT = /<([a-z_][\w.:-]{0,63})([^<>]*)>(<!\[CDATA\[[^<]*|[^<]+)(?=<\/)/gi;

/**
 * Bytes without a form that we know, among them a request that is not valid HTTP: what looks like a
 * secret's name with a value is taken for that.
 *
 * @param scope what comes before `text:` in an address
 */
export function redactText(text: string, scope: string, fields: Fields): string {
  const hide = (whole: string, value: string, name: string, byDefault: boolean): string => {
    if (!byDefault || value === "" || value.includes("[redacted]")) return whole;
    const replaced = fields.visit(`${scope}text:${name}`, value, byDefault);
    return replaced === null ? whole : whole.replace(value, () => replaced);
  };
  return redactUrls(text, fields)
    .replace(HEADER_LINE, (whole, name: string, _separator, value: string) =>
      hide(whole, value.trim(), name, isSensitiveHeader(name)),
    )
    .replace(PAIR, (whole, quote: string, name: string, separator: string, value: string) => {
      // Behind a scheme alone, the credential was hidden before.
      if (!isSensitiveName(name) || /^(basic|bearer)$/i.test(value)) return whole;
      const inner = /^["']/.test(value) ? value.slice(1).replace(/["']$/, "") : value;
      const hidden = hide(value, inner, name, true);
      return `${quote}${name}${quote}${separator}${hidden}`;
    })
    .replace(ELEMENT, (whole, name: string, attributes: string, value: string) => {
      const local = name.slice(name.indexOf(":") + 1);
      if (!isSensitiveName(local)) return whole;
      const inner = value.replace(/^<!\[CDATA\[|\]\]>$/g, "");
      return `<${name}${attributes}>${hide(value, inner, local, true)}`;
    });
}
