import type { JsonStep } from "./query.ts";

/** A value as it was written; null for objects and arrays. */
export type JsonFound =
  | { type: "string"; text: string }
  | { type: "number" | "literal"; text: string }
  | { type: "object" | "array"; text: null };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACE = 0x7b;
const BRACE_END = 0x7d;
const BRACKET = 0x5b;
const BRACKET_END = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;

/** Deeper than this nothing is searched; what is skipped may be as deep as it likes. */
const PATH_MAX_DEPTH = 200;

const utf8 = new TextDecoder("utf-8", { ignoreBOM: true });

/** Raised where the text stops being JSON; what was found before counts. */
const BROKEN = Symbol("broken JSON");

/**
 * Whether a value at `path` is as `isWanted` says. Looks at the bytes themselves: numbers are not
 * rounded, each of several members with one name counts, and a text that breaks off, or has several
 * values one after another (NDJSON), is searched as far as it can be read. Nothing off the path is
 * decoded.
 */
export function findJson(
  bytes: Uint8Array,
  path: readonly JsonStep[],
  isWanted: (found: JsonFound) => boolean,
): boolean {
  const scanner = new Scanner(bytes, path, isWanted);
  try {
    return path.length <= PATH_MAX_DEPTH && scanner.findInAll();
  } catch (thrown) {
    if (thrown === BROKEN) return false;
    throw thrown;
  }
}

class Scanner {
  private at = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly path: readonly JsonStep[],
    private readonly isWanted: (found: JsonFound) => boolean,
  ) {
    // A byte order mark.
    if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) this.at = 3;
  }

  findInAll(): boolean {
    this.skipSpace();
    while (this.at < this.bytes.length) {
      if (this.find(0)) return true;
      this.skipSpace();
    }
    return false;
  }

  /** Reads one value, which is at step `depth` of the path. */
  private find(depth: number): boolean {
    if (depth === this.path.length) return this.isWanted(this.read());
    const step = this.path[depth]!;
    const byte = this.bytes[this.at];
    if (byte === BRACE && typeof step !== "number") return this.findMember(step, depth);
    if (byte === BRACKET && typeof step !== "string") return this.findElement(step, depth);
    this.skip();
    return false;
  }

  private findMember(step: string | { any: true }, depth: number): boolean {
    this.at += 1;
    this.skipSpace();
    if (this.takeByte(BRACE_END)) return false;
    for (;;) {
      if (this.bytes[this.at] !== QUOTE) throw BROKEN;
      const start = this.at;
      this.skipString();
      const isOnPath = typeof step === "object" || this.isName(start, this.at, step);
      this.skipSpace();
      if (!this.takeByte(COLON)) throw BROKEN;
      this.skipSpace();
      if (isOnPath) {
        if (this.find(depth + 1)) return true;
      } else this.skip();
      if (!this.hasNext(BRACE_END)) return false;
    }
  }

  private findElement(step: number | { any: true }, depth: number): boolean {
    this.at += 1;
    this.skipSpace();
    if (this.takeByte(BRACKET_END)) return false;
    for (let index = 0; ; index++) {
      if (step === index || typeof step === "object") {
        if (this.find(depth + 1)) return true;
      } else this.skip();
      if (!this.hasNext(BRACKET_END)) return false;
    }
  }

  /** After an element: whether another one follows, or else the end, which is read. */
  private hasNext(end: number): boolean {
    this.skipSpace();
    if (this.takeByte(end)) return false;
    if (!this.takeByte(COMMA)) throw BROKEN;
    this.skipSpace();
    return true;
  }

  private isName(start: number, end: number, name: string): boolean {
    // Escapes only make it longer, and UTF-8 has at most three bytes for a unit of UTF-16.
    if (end - start - 2 < name.length) return false;
    return this.decodeString(start, end) === name;
  }

  private read(): JsonFound {
    const start = this.at;
    const first = this.bytes[start];
    this.skip();
    if (first === QUOTE) return { type: "string", text: this.decodeString(start, this.at) };
    if (first === BRACE) return { type: "object", text: null };
    if (first === BRACKET) return { type: "array", text: null };
    const text = utf8.decode(this.bytes.subarray(start, this.at));
    return { type: /^[tfn]/.test(text) ? "literal" : "number", text };
  }

  private decodeString(start: number, end: number): string {
    const text = utf8.decode(this.bytes.subarray(start, end));
    if (!text.includes("\\")) return text.slice(1, -1);
    try {
      return JSON.parse(text);
    } catch {
      // An escape that JSON does not have: as it was written.
      return text.slice(1, -1);
    }
  }

  /** Passes over one value, whatever is in it. */
  private skip(): void {
    let depth = 0;
    do {
      const byte = this.bytes[this.at];
      if (byte === QUOTE) this.skipString();
      else if (byte === BRACE || byte === BRACKET) {
        depth += 1;
        this.at += 1;
      } else if (depth > 0 && (byte === BRACE_END || byte === BRACKET_END)) {
        depth -= 1;
        this.at += 1;
      } else if (depth > 0 && (byte === COMMA || byte === COLON)) this.at += 1;
      else this.skipBare();
      if (depth > 0) this.skipSpace();
    } while (depth > 0);
  }

  private skipString(): void {
    let end = this.at;
    for (;;) {
      end = this.bytes.indexOf(QUOTE, end + 1);
      if (end === -1) throw BROKEN;
      let backslashes = 0;
      while (this.bytes[end - 1 - backslashes] === BACKSLASH) backslashes += 1;
      if (backslashes % 2 === 0) break;
    }
    this.at = end + 1;
  }

  /** A number, `true`, `false` or `null`. */
  private skipBare(): void {
    const start = this.at;
    while (this.at < this.bytes.length && isBare(this.bytes[this.at]!)) this.at += 1;
    if (this.at === start) throw BROKEN;
  }

  private skipSpace(): void {
    while (isSpaceByte(this.bytes[this.at])) this.at += 1;
  }

  private takeByte(expected: number): boolean {
    if (this.bytes[this.at] !== expected) return false;
    this.at += 1;
    return true;
  }
}

const isSpaceByte = (byte: number | undefined) =>
  byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;

/** Letters, digits, `+`, `-` and `.`. */
const isBare = (byte: number) =>
  (byte >= 0x61 && byte <= 0x7a) ||
  (byte >= 0x30 && byte <= 0x39) ||
  byte === 0x2d ||
  byte === 0x2e ||
  byte === 0x2b ||
  byte === 0x45;
