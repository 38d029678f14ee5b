import { longer } from "./outline.ts";

/** What a stretch of markup is, for its colour. */
export const MARKUP = { text: 0, tag: 1, attribute: 2, value: 3, comment: 4 } as const;
export type MarkupKind = (typeof MARKUP)[keyof typeof MARKUP];

export type MarkupTokens = {
  length: number;
  /** Where each begins; it ends where the next one begins. */
  at: Uint32Array<ArrayBuffer>;
  kind: Uint8Array<ArrayBuffer>;
};

/** Elements of HTML whose content is no markup. */
const RAW = /<\/(script|style|textarea|title)\b/gi;
const RAW_NAMES = new Set(["script", "style", "textarea", "title"]);

/** Colours HTML and XML. Forgives everything: what is shown is the text as it is. */
export function markupTokens(text: string): MarkupTokens {
  let at = new Uint32Array(1024);
  let kinds = new Uint8Array(1024);
  let length = 0;
  const push = (position: number, kind: MarkupKind) => {
    if (length > 0 && kinds[length - 1] === kind) return;
    if (length === at.length) {
      at = longer(at, length * 2);
      const more = new Uint8Array(length * 2);
      more.set(kinds);
      kinds = more;
    }
    at[length] = position;
    kinds[length++] = kind;
  };
  let position = 0;
  while (position < text.length) {
    push(position, MARKUP.text);
    const tag = text.indexOf("<", position);
    if (tag === -1) break;
    if (text.startsWith("<!--", tag)) {
      push(tag, MARKUP.comment);
      const end = text.indexOf("-->", tag + 4);
      position = end === -1 ? text.length : end + 3;
      continue;
    }
    const next = text.charCodeAt(tag + 1);
    if (!isNameStart(next) && next !== 0x2f && next !== 0x21 && next !== 0x3f) {
      position = tag + 1;
      continue;
    }
    push(tag, MARKUP.tag);
    position = readTag(text, tag + 1, push);
    const name = rawName(text, tag);
    if (name === null) continue;
    push(position, MARKUP.text);
    RAW.lastIndex = position;
    let close = RAW.exec(text);
    while (close && close[1]!.toLowerCase() !== name) close = RAW.exec(text);
    position = close ? close.index : text.length;
  }
  return { length, at: at.slice(0, length), kind: kinds.slice(0, length) };
}

/** Goes through a tag's name and attributes; gives where what follows it begins. */
function readTag(text: string, from: number, push: (at: number, kind: MarkupKind) => void): number {
  let at = from;
  while (at < text.length && !isSpace(text.charCodeAt(at)) && text[at] !== ">") at += 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 0x3e) {
      push(at, MARKUP.tag);
      return at + 1;
    }
    if (code === 0x22 || code === 0x27) {
      push(at, MARKUP.value);
      const end = text.indexOf(text[at]!, at + 1);
      at = end === -1 ? text.length : end + 1;
    } else if (isSpace(code) || code === 0x3d || code === 0x2f || code === 0x3f) {
      push(at, MARKUP.tag);
      at += 1;
    } else {
      push(at, text[at - 1] === "=" ? MARKUP.value : MARKUP.attribute);
      while (at < text.length && !/[\s=>"']/.test(text[at]!)) at += 1;
    }
  }
  return at;
}

function rawName(text: string, tag: number): string | null {
  const name = /^[a-z]+/i.exec(text.slice(tag + 1, tag + 12))?.[0].toLowerCase() ?? "";
  return RAW_NAMES.has(name) ? name : null;
}

function isNameStart(code: number): boolean {
  return (
    (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a) || code === 0x5f || code > 0x7f
  );
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
