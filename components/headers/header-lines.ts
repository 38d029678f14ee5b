import { TOKEN } from "#lib/contract/header-syntax.ts";
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
    const pair = splitLine(line);
    if (!pair) {
      return { error: `Line ${index + 1} has no name before a colon: write Name: value.` };
    }
    headers.push(pair);
  }
  return { headers };
}

function splitLine(line: string): HeaderPair | null {
  const colon = line.indexOf(":");
  return colon < 1 ? null : [line.slice(0, colon), line.slice(colon + 1).replace(/^ /, "")];
}

const START_LINE = /^(?:[A-Z]+ \S+ HTTP\/[\d.]+|HTTP\/[\d.]+ \d{3}.*)$/;

/**
 * The headers in what was pasted, or null when it is something else: one line of header, or a whole
 * head, of which the start line and what follows the empty line are left out.
 */
export function pastedHeaders(text: string): HeaderPair[] | null {
  const lines = text.trim().split(/\r?\n/);
  if (START_LINE.test(lines[0] ?? "")) lines.shift();
  const end = lines.findIndex((line) => line.trim() === "");
  const pairs = (end === -1 ? lines : lines.slice(0, end)).map(splitLine);
  const headers = pairs.filter((pair) => pair !== null && TOKEN.test(pair[0])) as HeaderPair[];
  return headers.length > 0 && headers.length === pairs.length ? headers : null;
}
