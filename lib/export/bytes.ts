const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Heads are kept as Latin-1: one character a byte. */
export function bytesOf(latin1: string): Uint8Array {
  return Uint8Array.from(latin1, (character) => character.charCodeAt(0));
}

/** Null for what is not UTF-8. A byte order mark stays. */
export function utf8Of(bytes: Uint8Array): string | null {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return null;
  }
}

const CHARACTERS_AT_ONCE = 0x3000;

/** RFC 4648 4, in one line. */
export function base64Of(bytes: Uint8Array): string {
  const parts: string[] = [];
  // A multiple of three, so that the parts can be joined.
  for (let at = 0; at < bytes.byteLength; at += CHARACTERS_AT_ONCE) {
    parts.push(btoa(String.fromCharCode(...bytes.subarray(at, at + CHARACTERS_AT_ONCE))));
  }
  return parts.join("");
}

const LINE = 76;

/** The same in lines that every editor and terminal takes. */
export function base64Lines(bytes: Uint8Array): string {
  return base64Of(bytes).replace(new RegExp(`.{${LINE}}(?=.)`, "g"), "$&\n");
}

/**
 * Whether a text looks in an editor like what it is: letters, marks, digits, punctuation, spaces.
 * Not so are control characters and whatever changes direction or is not seen at all.
 */
export function isPlainText(text: string, extra = ""): boolean {
  for (const character of text) {
    if (!/[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u.test(character) && !extra.includes(character))
      return false;
  }
  return true;
}
