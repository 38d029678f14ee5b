import { mediaType } from "#components/body/body-kind.ts";

const SIGNATURES: [type: string, at: number, bytes: string][] = [
  ["image/png", 0, "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", 0, "\xff\xd8\xff"],
  ["image/gif", 0, "GIF8"],
  ["image/webp", 8, "WEBP"],
  ["image/avif", 4, "ftypavif"],
  ["image/bmp", 0, "BM"],
  ["image/x-icon", 0, "\0\0\x01\0"],
];
/** Two letters could begin anything: these need the header's word too. */
const WEAK = new Set(["image/bmp", "image/x-icon"]);

/** The type of image that a body is, by its first bytes or else its header; null for none. */
export function imageType(bytes: Uint8Array, contentType: string | null): string | null {
  const declared = mediaType(contentType);
  const seen = SIGNATURES.find(([, at, signature]) => startsWith(bytes, signature, at))?.[0];
  if (seen && (!WEAK.has(seen) || declared.startsWith("image/"))) return seen;
  if (declared === "image/svg+xml") return declared;
  // A browser decides by the bytes anyhow; the type only must not be one that it runs.
  return declared.startsWith("image/") && !declared.includes("xml") ? "image/png" : null;
}

export function isPdf(bytes: Uint8Array, contentType: string | null): boolean {
  return startsWith(bytes, "%PDF-", 0) || mediaType(contentType) === "application/pdf";
}

function startsWith(bytes: Uint8Array, signature: string, at: number): boolean {
  for (let index = 0; index < signature.length; index += 1) {
    if (bytes[at + index] !== signature.charCodeAt(index)) return false;
  }
  return true;
}

/** Whether bytes look like something to read: no zeros and hardly any control characters. */
export function looksLikeText(text: string): boolean {
  const begin = text.slice(0, 4096);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  const controls = begin.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return controls <= begin.length / 100;
}
