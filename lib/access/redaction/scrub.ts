import { REDACTED } from "../../contract/share.ts";

/** What is shorter is in every text by chance. */
const MIN_LENGTH = 6;

/**
 * Replaces every other occurrence of the values that are hidden: a token that is hidden in a header
 * may be repeated in the path or the body.
 */
export function scrubber(hidden: Iterable<string>): (text: string) => string {
  const values = [...hidden].filter((value) => value.length >= MIN_LENGTH && value !== REDACTED);
  // The longest first, so that a part of a value never hides the rest of it.
  values.sort((a, b) => b.length - a.length);
  return (text) => {
    let scrubbed = text;
    for (const value of values) {
      if (scrubbed.includes(value)) scrubbed = scrubbed.replaceAll(value, () => REDACTED);
    }
    return scrubbed;
  };
}
