import { toByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { redactUrls } from "./redact-urls.ts";
import { isSensitiveHeader, isSensitiveName, isWeakName } from "./sensitive-names.ts";
import { unescapeString } from "./unescape-string.ts";

/** Also indented, or in a list, as YAML has it. */
const HEADER_LINE =
  /^([ \t]{0,64}(?:-[ \t]{1,8})?)([!#$%&'*+.^_`|~0-9a-z-]+)([ \t]*:[ \t]*)([^\r\n]+)/gim;
/** A line of an .env file, whose value may have spaces. */
const ENV_LINE = /^([ \t]{0,64}(?:export[ \t]{1,8})?)([A-Z_][A-Z0-9_]{0,63})=([^\r\n]+)/gm;
/** `"token": "x"`, `token='x'`, `token: x`, `token=x`. The bounds keep it linear in the text. */
const PAIR =
  /(["']?)(?<![\w.-])([a-z_][\w.-]{0,63})\1(\s{0,8}[:=]\s{0,8})("(?:[^"\\]+|\\.)*"?|'[^']*'?|(?:(?:basic|bearer|digest|hmac|negotiate|token)[ \t]{1,8})?[^\s"'&;,<>{}[\]]+)/gi;
/**
 * In a string of JSON, whose quotes are escaped: a value in quotes, or right behind `=`. A colon in a
 * sentence says nothing.
 */
const ESCAPED_PAIR =
  /(?<![\w.-])([a-z_][\w.-]{0,63})(?:\\{1,8}["'])?\s{0,8}[:=]\s{0,8}(\\{1,8})"/gi;
const ESCAPED_ASSIGNMENT = /(?<![\w.-])([a-z_][\w.-]{0,63})=([^\s"'&;,<>{}[\]\\=]+)/gi;

type Hide = (value: string, name: string, values?: string[]) => string;

function hider(scope: string, fields: Fields): Hide {
  return (value, name, values) => {
    if (value === "" || value.includes("[redacted]")) return value;
    return fields.visit(`${scope}text:${name}`, value, true, values) ?? value;
  };
}

/** What a string means that was escaped as JSON, and that again. */
function unescaped(value: string): string[] {
  const values: string[] = [];
  for (let last = value; last.includes("\\") && values.length < 4; ) {
    const next = toByteString(unescapeString(`"${last}"`));
    if (next === last) break;
    values.push(next);
    last = next;
  }
  return values;
}

/** In `"x"` what is between the quotes. */
function hideQuoted(value: string, name: string, hide: Hide): string {
  const quote = /^["']/.exec(value)?.[0];
  if (quote === undefined) return hide(value, name);
  const end = value.length > 1 && value.endsWith(quote) ? quote : "";
  const inner = value.slice(1, value.length - end.length);
  return quote + hide(inner, name, unescaped(inner)) + end;
}

/**
 * Text without a form that we know: what looks like a secret's name with a value is taken for that.
 *
 * @param scope what comes before `text:` in an address
 */
export function redactPlain(text: string, scope: string, fields: Fields): string {
  const hide = hider(scope, fields);
  let shown = redactUrls(text, fields);
  if (!/[:=]/.test(shown)) return shown;
  shown = shown.replace(
    HEADER_LINE,
    (whole, indent: string, name: string, separator: string, value: string) => {
      if (!isSensitiveHeader(name)) return whole;
      const inner = value.trimEnd();
      const shownValue = hideQuoted(inner, name, hide);
      return indent + name + separator + shownValue + value.slice(inner.length);
    },
  );
  if (shown.includes("=")) {
    shown = shown.replace(ENV_LINE, (whole, before: string, name: string, value: string) => {
      // `TOKEN=x&page=2` is a form.
      if (!isSensitiveName(name) || /&[^&=\s]+=/.test(value)) return whole;
      return `${before}${name}=${hideQuoted(value, name, hide)}`;
    });
  }
  return shown.replace(
    PAIR,
    (whole, quote: string, name: string, separator: string, value: string) => {
      // Behind a scheme alone, the credential was hidden before.
      if (!isSensitiveName(name) || /^(basic|bearer)$/i.test(value)) return whole;
      return quote + name + quote + separator + hideQuoted(value, name, hide);
    },
  );
}

/** Where a string ends whose quotes have so many backslashes; those within it have more. */
function endOfEscaped(text: string, start: number, level: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (quote - backslashes > start && text[quote - backslashes - 1] === "\\") backslashes += 1;
    if (backslashes <= level) return quote - backslashes;
  }
  return text.length;
}

/**
 * A string as JSON writes it, or a value of a form: what is assigned in it to a secret's name, as in
 * the query of GraphQL, or a line of a log.
 */
export function redactAssignments(text: string, scope: string, fields: Fields): string {
  const hide = hider(scope, fields);
  let shown = "";
  let kept = 0;
  ESCAPED_PAIR.lastIndex = 0;
  for (let pair = ESCAPED_PAIR.exec(text); pair; pair = ESCAPED_PAIR.exec(text)) {
    const [whole, name, level] = pair as unknown as [string, string, string];
    if (!isSensitiveName(name)) continue;
    const start = pair.index + whole.length;
    const end = endOfEscaped(text, start, level.length);
    const value = text.slice(start, end);
    shown += text.slice(kept, start) + hide(value, name, unescaped(value));
    kept = end;
    ESCAPED_PAIR.lastIndex = end;
  }
  shown += text.slice(kept);
  if (!shown.includes("=")) return shown;
  return shown.replace(ESCAPED_ASSIGNMENT, (whole, name: string, value: string) => {
    // `\nname=`, whose line break is an escape.
    const isNamed = isSensitiveName(name) && !isWeakName(name);
    return isNamed ? `${name}=${hide(value, name)}` : whole;
  });
}
