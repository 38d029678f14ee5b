import { fault } from "./fault.ts";

const ESCAPES: Record<string, string> = { '"': '"', "\\": "\\", n: "\n", r: "\r", t: "\t" };

/** No database's text holds these, so nothing that was stored could match. */
export const UNSTORABLE = /\0|\p{Surrogate}/u;

export const isSpace = (character: string | undefined) =>
  character !== undefined && /\s/u.test(character);

/** Walks through a query's text. */
export class Reader {
  at = 0;

  constructor(readonly text: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  peek(offset = 0): string | undefined {
    return this.text[this.at + offset];
  }

  /** Whether the text goes on with this; then it is read. */
  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.at)) return false;
    this.at += expected.length;
    return true;
  }

  skipSpace(): void {
    while (isSpace(this.peek())) this.at += 1;
  }

  /** Nothing of a value follows: a space, the end, or the end of a group. */
  get isAtValueEnd(): boolean {
    return this.isAtEnd || isSpace(this.peek()) || this.peek() === ")";
  }

  /** Up to a space, a parenthesis that was not opened in it, or one of `stops`. */
  word(stops = ""): string {
    const start = this.at;
    for (let depth = 0; !this.isAtEnd; this.at += 1) {
      const character = this.peek()!;
      if (isSpace(character) || stops.includes(character)) break;
      if (character === "(") depth += 1;
      if (character === ")" && depth-- === 0) break;
    }
    return this.text.slice(start, this.at);
  }

  /** What is between two quotes, with `\"`, `\\`, `\n`, `\r`, `\t` and `\u0041` in it. */
  quoted(): string {
    const start = this.at;
    let value = "";
    this.at += 1;
    for (;;) {
      const character = this.peek();
      if (character === undefined) {
        fault(start, this.at, 'This quote is not closed: end it with ".', true);
      }
      this.at += 1;
      if (character === '"') break;
      value += character === "\\" ? this.escaped() : character;
    }
    if (UNSTORABLE.test(value)) {
      fault(start, this.at, "Remove U+0000 and halves of surrogate pairs: no text can hold them.");
    }
    return value;
  }

  private escaped(): string {
    const start = this.at - 1;
    const code = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at, this.at + 5))?.[1];
    if (code) {
      this.at += 5;
      return String.fromCharCode(Number.parseInt(code, 16));
    }
    const plain = ESCAPES[this.peek() ?? ""];
    if (plain === undefined) {
      const message = 'In quotes, \\ starts an escape: \\", \\\\, \\n, \\r, \\t or \\u0041.';
      fault(start, Math.min(this.at + 1, this.text.length), `${message} Write \\\\ for a \\.`);
    }
    this.at += 1;
    return plain;
  }

  /** A quoted value or a word; nothing may stick to the end of a quoted one. */
  value(stops = ""): string {
    if (this.peek() !== '"') return this.word(stops);
    const start = this.at;
    const value = this.quoted();
    if (!this.isAtValueEnd && !stops.includes(this.peek()!)) {
      const end = this.at;
      this.word();
      fault(
        end,
        this.at,
        `Put a space after ${this.text.slice(start, end)}, or write \\" for a quote within quotes.`,
      );
    }
    return value;
  }
}
