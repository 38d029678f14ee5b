export type BodyView = "json" | "form" | "text" | "hex";

export type BodyFacts = {
  contentType: string | null;
  /** The body where it is valid UTF-8 and not too long. */
  text: string | null;
  isJson: boolean;
};

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

function isTextual(type: string): boolean {
  return type.startsWith("text/") || /\b(json|xml|javascript|yaml|urlencoded)\b/.test(type);
}

export function isForm(contentType: string | null): boolean {
  return mediaType(contentType) === "application/x-www-form-urlencoded";
}

/** The views that make sense of a body; text and hex always can. */
export function bodyViews({ contentType, text, isJson }: BodyFacts): BodyView[] {
  const views: BodyView[] = ["text", "hex"];
  if (isForm(contentType) && text !== null) views.unshift("form");
  if (isJson) views.unshift("json");
  return views;
}

/** The view to begin with. */
export function preferredView(facts: BodyFacts): BodyView {
  const [first] = bodyViews(facts);
  if (first !== "text") return first!;
  if (facts.text !== null || isTextual(mediaType(facts.contentType))) return "text";
  return "hex";
}
