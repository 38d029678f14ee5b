export type DecodedText = {
  text: string;
  charset: string;
  /** Whether some bytes had no meaning in the charset and are shown as U+FFFD. */
  lossy: boolean;
};

/** Decodes by the charset that the sender named, else as UTF-8. A byte order mark stays. */
export function decodeText(bytes: Uint8Array, contentType: string | null): DecodedText {
  const named = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? "")?.[1];
  const decoder = decoderFor(named) ?? new TextDecoder("utf-8", { ignoreBOM: true });
  const text = decoder.decode(bytes);
  return { text, charset: decoder.encoding, lossy: text.includes("\ufffd") };
}

function decoderFor(charset: string | undefined): TextDecoder | null {
  if (charset === undefined) return null;
  try {
    return new TextDecoder(charset, { ignoreBOM: true });
  } catch {
    return null;
  }
}
