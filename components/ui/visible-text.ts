/**
 * Characters that draw nothing or reorder what is around them: C0 and C1 controls but tab and line
 * ends, zero-width and bidirectional controls. A sender could hide or fake text with them.
 */
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export type TextPart = { start: number; text: string; code: string | null };

/**
 * Splits a text into what can be shown as it is and single characters to be shown by code point.
 * Null when there are more of the latter than `maxMarks`.
 */
export function splitInvisible(text: string, maxMarks: number): TextPart[] | null {
  const parts: TextPart[] = [];
  let from = 0;
  let marks = 0;
  for (const match of text.matchAll(INVISIBLE)) {
    marks += 1;
    if (marks > maxMarks) return null;
    if (match.index > from) {
      parts.push({ start: from, text: text.slice(from, match.index), code: null });
    }
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    parts.push({ start: match.index, text: match[0], code: `U+${code}` });
    from = match.index + 1;
  }
  if (from < text.length) parts.push({ start: from, text: text.slice(from), code: null });
  return parts;
}

/** The same as plain text, for where there are too many to mark one by one. */
export function replaceInvisible(text: string): string {
  return text.replace(INVISIBLE, (character) => {
    const code = character.charCodeAt(0);
    // U+2400 and on are pictures of the C0 controls.
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : "\u00b7";
  });
}
