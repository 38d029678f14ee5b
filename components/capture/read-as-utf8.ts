/**
 * What a header value says when its bytes are read as UTF-8. Node hands header bytes over as
 * Latin-1, one character a byte (RFC 9110 5.5 leaves their meaning open), so "é" arrives as "Ã©".
 * Null for plain ASCII and for bytes that are not UTF-8.
 */
export function readAsUtf8(value: string): string | null {
  const codes = Array.from(value, (character) => character.codePointAt(0)!);
  if (codes.every((code) => code < 0x80) || codes.some((code) => code > 0xff)) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(
      Uint8Array.from(codes),
    );
  } catch {
    return null;
  }
}
