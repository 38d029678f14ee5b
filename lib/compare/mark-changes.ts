import { diffArrays } from "diff";

/** A stretch of a text, and whether the other side has something else there. */
export type Segment = { text: string; changed: boolean };

export type MarkedPair = { left: Segment[]; right: Segment[] };

/** Beyond this, what is between the common beginning and end is marked as one. */
const MAX_TOKENS = 400;
/** A middle as short as this is marked as one: single letters in a jumble tell nothing. */
const SHORT = 3;
const TOKEN = /[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu;

function commonPrefix(left: string, right: string): number {
  const most = Math.min(left.length, right.length);
  let length = 0;
  while (length < most && left.charCodeAt(length) === right.charCodeAt(length)) length += 1;
  // Never between the halves of a surrogate pair.
  const code = left.charCodeAt(length - 1);
  return length > 0 && code >= 0xd800 && code < 0xdc00 ? length - 1 : length;
}

function commonSuffix(left: string, right: string, most: number): number {
  let length = 0;
  while (
    length < most &&
    left.charCodeAt(left.length - 1 - length) === right.charCodeAt(right.length - 1 - length)
  ) {
    length += 1;
  }
  const code = left.charCodeAt(left.length - length);
  return length > 0 && code >= 0xdc00 && code < 0xe000 ? length - 1 : length;
}

/** Marks what differs between two texts, by their words. Put together, the segments are the texts. */
export function markChanges(left: string, right: string): MarkedPair {
  const prefix = commonPrefix(left, right);
  const suffix = commonSuffix(left, right, Math.min(left.length, right.length) - prefix);
  const middle = markMiddle(
    left.slice(prefix, left.length - suffix),
    right.slice(prefix, right.length - suffix),
  );
  const around = (text: string, segments: Segment[]): Segment[] =>
    merge([
      { text: text.slice(0, prefix), changed: false },
      ...segments,
      { text: text.slice(text.length - suffix), changed: false },
    ]);
  return { left: around(left, middle.left), right: around(right, middle.right) };
}

function markMiddle(left: string, right: string): MarkedPair {
  const whole = {
    left: [{ text: left, changed: true }],
    right: [{ text: right, changed: true }],
  };
  if (Math.min(left.length, right.length) <= SHORT) return whole;
  if (Math.max(left.length, right.length) > MAX_TOKENS * 10) return whole;
  const leftTokens = left.match(TOKEN) ?? [];
  const rightTokens = right.match(TOKEN) ?? [];
  if (Math.max(leftTokens.length, rightTokens.length) > MAX_TOKENS) return whole;
  const changes = diffArrays(leftTokens, rightTokens);
  const segments = (skip: "added" | "removed") =>
    changes
      .filter((change) => !change[skip])
      .map(({ value, added, removed }) => ({ text: value.join(""), changed: added || removed }));
  return { left: segments("added"), right: segments("removed") };
}

function merge(segments: Segment[]): Segment[] {
  const merged: Segment[] = [];
  for (const { text, changed } of segments) {
    if (text === "") continue;
    const last = merged.at(-1);
    if (last?.changed === changed) last.text += text;
    else merged.push({ text, changed });
  }
  return merged;
}
