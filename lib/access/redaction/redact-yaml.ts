import { toByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { redactPlain } from "./redact-plain.ts";
import { isSensitiveName } from "./sensitive-names.ts";
import { unescapeString } from "./unescape-string.ts";

/** Indentation and dashes, a name, and what follows it. */
const NAMED =
  /^([ \t]*(?:-[ \t]+)*)(["']?)([^\s:"'#[\]{},&*!|>%@`-][^:"'#]{0,200}?)\2([ \t]*:(?=[ \t]|$)[ \t]*)(.*)$/;
const UNNAMED = /^([ \t]*(?:-[ \t]+)*)(.*)$/;
const LINE = /[^\r\n]+/g;

const isNothing = (value: string) => value === "" || value.startsWith("#");

/**
 * YAML, by its lines: below a secret's name everything is one that is indented more, an item of its
 * list, or a line of its text. Names, indentation and dashes stay.
 */
export function redactYaml(yaml: string, scope: string, fields: Fields): string {
  /** The name that what is indented more belongs to. */
  let secret: { name: string; indent: number } | null = null;
  const hide = (value: string, name: string): string => {
    if (isNothing(value) || /^[|>][0-9+-]*\s*(#.*)?$/.test(value)) return value;
    const quote = /^(["']).*\1$/.test(value) ? value[0]! : "";
    const inner = value.slice(quote.length, value.length - quote.length);
    if (inner === "") return value;
    const meant = quote === "'" ? inner.replaceAll("''", "'") : unescapeString(`"${inner}"`);
    const values = [quote === "'" ? meant : toByteString(meant)];
    const replaced = fields.visit(`${scope}text:${name}`, inner, true, values);
    return replaced === null ? value : quote + replaced + quote;
  };
  return yaml.replace(LINE, (line) => {
    const text = line.trimEnd();
    if (isNothing(text.trim())) return line;
    const end = line.slice(text.length);
    const named = NAMED.exec(text);
    const before = named ? named[1]! : UNNAMED.exec(text)![1]!;
    const indent = before.length;
    const isItem = before.trimStart().startsWith("-");
    const outer = before.length - before.trimStart().length;
    if (secret && (outer > secret.indent || (isItem && outer === secret.indent))) {
      if (!named) return before + hide(text.slice(indent), secret.name) + end;
      const [, , quote, name, separator, value] = named;
      return before + quote + name + quote + separator + hide(value!, secret.name) + end;
    }
    secret = null;
    const [, , quote, name, separator, value] = named ?? [];
    if (name === undefined || !isSensitiveName(name)) return redactPlain(line, scope, fields);
    secret = { name, indent };
    return before + quote + name + quote + separator + hide(value!, name) + end;
  });
}
