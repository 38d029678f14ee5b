import { fromByteString } from "./byte-string.ts";

/** Nothing that JSON escapes or refuses. */
const PLAIN_STRING = /^"[ !#-[\]-~]*"$/;

/** What a string of JSON means; its last quote may be missing. Never throws. */
export function unescapeString(raw: string): string {
  if (PLAIN_STRING.test(raw)) return raw.slice(1, -1);
  const closed = raw.length > 1 && raw.endsWith('"') ? raw : `${raw}"`;
  try {
    return JSON.parse(fromByteString(closed)) as string;
  } catch {
    return fromByteString(raw.slice(1, raw.endsWith('"') ? -1 : undefined));
  }
}
