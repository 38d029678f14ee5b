import { explainNode } from "./explain.ts";
import { FIELDS, type Field, findField } from "./fields.ts";
import { parseQuery } from "./parse.ts";
import { printValue } from "./print.ts";
import type { Span } from "./query.ts";

export type Completion = {
  /** What is put in place of the span. */
  insert: string;
  /** What it is, in few words. */
  hint: string;
  /** A term is whole with it; else more is to be typed right behind it. */
  isWhole: boolean;
};

export type Completions = Span & { options: Completion[] };

/** Values that were seen, by the field's name, the likeliest first. */
export type SeenValues = Partial<Record<string, readonly string[]>>;

const NOTHING: Completions = { start: 0, end: 0, options: [] };
const OPTIONS_MAX = 8;

/** What can be typed at the cursor: filters by name, and after a filter's colon its usual values. */
export function completeQuery(text: string, cursor: number, seen: SeenValues = {}): Completions {
  const word = wordAt(text, cursor);
  if (!word) return NOTHING;
  const typed = text.slice(word.start, cursor);
  const [, name] = /^([a-zA-Z]+):/.exec(typed) ?? [];
  const field = name === undefined ? undefined : findField(name.toLowerCase());
  if (field) return completeValue(field, text, word, cursor, seen[field.name] ?? []);
  if (/[^a-zA-Z]/.test(typed)) return NOTHING;
  const options = FIELDS.filter((one) => one.name.startsWith(typed.toLowerCase())).map((one) => ({
    insert: `${one.name}:`,
    hint: `${one.hint}, like ${one.example}`,
    isWhole: false,
  }));
  return { ...word, options };
}

/** The word that the cursor is in, without what stands before a term; null within quotes. */
function wordAt(text: string, cursor: number): Span | null {
  let start = 0;
  for (let at = 0; at < cursor; at++) {
    const character = text[at]!;
    if (character === '"') {
      const closing = /^"(?:[^"\\]|\\.)*"/s.exec(text.slice(at));
      if (!closing || at + closing[0].length > cursor) return null;
      at += closing[0].length - 1;
    } else if (/\s/u.test(character)) start = at + 1;
  }
  while (start < cursor && "-(".includes(text[start]!)) start += 1;
  const rest = /^[^\s)]*/u.exec(text.slice(cursor))![0].length;
  return { start, end: cursor + rest };
}

function completeValue(
  field: Field,
  text: string,
  word: Span,
  cursor: number,
  seen: readonly string[],
): Completions {
  const value = text.slice(word.start + field.name.length + 1, cursor);
  const isList = ["method", "type", "ip"].includes(field.name);
  // Of a list, the part that is being typed.
  const partStart = isList ? value.lastIndexOf(",") + 1 : 0;
  const part = value.slice(partStart).toLowerCase();
  const start = word.start + field.name.length + 1 + partStart;
  const known = new Set([...seen, ...field.values]);
  const options = [...known]
    .filter((one) => one.toLowerCase().startsWith(part) && one.toLowerCase() !== part)
    .slice(0, OPTIONS_MAX)
    .map((one) => toCompletion(field, one));
  return { start, end: word.end, options };
}

function toCompletion(field: Field, value: string): Completion {
  const isVerbatim = ["size", "json", "ip", "after", "before"].includes(field.name);
  const isWhole = field.name !== "json" && field.name !== "header";
  const insert = isVerbatim ? value : printValue(value);
  const parsed = parseQuery(`${field.name}:${insert}`);
  const [term] = parsed.ok ? parsed.query.nodes : [];
  const hint = term ? explainNode(term) : `like ${field.example}`;
  return { insert, hint, isWhole };
}
