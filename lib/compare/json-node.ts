/**
 * A JSON value as a place in its source: nothing is converted, so a long number, an escape or a
 * key that comes twice is still there as it was written.
 */
export type JsonNode = {
  kind: "object" | "array" | "string" | "number" | "literal";
  start: number;
  end: number;
  /** Equal for values that are equal, with keys in any order; rarely for others too. */
  hash: number;
  /** Of an object or an array, in the order that they came. */
  children: JsonNode[];
  /** Of an object: the decoded name of each child. */
  names: string[];
};

const NONE: never[] = [];
const WHITESPACE = /[\t\n\r ]*/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const LITERAL = /true|false|null/y;

/** The decoded text of a string token. */
export function decodeString(token: string): string {
  return token.includes("\\") ? (JSON.parse(token) as string) : token.slice(1, -1);
}

function hashText(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}

function scramble(hash: number): number {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return (mixed ^ (mixed >>> 15)) | 0;
}

const SEEDS = { object: 17, array: 31, string: 53, number: 71, literal: 89 };

/** Reads RFC 8259's grammar without recursion: a hostile sender nests as deep as it likes. */
class Parser {
  private at = 0;
  private readonly open: JsonNode[] = [];

  constructor(private readonly text: string) {}

  parse(): JsonNode | null {
    // A byte order mark may be ignored (RFC 8259 8.1).
    if (this.text.charCodeAt(0) === 0xfeff) this.at = 1;
    let value = this.startValue();
    for (;;) {
      if (value === null) return null;
      const parent = this.open.at(-1);
      const isNew = parent === value;
      if (isNew) {
        this.skip();
        const isEmpty = this.text[this.at] === (value.kind === "object" ? "}" : "]");
        value = isEmpty ? this.close() : this.startChild(value);
        continue;
      }
      if (parent === undefined) {
        this.skip();
        return this.at === this.text.length ? value : null;
      }
      parent.children.push(value);
      this.skip();
      const next = this.text[this.at];
      if (next === ",") {
        this.at += 1;
        value = this.startChild(parent);
      } else if (next === (parent.kind === "object" ? "}" : "]")) {
        value = this.close();
      } else {
        return null;
      }
    }
  }

  private skip(): void {
    WHITESPACE.lastIndex = this.at;
    WHITESPACE.test(this.text);
    this.at = WHITESPACE.lastIndex;
  }

  private take(token: RegExp): string | null {
    token.lastIndex = this.at;
    const found = token.exec(this.text)?.[0] ?? null;
    if (found !== null) this.at += found.length;
    return found;
  }

  /** By hand: a pattern would run out of stack on a string of millions of escapes. */
  private takeString(): string | null {
    const { text, at: start } = this;
    if (text[start] !== '"') return null;
    for (let at = start + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        this.at = at + 1;
        return text.slice(start, this.at);
      }
      if (code < 0x20) return null;
      if (code !== BACKSLASH) continue;
      at += 1;
      const escaped = text[at] ?? "";
      if (escaped === "u" && /^[\da-f]{4}$/i.test(text.slice(at + 1, at + 5))) at += 4;
      else if (escaped === "" || !'"\\/bfnrt'.includes(escaped)) return null;
    }
    return null;
  }

  private startChild(parent: JsonNode): JsonNode | null {
    if (parent.kind === "object") {
      this.skip();
      const name = this.takeString();
      if (name === null) return null;
      this.skip();
      if (this.text[this.at] !== ":") return null;
      this.at += 1;
      parent.names.push(decodeString(name));
    }
    return this.startValue();
  }

  /** A whole scalar, or an object or array that is open now. */
  private startValue(): JsonNode | null {
    this.skip();
    const start = this.at;
    const first = this.text[start];
    if (first === "{" || first === "[") {
      this.at += 1;
      const kind = first === "{" ? "object" : "array";
      const node = { kind, start, end: start, hash: 0, children: [], names: [] } as JsonNode;
      this.open.push(node);
      return node;
    }
    const kind =
      first === '"'
        ? "string"
        : first === "t" || first === "f" || first === "n"
          ? "literal"
          : "number";
    const token =
      kind === "string" ? this.takeString() : this.take(kind === "literal" ? LITERAL : NUMBER);
    if (token === null || token === "") return null;
    const content = kind === "string" ? decodeString(token) : token;
    const hash = scramble(hashText(content, SEEDS[kind]));
    return { kind, start, end: this.at, hash, children: NONE, names: NONE };
  }

  private close(): JsonNode {
    const node = this.open.pop()!;
    this.at += 1;
    node.end = this.at;
    let hash = SEEDS[node.kind];
    node.children.forEach((child, i) => {
      // A sum does not ask for the order.
      hash =
        node.kind === "object"
          ? (hash + scramble(hashText(node.names[i]!, 7) ^ Math.imul(child.hash, 0x9e3779b1))) | 0
          : (Math.imul(hash, 0x85ebca6b) + child.hash) | 0;
    });
    node.hash = scramble(hash ^ node.children.length);
    return node;
  }
}

/** Null for a text that is not JSON. */
export function parseJsonNodes(text: string): JsonNode | null {
  return new Parser(text).parse();
}
