export type DecodedText = {
  text: string;
  charset: string;
  /** Whether some bytes had no meaning in the charset and are shown as U+FFFD. */
  lossy: boolean;
};

/**
 * Decodes by the charset that the sender named, else by a byte order mark of UTF-16 or what an XML
 * declaration says, else as UTF-8. A byte order mark of UTF-8 stays in the text.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null): DecodedText {
  const named = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? "")?.[1];
  const label = knownCharset(named) ?? charsetWithin(bytes) ?? "utf-8";
  try {
    const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(bytes), charset: decoder.encoding, lossy: false };
  } catch {
    const decoder = new TextDecoder(label, { ignoreBOM: true });
    return { text: decoder.decode(bytes), charset: decoder.encoding, lossy: true };
  }
}

function charsetWithin(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  const begin = String.fromCharCode(...bytes.subarray(0, 100));
  return knownCharset(/^<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(begin)?.[1]);
}

function knownCharset(label: string | undefined): string | null {
  if (label === undefined) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
