import { toByteString } from "./byte-string.ts";

/** One way to read a place of a text: the byte string that is meant, and where it ends. */
export type Writing = { bytes: string; end: number };

const BACKSLASH = 0x5c;
const PERCENT = 0x25;
const AMPERSAND = 0x26;
const PLUS = 0x2b;

/** 1 for the bytes behind which something else may be meant. */
export const MEANINGFUL = new Uint8Array(256);
for (const byte of [BACKSLASH, PERCENT, AMPERSAND, PLUS]) MEANINGFUL[byte] = 1;

const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#([0-9]{1,7})|#x([0-9a-f]{1,6}));/iy;
const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const LETTERS: Record<string, string> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function hexAt(text: string, at: number, length: number): number {
  let value = 0;
  for (let i = at; i < at + length; i++) {
    const code = text.charCodeAt(i);
    const digit =
      code >= 0x30 && code <= 0x39
        ? code - 0x30
        : (code | 0x20) >= 0x61 && (code | 0x20) <= 0x66
          ? (code | 0x20) - 0x57
          : Number.NaN;
    if (Number.isNaN(digit)) return -1;
    value = value * 16 + digit;
  }
  return value;
}

const isPercent25 = (text: string, at: number) =>
  text.charCodeAt(at) === 0x32 && text.charCodeAt(at + 1) === 0x35;

/** `%2F`, and `%252F` as it is in an address that is a value of another one. */
function percentAt(text: string, start: number): Writing | null {
  let at = start + 1;
  while (isPercent25(text, at) && hexAt(text, at + 2, 2) >= 0) at += 2;
  const byte = hexAt(text, at, 2);
  return byte < 0 ? null : { bytes: String.fromCharCode(byte), end: at + 2 };
}

function entityAt(text: string, at: number): Writing | null {
  ENTITY.lastIndex = at;
  const found = ENTITY.exec(text);
  if (!found) return null;
  const [whole, name, decimal, hex] = found;
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "0", 16);
  const character = name ? NAMED[name.toLowerCase()]! : code <= 0x10ffff ? code : -1;
  if (character === -1) return null;
  const bytes = typeof character === "string" ? character : String.fromCodePoint(character);
  return { bytes: toByteString(bytes), end: at + whole.length };
}

/** Where a backslash that starts here ends, -1 when none does. */
function backslashEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code === BACKSLASH) return at + 1;
  if (code !== PERCENT) return -1;
  const meant = percentAt(text, at);
  return meant?.bytes === "\\" ? meant.end : -1;
}

/** `u00e4` behind a backslash; two of them for what is beyond U+FFFF. */
function unicodeAt(text: string, at: number): Writing | null {
  const unit = hexAt(text, at + 1, 4);
  if (unit < 0) return null;
  let end = at + 5;
  let units = String.fromCharCode(unit);
  if (unit >= 0xd800 && unit < 0xdc00) {
    let low = end;
    for (let next = low; next >= 0; next = backslashEnd(text, next)) low = next;
    const second = low > end && text[low] === "u" ? hexAt(text, low + 1, 4) : -1;
    if (second >= 0xdc00 && second < 0xe000) {
      units += String.fromCharCode(second);
      end = low + 5;
    }
  }
  return { bytes: toByteString(units), end };
}

function escapedAt(text: string, at: number): Writing | null {
  const letter = text[at];
  if (letter === undefined) return null;
  if (letter === "u") return unicodeAt(text, at);
  if (LETTERS[letter]) return { bytes: LETTERS[letter], end: at + 1 };
  const meant =
    letter === "%"
      ? percentAt(text, at)
      : letter === "&"
        ? entityAt(text, at)
        : { bytes: letter, end: at + 1 };
  return meant && /^["'/]$/.test(meant.bytes) ? meant : null;
}

/** Reads on from place to place; a run of backslashes is looked through once. */
export class Writings {
  private runEnd = -1;
  private escaped: Writing | null = null;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /**
   * What the bytes at a place can stand for, besides themselves: percent-encoded once or more, a
   * plus for a space, an entity of XML, an escape of JSON on any level, which has more backslashes
   * on each. A run of backslashes is always read as one. Places are asked for in order.
   */
  at(position: number): Writing[] {
    const { text } = this;
    const code = text.charCodeAt(position);
    if (code === PLUS) return [{ bytes: " ", end: position + 1 }];
    if (code === AMPERSAND) {
      const entity = entityAt(text, position);
      return entity ? [entity] : [];
    }
    const ways: Writing[] = [];
    if (code === PERCENT) {
      const meant = percentAt(text, position);
      if (meant) ways.push(meant);
      for (let end = position + 3; meant && end < meant.end; end += 2) {
        ways.push({ bytes: "%", end });
      }
    }
    const end = backslashEnd(text, position);
    if (end < 0) return ways;
    if (position >= this.runEnd) {
      this.runEnd = end;
      for (let next = end; next >= 0; next = backslashEnd(text, next)) this.runEnd = next;
      this.escaped = escapedAt(text, this.runEnd);
    }
    ways.push({ bytes: "\\", end: this.runEnd });
    if (this.escaped) ways.push(this.escaped);
    return ways;
  }
}
