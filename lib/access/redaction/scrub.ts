import { REDACTED } from "../../contract/share.ts";
import { occurrencesOf } from "./occurrences.ts";
import { BEGINNING, ValueAutomaton } from "./value-automaton.ts";

/** What is shorter is in every text by chance. */
export const SOUGHT_MIN = 6;
/** Bytes of values that are looked for at once; each of them takes some twenty of memory. */
const BYTES_AT_ONCE = 2 ** 22 - 1;

function inGroups(values: Iterable<string>): string[][] {
  const groups: string[][] = [];
  let size = BYTES_AT_ONCE;
  for (const value of values) {
    if (value.length < SOUGHT_MIN || REDACTED.includes(value)) continue;
    const bytes = Math.min(value.length, BEGINNING);
    if (size + bytes > BYTES_AT_ONCE) {
      groups.push([]);
      size = 0;
    }
    size += bytes;
    groups.at(-1)!.push(value);
  }
  return groups;
}

function scrubbed(automaton: ValueAutomaton, text: string): string {
  if (text.length < SOUGHT_MIN) return text;
  const { ranges } = occurrencesOf(automaton, text);
  if (ranges === null) return REDACTED;
  let shown = "";
  let kept = 0;
  for (let i = 0; i < ranges.length; i += 2) {
    shown += text.slice(kept, ranges[i]) + REDACTED;
    kept = ranges[i + 1]!;
  }
  return kept === 0 ? text : shown + text.slice(kept);
}

/**
 * Replaces every other occurrence of the values that are hidden, however it is written: a token that
 * is hidden in a header may be repeated in the path or the body. A text is hidden whole where it would
 * take too long to say, or where the beginning of a very long value is repeated.
 *
 * @returns what to show instead of each of the texts
 */
export function scrubber(
  hidden: Iterable<string>,
  texts: Iterable<string | null>,
): <T extends string | null>(text: T) => T {
  const shown = new Map<string | null, string | null>();
  for (const text of texts) shown.set(text, text);
  for (const group of inGroups(hidden)) {
    const automaton = new ValueAutomaton(group);
    for (const [text, sofar] of shown) {
      if (sofar !== null) shown.set(text, scrubbed(automaton, sofar));
    }
  }
  return (text) => {
    const found = shown.get(text);
    if (found === undefined) throw new Error("a text that was not looked through");
    return found as typeof text;
  };
}
