import type { Fields } from "./fields.ts";
import { redactPlain } from "./redact-plain.ts";
import { redactXml } from "./redact-xml.ts";

/**
 * Bytes without a form that we know, among them a request that is not valid HTTP: what looks like a
 * secret's name with a value, in a line or as an element, is taken for that.
 *
 * @param scope what comes before `text:` in an address
 */
export function redactText(text: string, scope: string, fields: Fields): string {
  const shown = redactPlain(text, scope, fields);
  return shown.includes("</") ? redactXml(shown, scope, fields, false) : shown;
}
