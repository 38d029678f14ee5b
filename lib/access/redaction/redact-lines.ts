import type { Fields } from "./fields.ts";
import { redactJson } from "./redact-json.ts";
import { redactText } from "./redact-text.ts";

const JSON_LINE = /^((?:data:)?[ \t]*)([[{].*)$/gm;

/**
 * Lines of which some are JSON: `text/event-stream` (HTML 9.2) behind `data:`, JSON by lines with
 * others in between.
 */
export function redactLines(text: string, scope: string, fields: Fields): string {
  let shown = "";
  let kept = 0;
  for (const line of text.matchAll(JSON_LINE)) {
    const [whole, before, json] = line as unknown as [string, string, string];
    const others = text.slice(kept, line.index);
    shown += others.trim() === "" ? others : redactText(others, scope, fields);
    shown += before + redactJson(json, scope, fields);
    kept = line.index + whole.length;
  }
  return shown + redactText(text.slice(kept), scope, fields);
}
