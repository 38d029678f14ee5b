import type { Fields } from "./fields.ts";
import { redactJson } from "./redact-json.ts";
import { redactText } from "./redact-text.ts";

const JSON_LINE = /^((?:data:)?[ \t]*)([[{].*)$/gm;

/**
 * Lines of which some are JSON: `text/event-stream` (HTML 9.2) behind `data:`, JSON by lines with
 * others in between.
 */
export function redactLines(text: string, scope: string, fields: Fields): string {
  const shown = text.replace(
    JSON_LINE,
    (_, before: string, json: string) => before + redactJson(json, scope, fields),
  );
  return redactText(shown, scope, fields);
}
