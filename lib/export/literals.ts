import { base64Of, bytesOf, isPlainText, utf8Of } from "./bytes.ts";

const escapeBytes = (text: string, pattern: RegExp) =>
  text.replace(
    pattern,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );

/**
 * Bytes, one a character, between double quotes, with `\xHH` for all but plain ASCII: read the same
 * by JavaScript, Python and Go. What a sender wrote can neither end the literal nor hide in it.
 */
export function quoteLatin1(latin1: string): string {
  return `"${escapeBytes(latin1, /[^\x20-\x7e]|["\\]/g)}"`;
}

/** The same for PHP, where `$` would begin a variable. */
export function quotePhp(latin1: string): string {
  return `"${escapeBytes(latin1, /[^\x20-\x7e]|["\\$]/g)}"`;
}

/** A JavaScript string, for text that is UTF-8. JSON is JavaScript (ECMA-262, since 2019). */
export const quoteText = (text: string): string => JSON.stringify(text);

/** The body as text where that shows what it is, else in base64. */
export function bodyLiteral(body: Uint8Array): { text: string } | { base64: string } {
  const text = utf8Of(body);
  return text !== null && isPlainText(text, "\r\n\t") ? { text } : { base64: base64Of(body) };
}

/** UTF-8 text as its bytes, one a character. */
export function latin1Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let latin1 = "";
  for (const byte of bytes) latin1 += String.fromCharCode(byte);
  return latin1;
}

/** Header bytes as a text where they are UTF-8, for clients that encode what they are given. */
export function readableValue(latin1: string): string {
  return utf8Of(bytesOf(latin1)) ?? latin1;
}
