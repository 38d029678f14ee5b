/** What is longer is found by its beginning. */
export const BEGINNING = 4_096;
/** Added to the length of a beginning. */
const CUT = 2 ** 24;
/** Nothing but backslashes, as one, would be everywhere. */
const MIN_BYTES = 4;
const BACKSLASH = 0x5c;

/**
 * Many byte strings, looked for at once: the automaton of Aho and Corasick (1975), "Efficient string
 * matching". State 0 is its start. A run of backslashes counts as one, as `writingsAt` reads them.
 */
export class ValueAutomaton {
  /** Of each state the length of the longest value that ends there, 0 for none. */
  private readonly found: Int32Array;
  /** How many bytes lead to a state. */
  readonly depth: Int32Array;
  private readonly start = new Int32Array(256);
  private readonly label: Uint8Array;
  private readonly firstChild: Int32Array;
  private readonly sibling: Int32Array;
  private readonly fail: Int32Array;
  /** The children of a state but its first, by `state * 256 + byte`. */
  private readonly keys: Int32Array;
  private readonly children: Int32Array;
  /** Nobody can choose values that all fall into one place. */
  private readonly multiplier = Math.floor(Math.random() * 2 ** 32) | 1;
  private states = 1;

  /** @param values whose lengths together are below 2^22 */
  constructor(values: readonly string[]) {
    let size = 1;
    for (const value of values) size += Math.min(value.length, BEGINNING);
    this.found = new Int32Array(size);
    this.depth = new Int32Array(size);
    this.label = new Uint8Array(size);
    this.firstChild = new Int32Array(size);
    this.sibling = new Int32Array(size);
    this.fail = new Int32Array(size);
    // Each value leaves the others at one place at most.
    const slots = 2 ** Math.ceil(Math.log2(2 * values.length + 2));
    this.keys = new Int32Array(slots);
    this.children = new Int32Array(slots);
    for (const value of values) this.insert(value);
    this.link();
  }

  /** The length of the longest value that ends in a state, 0 for none; null for a beginning. */
  foundAt(state: number): number | null {
    const length = this.found[state]!;
    return length < CUT ? length : null;
  }

  /** The child of a state by a byte, 0 for none. */
  child(state: number, byte: number): number {
    if (state === 0) return this.start[byte]!;
    const first = this.firstChild[state]!;
    if (first === 0 || this.label[first] === byte) return first;
    return this.sibling[first] === 0 ? 0 : this.children[this.slotOf(state, byte)]!;
  }

  failureOf(state: number): number {
    return this.fail[state]!;
  }

  private slotOf(state: number, byte: number): number {
    const key = state * 256 + byte;
    const mask = this.keys.length - 1;
    let slot = (Math.imul(key, this.multiplier) >>> 7) & mask;
    while (this.children[slot] !== 0 && this.keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  private insert(value: string): void {
    let state = 0;
    let depth = 0;
    let at = 0;
    for (; at < value.length && depth < BEGINNING; at++) {
      const byte = value.charCodeAt(at);
      if (byte === BACKSLASH && at > 0 && value.charCodeAt(at - 1) === BACKSLASH) continue;
      depth += 1;
      state = this.child(state, byte) || this.addChild(state, byte, depth);
    }
    if (depth < MIN_BYTES) return;
    const length = depth + (at < value.length ? CUT : 0);
    this.found[state] = Math.max(this.found[state]!, length);
  }

  private addChild(state: number, byte: number, depth: number): number {
    const child = this.states++;
    this.label[child] = byte;
    this.depth[child] = depth;
    const first = this.firstChild[state]!;
    if (state === 0) this.start[byte] = child;
    if (first === 0) {
      this.firstChild[state] = child;
    } else {
      this.sibling[child] = this.sibling[first]!;
      this.sibling[first] = child;
      if (state !== 0) {
        const slot = this.slotOf(state, byte);
        this.keys[slot] = state * 256 + byte;
        this.children[slot] = child;
      }
    }
    return child;
  }

  /** Of each state the longest other one that is its end, the nearest states first. */
  private link(): void {
    const queue = new Int32Array(this.states);
    let end = 1;
    for (let at = 0; at < end; at++) {
      const state = queue[at]!;
      for (let child = this.firstChild[state]!; child !== 0; child = this.sibling[child]!) {
        queue[end++] = child;
        if (state === 0) continue;
        const byte = this.label[child]!;
        let shorter = this.fail[state]!;
        while (shorter !== 0 && this.child(shorter, byte) === 0) shorter = this.fail[shorter]!;
        this.fail[child] = this.child(shorter, byte);
        this.found[child] ||= this.found[this.fail[child]!]!;
      }
    }
  }
}
