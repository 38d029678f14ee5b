export const BODY_VIEWS = [
  "json",
  "ndjson",
  "form",
  "multipart",
  "xml",
  "html",
  "preview",
  "image",
  "pdf",
  "text",
  "hex",
] as const;

export type BodyView = (typeof BODY_VIEWS)[number];

/** Whether a word, of a URL for example, names a view. */
export function isBodyView(word: string | null): word is BodyView {
  return (BODY_VIEWS as readonly (string | null)[]).includes(word);
}

/** The media type without parameters, in lower case. */
export function mediaType(contentType: string | null): string {
  return (contentType ?? "").split(";", 1)[0]!.trim().toLowerCase();
}

const SHORT_NAMES: Record<string, string> = {
  "application/x-www-form-urlencoded": "form",
  "application/octet-stream": "binary",
  "multipart/form-data": "multipart",
  "text/plain": "text",
};

/** A word or two for a list: `json` for `application/vnd.github+json; charset=utf-8`. */
export function shortType(contentType: string | null): string | null {
  const type = mediaType(contentType);
  if (type === "") return null;
  return SHORT_NAMES[type] ?? type.replace(/^.*[/+]/, "").replace(/^x-/, "");
}

export function isTextual(contentType: string | null): boolean {
  const type = mediaType(contentType);
  return type.startsWith("text/") || /\b(json|xml|javascript|yaml|urlencoded)\b/.test(type);
}

export function isForm(contentType: string | null): boolean {
  return mediaType(contentType) === "application/x-www-form-urlencoded";
}

/** `application/json`, `application/problem+json`, `text/json`, … */
export function isJsonType(contentType: string | null): boolean {
  return /[/+]json$/.test(mediaType(contentType));
}

/** What is written one JSON text a line: NDJSON, JSON Lines, JSON text sequences. */
export function isNdjsonType(contentType: string | null): boolean {
  return /[/+](x-)?(ndjson|jsonl|jsonlines|json-lines|json-seq|stream\+json)$/.test(
    mediaType(contentType),
  );
}

export function isXmlType(contentType: string | null): boolean {
  return /[/+]xml(-dtd)?$/.test(mediaType(contentType));
}

export function isHtmlType(contentType: string | null): boolean {
  return /^(text\/html|application\/xhtml\+xml)$/.test(mediaType(contentType));
}
