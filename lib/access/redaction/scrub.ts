import { REDACTED } from "../../contract/share.ts";
import { hasOneForm, writtenAnyhow } from "./written-anyhow.ts";

/** What is shorter is in every text by chance. */
const MIN_LENGTH = 6;

/** Of more values than this only the form that was sent is looked for: each pattern is compiled. */
const PATTERNS_MAX = 300;

/** What looking for these values costs with each byte of a text: a pattern is slow. */
export function scrubCost(hidden: Iterable<string>): number {
  const values = [...hidden].filter((value) => value.length >= MIN_LENGTH);
  const patterns = values.filter((value) => !hasOneForm(value)).length;
  return patterns > PATTERNS_MAX ? Number.POSITIVE_INFINITY : values.length + 20 * patterns;
}

/**
 * Replaces every other occurrence of the values that are hidden, however it is written: a token that
 * is hidden in a header may be repeated in the path or the body.
 */
export function scrubber(hidden: Iterable<string>): (text: string) => string {
  const values = [...hidden].filter((value) => value.length >= MIN_LENGTH && value !== REDACTED);
  // The longest first, so that a part of a value never hides the rest of it.
  values.sort((a, b) => b.length - a.length);
  let patterns = 0;
  const known = values.map((value) => {
    const pattern = patterns < PATTERNS_MAX ? writtenAnyhow(value) : null;
    if (pattern) patterns += 1;
    return { value, pattern };
  });
  return (text) => {
    let scrubbed = text;
    for (const { value, pattern } of known) {
      if (pattern) scrubbed = scrubbed.replace(pattern, REDACTED);
      else if (scrubbed.includes(value)) scrubbed = scrubbed.replaceAll(value, () => REDACTED);
    }
    return scrubbed;
  };
}
