import type { HeaderPair } from "#lib/contract/reply.ts";

/** `Name: value`, one a line. Field values have no line breaks, so this loses nothing. */
export function toLines(headers: readonly HeaderPair[]): string {
  return headers.map(([name, value]) => `${name}: ${value}`).join("\n");
}

export type ParsedLines = { headers: HeaderPair[] } | { error: string };

/** What `toLines` wrote, perhaps edited. Empty lines are passed over. */
export function fromLines(text: string): ParsedLines {
  const headers: HeaderPair[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const colon = line.indexOf(":");
    if (colon < 1) {
      return { error: `Line ${index + 1} has no name before a colon: write Name: value.` };
    }
    headers.push([line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")]);
  }
  return { headers };
}

/** RFC 9110 7.6.1, and what a connection has of its own. */
const OWN = new Set([
  "connection",
  "content-length",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "upgrade",
]);

/** The names of those that the new connection sets itself or leaves out, as they are written. */
export function notCarriedNames(headers: readonly HeaderPair[]): string[] {
  const nominated = headers
    .filter(([name]) => name.toLowerCase() === "connection")
    .flatMap(([, value]) => value.split(","))
    .map((name) => name.trim().toLowerCase());
  const isOwn = (name: string) => OWN.has(name) || nominated.includes(name);
  const names = headers.map(([name]) => name).filter((name) => isOwn(name.toLowerCase()));
  return [...new Set(names)];
}
