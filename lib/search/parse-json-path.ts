import { fault } from "./fault.ts";
import type { JsonStep } from "./query.ts";
import type { Reader } from "./reader.ts";

/** Names that need no quotes. */
const NAME = /^[^\s.[\]()"'=~<>!*,]+/u;
const EXAMPLE = "like json:$.action=opened or json:$.items[0].id";

/** `$.a.b[0]["a name"][*].*`; the `$` may be left out. */
export function parseJsonPath(reader: Reader): JsonStep[] {
  const steps: JsonStep[] = [];
  const start = reader.at;
  const hasRoot = reader.take("$");
  for (;;) {
    const at = reader.at;
    if (reader.take("[")) {
      steps.push(bracketed(reader, at));
    } else if (reader.take(".")) {
      steps.push(reader.take("*") ? { any: true } : name(reader, at));
    } else if (!hasRoot && at === start && !reader.isAtValueEnd) {
      steps.push(name(reader, at));
    } else if (reader.isAtValueEnd || /[=~<>!]/.test(reader.peek()!)) {
      if (at === start) {
        fault(start, at, `Write the path of a value, ${EXAMPLE}.`, reader.isAtEnd);
      }
      return steps;
    } else {
      reader.word();
      fault(at, reader.at, `The path of a value looks ${EXAMPLE}.`);
    }
  }
}

function name(reader: Reader, start: number): string {
  const found = NAME.exec(reader.text.slice(reader.at))?.[0];
  if (found === undefined) {
    const isMissing = reader.isAtEnd;
    if (!isMissing) reader.at += 1;
    fault(
      start,
      reader.at,
      'Write a name after the dot, like $.action; other names need quotes: $["a name"].',
      isMissing,
    );
  }
  reader.at += found.length;
  return found;
}

function bracketed(reader: Reader, start: number): JsonStep {
  let step: JsonStep | undefined;
  if (reader.peek() === '"') step = reader.quoted();
  else if (reader.take("*")) step = { any: true };
  else {
    const digits = /^\d{1,9}/.exec(reader.text.slice(reader.at))?.[0];
    if (digits !== undefined) {
      reader.at += digits.length;
      step = Number(digits);
    }
  }
  if (step === undefined || !reader.take("]")) {
    const isMissing = reader.isAtEnd;
    if (!isMissing) reader.at += 1;
    fault(
      start,
      reader.at,
      'In brackets write a number, * or a quoted name, and close them: [0], [*], ["a name"].',
      isMissing,
    );
  }
  return step;
}
