import { longer } from "./outline.ts";

/** A text cut into rows of one line on the screen each. Positions are UTF-16 units. */
export type TextRows = {
  length: number;
  /** Where each begins; one more than there are rows, the last for the end. */
  start: Uint32Array<ArrayBuffer>;
  /** The number of its line, from 1; 0 for a row that goes on with the line before. */
  line: Uint32Array<ArrayBuffer>;
  /** Columns of the widest row, about. */
  columns: number;
  /** False where the text has more rows than can be shown. */
  complete: boolean;
};

export const TEXT_MAX_ROWS = 6_000_000;
/** A line that is not to be wrapped is cut here all the same: nothing lays out a row of megabytes. */
const UNWRAPPED_COLUMNS = 2_000;
const TAB = 4;
/** An invisible character is shown by its code point: `U+200B`. */
const MARK = 6;

/** @param columns where to wrap; 0 for not at all */
export function textRows(text: string, columns: number): TextRows {
  const width = columns > 0 ? columns : UNWRAPPED_COLUMNS;
  let start = new Uint32Array(1024);
  let line = new Uint32Array(1024);
  let length = 0;
  let widest = 0;
  let number = 0;
  let at = 0;
  while (at < text.length && length < TEXT_MAX_ROWS) {
    if (length + 1 >= start.length) {
      start = longer(start, start.length * 2);
      line = longer(line, line.length * 2);
    }
    const isNewLine = at === 0 || text.charCodeAt(at - 1) === 0x0a;
    start[length] = at;
    line[length] = isNewLine ? ++number : 0;
    length += 1;
    let column = 0;
    while (at < text.length) {
      const code = text.charCodeAt(at);
      if (code === 0x0a) {
        at += 1;
        break;
      }
      const isPair = code >= 0xd800 && code < 0xdc00 && at + 1 < text.length;
      const next = column + columnsOf(code, column);
      if (next > width && column > 0) break;
      column = next;
      at += isPair ? 2 : 1;
    }
    if (column > widest) widest = column;
  }
  start[length] = at;
  return {
    length,
    start: start.slice(0, length + 1),
    line: line.slice(0, length),
    columns: widest,
    complete: at >= text.length,
  };
}

/** About how wide a character is; wide ones of East Asia and pictures take two columns. */
function columnsOf(code: number, column: number): number {
  if (code >= 0x20 && code < 0x7f) return 1;
  if (code === 0x09) return TAB - (column % TAB);
  if (code < 0xa0) return MARK;
  if (code < 0x300) return 1;
  if (code < 0x370) return 0;
  if (code < 0x1100) return 1;
  if (code >= 0x200b && code <= 0x206f) return MARK;
  if (code < 0x2e80) return 1;
  return code === 0xfeff ? MARK : 2;
}

/** The row of a position. */
export function textRowAt({ start, length }: TextRows, position: number): number {
  let low = 0;
  let high = length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (start[middle]! <= position) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Line and column of a position, both from 1. */
export function placeInText(text: string, position: number): { line: number; column: number } {
  let line = 1;
  let from = 0;
  for (;;) {
    const next = text.indexOf("\n", from);
    if (next === -1 || next >= position) break;
    line += 1;
    from = next + 1;
  }
  return { line, column: position - from + 1 };
}
