import { decodePercent, fromByteString } from "./byte-string.ts";
import type { Fields } from "./fields.ts";
import { isSensitiveName } from "./sensitive-names.ts";

/** Quotes belong to the value when the value goes on behind it. */
const PARAMETER = /([?&;#])([^=&;#?\s"'<>\\]+)=([^&#\s"'<>\\]*(?:'+[^&#\s"'<>\\]+)*)/g;
/** RFC 3986 3.2.1. The bounds keep it linear in the text. */
const USER_INFO = /(:\/\/[^\s/?#@:"'<>\\]{0,256}:)([^\s/?#@"'<>\\]{1,1024})(?=@)/g;
/** RFC 6750 2.1 and RFC 7617 2 in the middle of a text. */
const CREDENTIALS = /\b(bearer|basic)([ \t]{1,8})([A-Za-z0-9._~+/=-]{6,})/gi;
const PRIVATE_KEY =
  /(-----BEGIN [A-Z0-9 ]{0,32}PRIVATE KEY(?: BLOCK)?-----)((?:(?!-----)[\s\S])+)(?=-----END|$)/g;

/** Whether what follows the name of a scheme is a credential, and no word of a sentence. */
function isCredential(scheme: string, value: string): boolean {
  if (scheme.toLowerCase() === "bearer") return /[0-9._~+/=-]/.test(value.slice(0, -1));
  return Buffer.from(value, "base64").includes(":");
}

/**
 * Secrets that say what they are in the middle of any text: the password and the secret parameters
 * of an address, credentials behind the name of their scheme, private keys.
 */
export function redactUrls(text: string, fields: Fields): string {
  const hide = (kind: string, value: string): string | null =>
    value.includes("[redacted]")
      ? null
      : fields.visit(`url:${kind}`, value, true, [decodePercent(value)]);
  let shown = text;
  if (/[?#]/.test(text)) {
    shown = shown.replace(PARAMETER, (whole, separator: string, name: string, value: string) => {
      const decoded = fromByteString(decodePercent(name));
      if (value === "" || !isSensitiveName(decoded)) return whole;
      const replaced = hide(decoded, value);
      return replaced === null ? whole : `${separator}${name}=${replaced}`;
    });
  }
  if (text.includes("@")) {
    shown = shown.replace(USER_INFO, (whole, before: string, password: string) => {
      const replaced = hide("password", password);
      return replaced === null ? whole : before + replaced;
    });
  }
  shown = shown.replace(CREDENTIALS, (whole, scheme: string, space: string, value: string) => {
    if (!isCredential(scheme, value)) return whole;
    const replaced = hide(scheme.toLowerCase(), value);
    return replaced === null ? whole : scheme + space + replaced;
  });
  if (!text.includes("-----BEGIN")) return shown;
  return shown.replace(PRIVATE_KEY, (whole, begin: string, key: string) => {
    const replaced = hide("private key", key);
    return replaced === null ? whole : begin + replaced;
  });
}
