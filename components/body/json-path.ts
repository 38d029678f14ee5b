import { type Outline, parentOf, rowAfter } from "./outline.ts";

const PLAIN_NAME = /^[A-Za-z_$][\w$]*$/;

/**
 * How to get at a row's value: `$.items[2]["a b"]`. Of several values at the top (NDJSON) the first
 * step is the number of the record, from 0.
 */
export function jsonPath(text: string, outline: Outline, row: number): string {
  const at = Math.min(row, outline.partner[row]!);
  const steps: string[] = [];
  for (let current: number | null = at; current !== null; ) {
    const parent = parentOf(outline, current);
    if (parent === null) {
      if (outline.length > rowAfter(outline, 0)) steps.push(`[${indexOf(outline, null, current)}]`);
    } else if (outline.start[current] !== outline.value[current]) {
      steps.push(memberStep(text.slice(outline.start[current], keyEnd(text, outline, current))));
    } else {
      steps.push(`[${indexOf(outline, parent, current)}]`);
    }
    current = parent;
  }
  return `$${steps.reverse().join("")}`;
}

/** Where the key of a row ends, quotes included. */
export function keyEnd(text: string, { start, value }: Outline, row: number): number {
  return text.lastIndexOf('"', value[row]! - 1) + 1 || start[row]!;
}

function memberStep(key: string): string {
  const name = JSON.parse(key) as string;
  return PLAIN_NAME.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function indexOf(outline: Outline, parent: number | null, row: number): number {
  let index = 0;
  for (let at = parent === null ? 0 : parent + 1; at < row; at = rowAfter(outline, at)) index += 1;
  return index;
}
