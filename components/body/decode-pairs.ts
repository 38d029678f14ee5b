export type Pair = { name: string; value: string | null };

/**
 * Reads `a=1&b=2` the way forms are written (URL Standard 5.1): order and duplicates kept, `+` is a
 * space. A part that cannot be decoded stays as it was sent; one without `=` has no value.
 */
export function decodePairs(raw: string): Pair[] {
  return raw
    .split("&")
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      if (at === -1) return { name: decode(part), value: null };
      return { name: decode(part.slice(0, at)), value: decode(part.slice(at + 1)) };
    });
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part.replaceAll("+", " "));
  } catch {
    return part;
  }
}
