import type { Fields } from "./fields.ts";
import { redactAssignments } from "./redact-plain.ts";
import { redactUrls } from "./redact-urls.ts";
import { redactXml } from "./redact-xml.ts";

/**
 * A value that is no secret by its name: an address, a line of a log, a query of GraphQL or a piece
 * of XML in it may have one. Of JSON, as it is written there.
 *
 * @param scope what comes before `text:` in an address
 */
export function redactWithin(value: string, scope: string, fields: Fields): string {
  // What is one word is neither.
  if (!/[^\w .-]/.test(value)) return redactUrls(value, fields);
  const shown = redactAssignments(redactUrls(value, fields), scope, fields);
  return shown.includes("</") ? redactXml(shown, scope, fields, false) : shown;
}
