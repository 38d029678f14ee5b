import type { OutlineResult } from "./json-outline.ts";
import { OutlineBuilder } from "./outline.ts";

/** An element with a text up to this long stands in one row. */
const SHORT_TEXT = 200;
const NAME = /[^\s/>=<"']+/y;
const TAG_REST = /(?:[^"'<>]|"[^"]*"|'[^']*')*>/y;

/**
 * The rows of an XML text: tags, texts, comments, as they were sent. Nothing is resolved: no entity,
 * no DTD, no include. Says where tags do not fit together; is not a validator beyond that.
 */
export function outlineXml(text: string): OutlineResult {
  const builder = new OutlineBuilder(Math.max(64, text.length >> 5));
  const open: { row: number; name: string }[] = [];
  let elements = 0;
  let at = 0;
  const fault = (position: number, message: string): OutlineResult => ({
    outline: null,
    fault: { at: position, message },
  });
  while (at < text.length) {
    if (builder.isFull) return fault(at, "there are too many elements to lay out");
    const tag = text.indexOf("<", at);
    const textEnd = tag === -1 ? text.length : tag;
    const stray = addText(builder, text, at, textEnd, open.length);
    if (stray !== null && open.length === 0)
      return fault(stray, "there is text outside of the document");
    if (tag === -1) break;
    const special = specialEnd(text, tag);
    if (special !== null) {
      if (special === -1) return fault(tag, "this does not end");
      builder.leaf(tag, tag, special, open.length);
      at = special;
      continue;
    }
    const isClosing = text[tag + 1] === "/";
    NAME.lastIndex = tag + (isClosing ? 2 : 1);
    const name = NAME.exec(text)?.[0];
    if (name === undefined) return fault(tag, "there is no name after <");
    TAG_REST.lastIndex = NAME.lastIndex;
    if (!TAG_REST.test(text)) return fault(tag, `the tag ${name} does not end`);
    const end = TAG_REST.lastIndex;
    if (isClosing) {
      const opened = open.pop();
      if (opened?.name !== name) {
        const expected = opened ? `</${opened.name}>` : "no closing tag";
        return fault(tag, `there is </${name}> where ${expected} should be`);
      }
      builder.close(opened.row, tag, end);
      at = end;
      continue;
    }
    if (open.length === 0 && elements > 0)
      return fault(tag, "there is a second element at the top");
    elements += 1;
    if (text[end - 2] === "/") {
      builder.leaf(tag, tag, end, open.length);
      at = end;
      continue;
    }
    const whole = shortElementEnd(text, end, name);
    if (whole === null) open.push({ row: builder.leaf(tag, tag, end, open.length), name });
    else builder.leaf(tag, tag, whole, open.length);
    at = whole ?? end;
  }
  const unclosed = open.at(-1);
  if (unclosed) return fault(text.length, `the text ends where </${unclosed.name}> should be`);
  if (elements === 0) return fault(0, "there is no element");
  return { outline: builder.build(), fault: null };
}

/** A row for each line that says something; gives where the first of them is. */
function addText(builder: OutlineBuilder, text: string, from: number, to: number, depth: number) {
  let first: number | null = null;
  for (let start = from; start < to; ) {
    const newline = text.indexOf("\n", start);
    const end = newline === -1 || newline > to ? to : newline;
    const line = text.slice(start, end);
    const trimmed = line.trim();
    // A byte order mark is white space to trim(), and no text.
    if (trimmed !== "") {
      const begin = start + line.indexOf(trimmed);
      first ??= begin;
      builder.leaf(begin, begin, begin + trimmed.length, depth);
    }
    start = end + 1;
  }
  return first;
}

/** The end of a comment, CDATA, instruction or declaration; -1 without one, null for none of these. */
function specialEnd(text: string, at: number): number | null {
  const after = (end: string) => {
    const found = text.indexOf(end, at + 2);
    return found === -1 ? -1 : found + end.length;
  };
  if (text.startsWith("<!--", at)) return after("-->");
  if (text.startsWith("<![CDATA[", at)) return after("]]>");
  if (text.startsWith("<?", at)) return after("?>");
  if (!text.startsWith("<!", at)) return null;
  // A DOCTYPE may hold declarations in brackets.
  const bracket = text.indexOf("[", at);
  const close = text.indexOf(">", at);
  return bracket !== -1 && bracket < close ? after("]>") : after(">");
}

/** `<a>text</a>` without another tag in it, where it is short. */
function shortElementEnd(text: string, from: number, name: string): number | null {
  const close = `</${name}>`;
  const tag = text.slice(from, from + SHORT_TEXT + close.length).indexOf("<");
  if (tag === -1 || !text.startsWith(close, from + tag)) return null;
  return text.slice(from, from + tag).includes("\n") ? null : from + tag + close.length;
}
