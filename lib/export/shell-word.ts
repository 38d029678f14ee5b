import { bytesOf, isPlainText, utf8Of } from "./bytes.ts";

/** Quotes a text as one word of a POSIX shell. */
export function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

const NAMED: Record<number, string> = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\", 37: "%%" };

/**
 * The argument of a POSIX `printf` that writes these bytes, quoted. A dash at its start would be
 * taken for an option.
 */
export function printfFormat(bytes: Uint8Array): string {
  const parts: string[] = [];
  bytes.forEach((byte, at) => {
    const isVisible = byte >= 0x20 && byte < 0x7f && byte !== 0x27 && !(at === 0 && byte === 0x2d);
    const octal = () => `\\${byte.toString(8).padStart(3, "0")}`;
    parts.push(NAMED[byte] ?? (isVisible ? String.fromCharCode(byte) : octal()));
  });
  return `'${parts.join("")}'`;
}

/**
 * Bytes of a head, one a character, as one word. What is not plain text is written by `printf`, so
 * that it survives a clipboard and nothing of it is hidden from whoever reads the line.
 */
export function shellWord(latin1: string): string {
  const bytes = bytesOf(latin1);
  const text = utf8Of(bytes);
  if (text !== null && isPlainText(text)) return quoteForShell(text);
  return `"$(printf ${printfFormat(bytes)})"`;
}
