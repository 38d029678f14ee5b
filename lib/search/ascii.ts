/** Text that is compared byte by byte, with A–Z and a–z taken for the same. */

/** Only A–Z: as SQLite's `lower`, and PostgreSQL's in the collation "C". */
export function lowerAscii(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** The bytes of UTF-8, one character a byte: how Node hands over a header that was sent as UTF-8. */
function utf8AsLatin1(text: string): string {
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join("");
}

/**
 * The ways a text may stand in what was sent: as it is, and as its UTF-8 bytes where those are
 * others. In lower case.
 */
export function textVariants(text: string): string[] {
  const lower = lowerAscii(text);
  const encoded = lowerAscii(utf8AsLatin1(text));
  return encoded === lower ? [lower] : [lower, encoded];
}

/** The same for bytes: the text as UTF-8, and as Latin-1 where it has such characters only. */
export function byteVariants(text: string): Uint8Array[] {
  return textVariants(text)
    .filter((variant) => !/[^\0-\xff]/.test(variant))
    .map((variant) => Uint8Array.from(variant, (character) => character.charCodeAt(0)));
}

const isUpper = (byte: number) => byte >= 0x41 && byte <= 0x5a;
const isLower = (byte: number) => byte >= 0x61 && byte <= 0x7a;

/** Whether `needle`, which is in lower case, stands in `bytes` at `at`. */
function standsAt(bytes: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let i = 0; i < needle.length; i++) {
    const byte = bytes[at + i]!;
    if ((isUpper(byte) ? byte + 0x20 : byte) !== needle[i]) return false;
  }
  return true;
}

/** `needle` in lower case. */
export function bytesContain(bytes: Uint8Array, needle: Uint8Array): boolean {
  const [first] = needle;
  if (first === undefined) return true;
  const last = bytes.length - needle.length;
  // `indexOf` is many times faster than a loop, so each case of the first letter is sought by it.
  const seek = (byte: number): boolean => {
    let at = bytes.indexOf(byte);
    while (at !== -1 && at <= last) {
      if (standsAt(bytes, needle, at)) return true;
      at = bytes.indexOf(byte, at + 1);
    }
    return false;
  };
  return seek(first) || (isLower(first) && seek(first - 0x20));
}

/** `other` in lower case. */
export function bytesEqual(bytes: Uint8Array, other: Uint8Array): boolean {
  return bytes.length === other.length && standsAt(bytes, other, 0);
}
