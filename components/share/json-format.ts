export type JsonTokenKind = "plain" | "key" | "string" | "number" | "literal";

export type JsonToken = { kind: JsonTokenKind; text: string };

export type FormattedJson = {
  tokens: JsonToken[];
  /** False where the output reached `limit` and stops there. */
  complete: boolean;
};

/** Indentation of deeper levels would make the output grow with the square of the input. */
const MAX_INDENTED_DEPTH = 64;

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]|[^\s{}[\]:,"]+/gs;

/**
 * Indents JSON by its tokens: numbers, escapes, duplicate keys and their order stay as they were
 * sent, which parsing and printing would not keep. Null for a text that is not JSON.
 * @param limit characters of output after which it stops
 */
export function formatJson(text: string, limit: number): FormattedJson | null {
  if (!isJson(text)) return null;
  const out = new TokenList();
  let depth = 0;
  let previous = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (out.length > limit) return { tokens: out.tokens, complete: false };
    const closes = token === "}" || token === "]";
    if (closes) depth -= 1;
    const isEmptyPair = closes && (previous === "{" || previous === "[");
    const startsLine = closes || previous === "," || previous === "{" || previous === "[";
    if (startsLine && !isEmptyPair) out.push("plain", lineBreak(depth));
    if (token === ":") {
      out.turnLastIntoKey();
      out.push("plain", ": ");
    } else {
      out.push(kindOf(token), token);
    }
    if (token === "{" || token === "[") depth += 1;
    previous = token;
  }
  return { tokens: out.tokens, complete: true };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function lineBreak(depth: number): string {
  return `\n${"  ".repeat(Math.min(depth, MAX_INDENTED_DEPTH))}`;
}

function kindOf(token: string): JsonTokenKind {
  const first = token[0]!;
  if (first === '"') return "string";
  if ("{}[],".includes(first)) return "plain";
  return first === "t" || first === "f" || first === "n" ? "literal" : "number";
}

class TokenList {
  readonly tokens: JsonToken[] = [];
  length = 0;

  push(kind: JsonTokenKind, text: string): void {
    this.length += text.length;
    const last = this.tokens.at(-1);
    if (kind === "plain" && last?.kind === "plain") last.text += text;
    else this.tokens.push({ kind, text });
  }

  turnLastIntoKey(): void {
    this.tokens.at(-1)!.kind = "key";
  }
}
