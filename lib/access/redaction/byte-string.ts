/** What is the same as text and as bytes: most of what there is, and much faster to tell than to convert. */
const ASCII = /^[\0-\x7f]*$/;

export const isAscii = (text: string): boolean => ASCII.test(text);

/** UTF-8 bytes of a text, one character each. */
export function toByteString(text: string): string {
  if (isAscii(text)) return text;
  return Buffer.from(text, "utf8").toString("latin1");
}

/** A byte string read as UTF-8, for names: what is not UTF-8 becomes U+FFFD. */
export function fromByteString(bytes: string): string {
  if (isAscii(bytes)) return bytes;
  return Buffer.from(bytes, "latin1").toString("utf8");
}

/** `a+b%20c` of a query or form (application/x-www-form-urlencoded), as a byte string. Never throws. */
export function decodePercent(bytes: string): string {
  if (!/[%+]/.test(bytes)) return bytes;
  return bytes
    .replaceAll("+", " ")
    .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
