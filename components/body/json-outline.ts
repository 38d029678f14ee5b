import { longer, type Outline, OutlineBuilder, type OutlineFault } from "./outline.ts";

export type OutlineResult =
  | { outline: Outline; fault: null }
  | { outline: null; fault: OutlineFault };

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/**
 * Finds the rows of a JSON text without making values of it, so that numbers, escapes, duplicate
 * keys and their order stay as they were sent. Accepts exactly what `JSON.parse` does (RFC 8259).
 */
export function outlineJson(text: string): OutlineResult {
  const builder = new OutlineBuilder(Math.max(64, text.length >> 4));
  const fault = new JsonReader(text, builder).read(0, text.length);
  return fault ? { outline: null, fault } : { outline: builder.build(), fault: null };
}

/** Reads one text after the other into the same rows. Uses no recursion: depth costs memory alone. */
export class JsonReader {
  readonly #text: string;
  readonly #builder: OutlineBuilder;
  /** The rows that are open. */
  #stack = new Uint32Array(64);
  #fault: OutlineFault | null = null;

  constructor(text: string, builder: OutlineBuilder) {
    this.#text = text;
    this.#builder = builder;
  }

  /** One JSON text from `from` to `to`, with white space around it. */
  read(from: number, to: number): OutlineFault | null {
    this.#fault = null;
    const text = this.#text;
    const builder = this.#builder;
    let depth = 0;
    let at = this.#skipSpace(from, to);
    for (;;) {
      const start = at;
      let value = at;
      const isMember = depth > 0 && this.#isObject(depth);
      if (isMember) {
        if (text.charCodeAt(at) !== QUOTE || at >= to)
          return this.#expected(at, to, "a key in quotes");
        at = this.#string(at, to);
        if (at < 0) return this.#fault;
        at = this.#skipSpace(at, to);
        if (at >= to || text.charCodeAt(at) !== 0x3a) return this.#expected(at, to, "a colon");
        value = this.#skipSpace(at + 1, to);
        at = value;
      }
      if (builder.isFull) return { at, message: "there are too many values to lay out" };
      const code = at < to ? text.charCodeAt(at) : -1;
      const isObject = code === 0x7b;
      if (isObject || code === 0x5b) {
        const row = builder.leaf(start, value, at + 1, depth);
        const first = this.#skipSpace(at + 1, to);
        if (first < to && text.charCodeAt(first) === (isObject ? 0x7d : 0x5d)) {
          at = first + 1;
          builder.settle(row, at);
        } else {
          if (depth === this.#stack.length) this.#stack = longer(this.#stack, depth * 2);
          this.#stack[depth++] = row;
          // Whether it is an object is asked again for each of its members.
          this.#kinds(depth, isObject);
          at = first;
          continue;
        }
      } else {
        at = this.#scalar(at, to, code);
        if (at < 0) return this.#fault;
        builder.leaf(start, value, at, depth);
      }
      // After a value: what closes, until a comma asks for the next one.
      for (;;) {
        at = this.#skipSpace(at, to);
        if (depth === 0) return at < to ? this.#expected(at, to, "nothing more") : null;
        const next = at < to ? text.charCodeAt(at) : -1;
        const inObject = this.#isObject(depth);
        if (next === 0x2c) {
          at = this.#skipSpace(at + 1, to);
          break;
        }
        if (next !== (inObject ? 0x7d : 0x5d)) {
          return this.#expected(at, to, inObject ? "a comma or }" : "a comma or ]");
        }
        if (builder.isFull) return { at, message: "there are too many values to lay out" };
        depth -= 1;
        builder.close(this.#stack[depth]!, at, at + 1);
        at += 1;
      }
    }
  }

  #objects = new Uint8Array(64);

  #kinds(depth: number, isObject: boolean): void {
    if (depth >= this.#objects.length) {
      const more = new Uint8Array(this.#objects.length * 2);
      more.set(this.#objects);
      this.#objects = more;
    }
    this.#objects[depth] = isObject ? 1 : 0;
  }

  #isObject(depth: number): boolean {
    return this.#objects[depth] === 1;
  }

  #skipSpace(from: number, to: number): number {
    const text = this.#text;
    let at = from;
    while (at < to) {
      const code = text.charCodeAt(at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) break;
      at += 1;
    }
    return at;
  }

  #expected(at: number, to: number, what: string): OutlineFault {
    const found = at >= to ? "the text ends" : `there is ${JSON.stringify(this.#characterAt(at))}`;
    this.#fault = { at, message: `${found} where ${what} should be` };
    return this.#fault;
  }

  #characterAt(at: number): string {
    return String.fromCodePoint(this.#text.codePointAt(at)!);
  }

  #fail(at: number, message: string): number {
    this.#fault = { at, message };
    return -1;
  }

  /** Where the value ends, or -1 with the fault set. */
  #scalar(at: number, to: number, code: number): number {
    if (code === QUOTE) return this.#string(at, to);
    if (code === 0x74) return this.#word(at, to, "true");
    if (code === 0x66) return this.#word(at, to, "false");
    if (code === 0x6e) return this.#word(at, to, "null");
    if (code === 0x2d || isDigit(code)) return this.#number(at, to);
    this.#expected(at, to, "a value");
    return -1;
  }

  #word(at: number, to: number, word: string): number {
    const end = at + word.length;
    if (end <= to && this.#text.startsWith(word, at)) return end;
    this.#expected(at, to, "a value");
    return -1;
  }

  #string(at: number, to: number): number {
    const text = this.#text;
    for (let next = at + 1; next < to; next += 1) {
      const code = text.charCodeAt(next);
      if (code === QUOTE) return next + 1;
      if (code < 0x20) return this.#fail(next, "a control character has to be escaped in a string");
      if (code !== BACKSLASH) continue;
      next += 1;
      const escaped = next < to ? text.charCodeAt(next) : -1;
      if (escaped === 0x75) {
        for (let digit = 0; digit < 4; digit += 1) {
          next += 1;
          if (next >= to || !isHex(text.charCodeAt(next))) {
            return this.#fail(Math.min(next, to), "\\u needs four hexadecimal digits");
          }
        }
      } else if (escaped === -1 || !'"\\/bfnrt'.includes(String.fromCharCode(escaped))) {
        return this.#fail(Math.min(next, to), "this escape does not exist in JSON");
      }
    }
    return this.#fail(at, "this string does not end");
  }

  #number(from: number, to: number): number {
    const text = this.#text;
    let at = from;
    const code = () => (at < to ? text.charCodeAt(at) : -1);
    const digits = () => {
      const start = at;
      while (at < to && isDigit(text.charCodeAt(at))) at += 1;
      return at > start;
    };
    if (code() === 0x2d) at += 1;
    if (code() === 0x30) at += 1;
    else if (!digits()) return this.#fail(at, "a number needs a digit here");
    if (code() === 0x2e) {
      at += 1;
      if (!digits()) return this.#fail(at, "a number needs a digit after its point");
    }
    if (code() === 0x65 || code() === 0x45) {
      at += 1;
      if (code() === 0x2b || code() === 0x2d) at += 1;
      if (!digits()) return this.#fail(at, "a number needs a digit in its exponent");
    }
    return at;
  }
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function isHex(code: number): boolean {
  return isDigit(code) || (code >= 0x41 && code <= 0x46) || (code >= 0x61 && code <= 0x66);
}
