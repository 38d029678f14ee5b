/**
 * A text as rows that can be folded, in numbers alone: a body of 10 MiB has half a million rows, and
 * objects for them would take longer to make than to read. Positions are UTF-16 units of the text.
 */
export type Outline = {
  length: number;
  /** Where a row begins: at its key where it has one. */
  start: Uint32Array<ArrayBuffer>;
  /** Where its value begins. */
  value: Uint32Array<ArrayBuffer>;
  /** Where its value ends; for a row that opens something, where that closes. */
  end: Uint32Array<ArrayBuffer>;
  depth: Uint32Array<ArrayBuffer>;
  /** For a row that opens something the row that closes it and the other way around, else itself. */
  partner: Uint32Array<ArrayBuffer>;
};

export type OutlineFault = { at: number; message: string };

/** More rows would take more memory than a page should: the text view has no such limit. */
export const OUTLINE_MAX_ROWS = 6_000_000;

export class OutlineBuilder {
  length = 0;
  #capacity: number;
  #start: Uint32Array<ArrayBuffer>;
  #value: Uint32Array<ArrayBuffer>;
  #end: Uint32Array<ArrayBuffer>;
  #depth: Uint32Array<ArrayBuffer>;
  #partner: Uint32Array<ArrayBuffer>;

  constructor(capacity = 1024) {
    this.#capacity = capacity;
    this.#start = new Uint32Array(capacity);
    this.#value = new Uint32Array(capacity);
    this.#end = new Uint32Array(capacity);
    this.#depth = new Uint32Array(capacity);
    this.#partner = new Uint32Array(capacity);
  }

  get isFull(): boolean {
    return this.length >= OUTLINE_MAX_ROWS;
  }

  /** A row that stands for itself; gives its number. */
  leaf(start: number, value: number, end: number, depth: number): number {
    if (this.length === this.#capacity) this.#grow();
    const row = this.length++;
    this.#start[row] = start;
    this.#value[row] = value;
    this.#end[row] = end;
    this.#depth[row] = depth;
    this.#partner[row] = row;
    return row;
  }

  /** The row that closes `opened`, from `at` to `end`. */
  close(opened: number, at: number, end: number): void {
    const row = this.leaf(at, at, end, this.#depth[opened]!);
    this.#partner[row] = opened;
    this.#partner[opened] = row;
    this.#end[opened] = end;
  }

  /** Turns a row that opened something empty into one of its own. */
  settle(row: number, end: number): void {
    this.#end[row] = end;
  }

  /** Forgets the rows from this one on. */
  truncate(length: number): void {
    this.length = length;
  }

  build(): Outline {
    const { length } = this;
    return {
      length,
      start: this.#start.slice(0, length),
      value: this.#value.slice(0, length),
      end: this.#end.slice(0, length),
      depth: this.#depth.slice(0, length),
      partner: this.#partner.slice(0, length),
    };
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#start = longer(this.#start, this.#capacity);
    this.#value = longer(this.#value, this.#capacity);
    this.#end = longer(this.#end, this.#capacity);
    this.#depth = longer(this.#depth, this.#capacity);
    this.#partner = longer(this.#partner, this.#capacity);
  }
}

export function longer(array: Uint32Array, capacity: number): Uint32Array<ArrayBuffer> {
  const copy = new Uint32Array(capacity);
  copy.set(array);
  return copy;
}

export const opens = ({ partner }: Outline, row: number) => partner[row]! > row;
export const closes = ({ partner }: Outline, row: number) => partner[row]! < row;

/** The row that contains this one; null for one at the top. */
export function parentOf(outline: Outline, row: number): number | null {
  const depth = outline.depth[row]!;
  if (depth === 0) return null;
  for (let at = row - 1; at >= 0; at -= 1) {
    if (closes(outline, at)) at = outline.partner[at]!;
    if (outline.depth[at]! < depth) return at;
  }
  return null;
}

/** The first row after all that this one contains. */
export function rowAfter(outline: Outline, row: number): number {
  return Math.max(row, outline.partner[row]!) + 1;
}

export function childCount(outline: Outline, row: number): number {
  const end = outline.partner[row]!;
  let count = 0;
  for (let child = row + 1; child < end; child = rowAfter(outline, child)) count += 1;
  return count;
}

/** The row that a position of the text belongs to. */
export function rowAt({ start, length }: Outline, position: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (start[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}
