import { fromByteString, toByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { redactText } from "./redact-text.ts";
import { redactWithin } from "./redact-within.ts";
import { isSensitiveHeader, isSensitiveName } from "./sensitive-names.ts";
import { unescapeString } from "./unescape-string.ts";

type Frame = {
  kind: "object" | "array";
  pointer: string;
  /** Everything below a secret's name is a secret. */
  isSecret: boolean;
  index: number;
  key: string | null;
  /** `{"name": "Authorization", "value": …}`: what `value` is, the other says. */
  hasSecretValue: boolean;
};

const SPACE = /[ \t\r\n]*/y;
/** What is nested deeper is read as text. */
const DEPTH_MAX = 500;
const LITERAL = /-?[0-9][0-9.eE+-]*|true|false|null/y;

/** Where a string that starts here ends. One without an end (the body was cut off) goes to the end. */
function endOfString(json: string, start: number): number {
  for (let at = start + 1; ; ) {
    const quote = json.indexOf('"', at);
    if (quote < 0) return json.length;
    let escapes = 0;
    while (json[quote - 1 - escapes] === "\\" && quote - 1 - escapes > start) escapes += 1;
    if (escapes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Whether a string lacks its last quote. */
function endsOpen(raw: string): boolean {
  return raw.length < 2 || !/(?<!\\)(?:\\\\)*"$/.test(raw.slice(-2_000));
}

/** RFC 6901 section 4. */
const escapePointer = (key: string) =>
  /[~/]/.test(key) ? key.replaceAll("~", "~0").replaceAll("/", "~1") : key;

/**
 * JSON, or several texts of it after each other. Only values are replaced: every other byte stays,
 * duplicate keys, big numbers, spaces, comments and last commas too. From where it is not JSON any more, it is read as text.
 *
 * @param scope what comes before `json:` in an address
 */
export function redactJson(json: string, scope: string, fields: Fields): string {
  const frames: Frame[] = [];
  let out = "";
  let kept = 0;
  let position = 0;
  /** Of the name whose value comes next. */
  let keyStart: number | null = null;

  const match = (pattern: RegExp): string | null => {
    pattern.lastIndex = position;
    const found = pattern.exec(json)?.[0] ?? null;
    if (found !== null) position += found.length;
    return found;
  };
  const matchString = (): string | null => {
    if (json[position] !== '"') return null;
    const start = position;
    position = endOfString(json, start);
    return json.slice(start, position);
  };
  const replaceFrom = (start: number, text: string) => {
    out += json.slice(kept, start) + text;
    kept = position;
  };
  /** Comments too, which some write into JSON. */
  const skip = (): void => {
    for (;;) {
      match(SPACE);
      const start = position;
      const isLine = json.startsWith("//", start);
      if (!isLine && !json.startsWith("/*", start)) return;
      const found = isLine ? json.indexOf("\n", start) : json.indexOf("*/", start + 2);
      position = found < 0 ? json.length : found + (isLine ? 0 : 2);
      const comment = json.slice(start, position);
      const shown = redactText(comment, scope, fields);
      if (shown !== comment) replaceFrom(start, shown);
    }
  };
  const place = (): { pointer: string; isSecret: boolean } => {
    const top = frames.at(-1);
    if (!top) return { pointer: "", isSecret: false };
    if (top.kind === "array") {
      return { pointer: `${top.pointer}/${top.index}`, isSecret: top.isSecret };
    }
    const key = top.key ?? "";
    return {
      pointer: `${top.pointer}/${escapePointer(key)}`,
      isSecret:
        top.isSecret ||
        isSensitiveName(key) ||
        (top.hasSecretValue && key.toLowerCase() === "value"),
    };
  };
  const scalar = (start: number, raw: string): void => {
    const { pointer, isSecret } = place();
    const address = `${scope}json:${pointer}`;
    if (!raw.startsWith('"')) {
      const replaced = fields.visit(address, raw, isSecret && raw !== "null");
      if (replaced !== null) replaceFrom(start, `"${replaced}"`);
      return;
    }
    const isOpen = position === json.length && endsOpen(raw);
    const inner = raw.slice(1, isOpen ? undefined : -1);
    const value = unescapeString(raw);
    const top = frames.at(-1);
    if (top?.kind === "object" && /^(name|key|header|field)$/i.test(top.key ?? "")) {
      top.hasSecretValue ||= isSensitiveHeader(value);
    }
    if (/^\s*[[{]/.test(value) && !fields.isHidden(address, isSecret)) {
      // JSON that is a string of JSON, as queues and logs have it.
      const bytes = toByteString(value);
      const nested = redactJson(bytes, `${address} `, fields);
      fields.visit(address, inner, false, [bytes]);
      if (nested === bytes) return;
      const written = toByteString(JSON.stringify(fromByteString(nested)).slice(1, -1));
      return replaceFrom(start, `"${written}${isOpen ? "" : '"'}`);
    }
    const replaced = fields.visit(address, inner, isSecret, [toByteString(value)]);
    const shown = replaced ?? (isSecret ? inner : redactWithin(inner, `${address} `, fields));
    if (shown !== inner) replaceFrom(start, `"${shown}${isOpen ? "" : '"'}`);
  };
  /** After a value: the next place within what is open. False where that is not JSON. */
  const proceed = (): boolean => {
    for (let top = frames.at(-1); top; top = frames.at(-1)) {
      skip();
      const next = json[position];
      if (next === ",") {
        position += 1;
        top.index += 1;
        top.key = null;
        return true;
      }
      if (next !== (top.kind === "object" ? "}" : "]")) return false;
      position += 1;
      frames.pop();
    }
    return true;
  };

  for (;;) {
    skip();
    if (position >= json.length) break;
    const top = frames.at(-1);
    const next = json[position]!;
    if (top?.kind === "object" && top.key === null) {
      // Also behind a last comma.
      if (next === "}") {
        position += 1;
        frames.pop();
        if (!proceed()) break;
        continue;
      }
      keyStart = position;
      const key = matchString();
      if (key === null) break;
      top.key = unescapeString(key);
      skip();
      if (json[position] !== ":") break;
      position += 1;
      continue;
    }
    if (next === "]" && top?.kind === "array" && top.index > 0) {
      position += 1;
      frames.pop();
      if (!proceed()) break;
      continue;
    }
    if (next === "{" || next === "[") {
      if (frames.length >= DEPTH_MAX) break;
      keyStart = null;
      const { pointer, isSecret } = place();
      const kind = next === "{" ? "object" : "array";
      position += 1;
      frames.push({ kind, pointer, isSecret, index: 0, key: null, hasSecretValue: false });
      if (kind === "object") continue;
      skip();
      if (json[position] !== "]") continue;
      position += 1;
      frames.pop();
      if (!proceed()) break;
      continue;
    }
    const start = position;
    const raw = matchString() ?? match(LITERAL);
    if (raw === null) break;
    keyStart = null;
    scalar(start, raw);
    if (!proceed()) break;
  }
  // With its name, which tells what the value is.
  const end = keyStart ?? position;
  const rest = json.slice(end);
  const isSecret = frames.some((frame) => frame.isSecret);
  const replaced = isSecret && rest !== "" ? fields.visit(`${scope}text:`, rest, true) : null;
  return out + json.slice(kept, end) + (replaced ?? redactText(rest, scope, fields));
}
