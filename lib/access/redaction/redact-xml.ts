import { fromByteString, toByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { redactPlain } from "./redact-plain.ts";
import { isSensitiveName } from "./sensitive-names.ts";

type Element = {
  name: string;
  path: string;
  /** Everything below a secret's name is a secret. */
  isSecret: boolean;
};

type Attribute = { name: string; value: string; start: number };

const NAME = /[^\s<>/="'&]+/y;
const SPACE = /\s*/y;
const BARE_VALUE = /[^\s<>"']+/y;
/** No `<`: XML has none there, and a quote that is never closed would hide what is behind it from us. */
const QUOTED_VALUE = { '"': /[^"<]*/y, "'": /[^'<]*/y };
/** HTML's elements without an end. */
const VOID = /^(?:area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr)$/i;
const CLOSING = /<\/([^\s<>]+)/g;
/** Names of a standard, as WS-Security's `Type` has them. */
const STANDARD = /^\\?"?https?:\/\/(?:docs\.oasis-open\.org|www\.w3\.org|schemas\.xmlsoap\.org)\//;
/** `<add key="Password" value="…"/>`: what one says the other is. */
const NAMING = /^(?:name|key|field|property)$/i;
const NAMED = /^(?:value|content)$/i;

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeEntities(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(
    /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-fA-F]{1,6}));/g,
    (whole, name?: string, decimal?: string, hex?: string) => {
      if (name) return ENTITIES[name]!;
      const code = decimal ? Number(decimal) : Number.parseInt(hex!, 16);
      return code <= 0x10ffff ? toByteString(String.fromCodePoint(code)) : whole;
    },
  );
}

const localName = (name: string) => name.slice(name.indexOf(":") + 1);

/** No address is longer: a path of a million names would only take memory. */
const PATH_MAX = 2_000;
const pathBelow = (path: string, name: string) =>
  path.length > PATH_MAX ? path : `${path}/${name}`;

/**
 * XML, HTML, and elements in the middle of a text. Only what stands between tags and in attributes is
 * replaced: below a secret's name all of it. It need not be well-formed; what breaks off inside a
 * secret is one to its end.
 *
 * @param scope what comes before `xml:` in an address
 * @param isWhole whether it is nothing else. In another text only elements that end are believed, and
 *   what is no secret was looked into before.
 */
export function redactXml(xml: string, scope: string, fields: Fields, isWhole: boolean): string {
  const open: Element[] = [];
  const opened = new Map<string, number>();
  /** Where the last end of an element is, by its name. */
  const ends = new Map<string, number>();
  if (!isWhole) {
    for (const end of xml.matchAll(CLOSING)) ends.set(end[1]!, end.index);
    if (ends.size === 0) return xml;
  }
  let out = "";
  let kept = 0;
  let position = 0;

  const replace = (start: number, end: number, text: string) => {
    out += xml.slice(kept, start) + text;
    kept = end;
  };
  const match = (pattern: RegExp): string => {
    pattern.lastIndex = position;
    const found = pattern.exec(xml)?.[0] ?? "";
    position += found.length;
    return found;
  };
  /** Goes behind the next of these, or to the end: what is between is returned. */
  const until = (mark: string): string => {
    const found = xml.indexOf(mark, position);
    const content = xml.slice(position, found < 0 ? xml.length : found);
    position = found < 0 ? xml.length : found + mark.length;
    return content;
  };
  const hide = (address: string, value: string, start: number, isSecret: boolean): boolean => {
    // Elsewhere than in whole XML, other eyes were here before.
    if (!isWhole && (!isSecret || value.includes("[redacted]"))) return false;
    const names = isWhole ? `${scope}xml:${address}` : `${scope}text:${address}`;
    const replaced = fields.visit(names, value, isSecret, [decodeEntities(value)]);
    if (replaced !== null) replace(start, start + value.length, replaced);
    return replaced !== null || isSecret;
  };
  const lookInto = (value: string, start: number): void => {
    if (!isWhole) return;
    const shown = redactPlain(value, scope, fields);
    if (shown !== value) replace(start, start + value.length, shown);
  };
  const text = (content: string, start: number, isComment = false): void => {
    const value = content.trim();
    if (value === "") return;
    const at = start + content.indexOf(value);
    const element = open.at(-1);
    const isField = element && (element.isSecret || !isComment);
    if (isField && hide(element.path, value, at, element.isSecret)) return;
    lookInto(value, at);
  };
  const attributes = (): Attribute[] => {
    const found: Attribute[] = [];
    for (;;) {
      match(SPACE);
      const name = match(NAME);
      if (name === "") {
        const next = xml[position];
        if (next === undefined || next === ">" || next === "<") return found;
        position += 1;
        continue;
      }
      match(SPACE);
      if (xml[position] !== "=") continue;
      position += 1;
      match(SPACE);
      const quote = xml[position];
      const isQuoted = quote === '"' || quote === "'";
      if (isQuoted) position += 1;
      const start = position;
      const value = match(isQuoted ? QUOTED_VALUE[quote] : BARE_VALUE);
      if (isQuoted && xml[position] === quote) position += 1;
      found.push({ name, value, start });
    }
  };
  const tag = (start: number): void => {
    const name = match(NAME);
    const local = localName(name);
    const above = open.at(-1);
    const isBelow = above?.isSecret ?? false;
    const path = isWhole ? pathBelow(above?.path ?? "", name) : isBelow ? above!.path : local;
    const list = attributes();
    const isEmpty = xml[position - 1] === "/" || VOID.test(name);
    if (xml[position] === ">") position += 1;
    const hasEnd = isWhole || (ends.get(name) ?? -1) > start;
    const naming = list.find(
      (one) => NAMING.test(one.name) && isSensitiveName(fromByteString(decodeEntities(one.value))),
    );
    const valued = list.some((one) => NAMED.test(one.name));
    const isSecret =
      isBelow || (hasEnd && (isSensitiveName(local) || (naming && !valued))) || false;
    for (const one of list) {
      if (one.value === "" || /^xmlns(:|$)/.test(one.name) || STANDARD.test(one.value)) continue;
      const isName = one === naming || (valued && NAMING.test(one.name));
      const isNamed = naming !== undefined && NAMED.test(one.name);
      const isOne =
        isBelow || isNamed || (!isName && (isSecret || isSensitiveName(localName(one.name))));
      if (!hide(`${path}/@${one.name}`, one.value, one.start, isOne))
        lookInto(one.value, one.start);
    }
    // In a text, an element that never ends would take the rest of it.
    if (isEmpty || !hasEnd) return;
    open.push({ name, path, isSecret });
    opened.set(name, (opened.get(name) ?? 0) + 1);
  };
  const close = (name: string): void => {
    if ((opened.get(name) ?? 0) === 0) return;
    for (let last = open.pop(); last; last = open.pop()) {
      opened.set(last.name, opened.get(last.name)! - 1);
      if (last.name === name) return;
    }
  };

  let textStart = 0;
  while (position < xml.length) {
    const start = xml.indexOf("<", position);
    if (start < 0) break;
    const next = xml[start + 1] ?? "";
    position = start + 1;
    if (!/[A-Za-z_/!?\x80-\xff]/.test(next)) continue;
    text(xml.slice(textStart, start), textStart);
    if (next === "/") {
      position += 1;
      close(match(NAME));
      until(">");
    } else if (xml.startsWith("<![CDATA[", start)) {
      position = start + 9;
      text(until("]]>"), start + 9);
    } else if (xml.startsWith("<!--", start)) {
      position = start + 4;
      text(until("-->"), start + 4, true);
    } else if (next === "?" || next === "!") {
      until(">");
    } else {
      tag(start);
    }
    textStart = position;
  }
  text(xml.slice(textStart), textStart);
  return out + xml.slice(kept);
}
