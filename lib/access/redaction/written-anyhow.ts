import { fromByteString, toByteString } from "./byte-string.ts";

const PLAIN = /^[A-Za-z0-9_.-]*$/;
/** A pattern for what is longer would be too large. */
const LENGTH_MAX = 2_000;

const XML: Record<string, string> = {
  "&": "&(?:amp|#38);",
  "<": "&(?:lt|#60);",
  ">": "&(?:gt|#62);",
  '"': "&(?:quot|#34);",
  "'": "&(?:apos|#39);",
};
const JSON_LETTERS: Record<string, string> = {
  "\b": "b",
  "\f": "f",
  "\n": "n",
  "\r": "r",
  "\t": "t",
};
/**
 * JSON in JSON has more of them on each level, and each of them may be percent-encoded. The bound
 * keeps the search linear in the text.
 */
const BACKSLASHES = "(?:\\\\|%5[cC]){1,16}";

const literal = (byte: string) => byte.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");

function eitherCase(hex: string): string {
  return hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

function hexOf(code: number, length: number): string {
  return eitherCase(code.toString(16).padStart(length, "0"));
}

function patternOf(character: string): string {
  if (character.startsWith("\\")) return `(?:${literal(character)}|${BACKSLASHES})`;
  if (PLAIN.test(character)) return literal(character);
  const bytes = [...toByteString(character)];
  const units = character.split("");
  const ways = [
    bytes.map((byte) => `(?:${literal(byte)}|%${hexOf(byte.charCodeAt(0), 2)})`).join(""),
    units.map((unit) => `${BACKSLASHES}u${hexOf(unit.charCodeAt(0), 4)}`).join(""),
  ];
  const letter = JSON_LETTERS[character];
  if (letter) ways.push(BACKSLASHES + letter);
  if (/["/]/.test(character))
    ways.push(`${BACKSLASHES}(?:${literal(character)}|%${hexOf(character.charCodeAt(0), 2)})`);
  if (character === " ") ways.push("\\+");
  if (XML[character]) ways.push(XML[character]);
  return `(?:${ways.join("|")})`;
}

export function hasOneForm(value: string): boolean {
  return PLAIN.test(value) || value.length > LENGTH_MAX;
}

/**
 * Finds a value, a byte string, in whichever way a capture writes it: as it is, percent-encoded as in
 * an address or a form, escaped as JSON on any level, as XML. Null for what has one form only.
 */
export function writtenAnyhow(value: string): RegExp | null {
  if (hasOneForm(value)) return null;
  const text = fromByteString(value);
  // Bytes that are no text have no other form but percent-encoded ones.
  const characters = toByteString(text) === value ? text.match(/\\+|./gsu)! : [];
  const pattern =
    characters.length > 0
      ? characters.map(patternOf)
      : [...value].map((byte) => `(?:${literal(byte)}|%${hexOf(byte.charCodeAt(0), 2)})`);
  return new RegExp(pattern.join(""), "g");
}
