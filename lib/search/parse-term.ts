import { lowerAscii } from "./ascii.ts";
import { fault } from "./fault.ts";
import { FIELDS, type Field, findField } from "./fields.ts";
import { parseNetwork } from "./ip-address.ts";
import { parseJsonPath } from "./parse-json-path.ts";
import { parseSize } from "./parse-size.ts";
import { parseWhen } from "./parse-when.ts";
import { type JsonOperator, MARKS, type Mark, type Term, type TextField } from "./query.ts";
import type { Reader } from "./reader.ts";

/** Every kind but plain text, without its place. */
type Filter = Term extends infer T ? (T extends Term ? Omit<T, "start" | "end"> : never) : never;

const JSON_OPERATORS: readonly JsonOperator[] = [">=", "<=", ">", "<", "=", "~"];

/** One term: plain text, or a filter such as `method:POST`. */
export function parseTerm(reader: Reader): Term {
  const start = reader.at;
  const filter = parseFilter(reader) ?? { kind: "text" as const, text: reader.value() };
  if (filter.kind === "text" && filter.text === "") {
    fault(start, reader.at, "Write something between the quotes, or remove them.");
  }
  return { ...filter, start, end: reader.at } as Term;
}

function parseFilter(reader: Reader): Filter | null {
  const start = reader.at;
  const name = /^([a-zA-Z]+):(?!\/\/)/.exec(reader.text.slice(start))?.[1];
  if (name === undefined) return null;
  const field = findField(name.toLowerCase());
  const end = start + name.length + 1;
  if (!field) fault(start, end, unknownField(name));
  reader.at = end;
  if (reader.isAtValueEnd) {
    fault(
      start,
      end,
      `Write a value right after ${field.name}:, like ${field.example}.`,
      reader.isAtEnd,
    );
  }
  return parseValue(reader, field, start);
}

function unknownField(name: string): string {
  const near = FIELDS.find((field) => isNear(field.name, name.toLowerCase()));
  const names = FIELDS.map((field) => `${field.name}:`).join(" ");
  const remedy = near ? `Did you mean ${near.name}:?` : `There are ${names}.`;
  return `There is no filter ${name}:. ${remedy} To find it as text, put it in quotes.`;
}

/** One letter missing, too many, wrong, or two that changed places. */
function isNear(name: string, typed: string): boolean {
  let same = 0;
  while (same < name.length && name[same] === typed[same]) same += 1;
  const [rest, other] = [name.slice(same), typed.slice(same)];
  return (
    name.startsWith(typed) ||
    typed.startsWith(name) ||
    rest.slice(1) === other ||
    rest === other.slice(1) ||
    rest.slice(1) === other.slice(1) ||
    (rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2))
  );
}

function parseValue(reader: Reader, field: Field, start: number): Filter {
  switch (field.name) {
    case "method":
      return { kind: "method", methods: list(reader).map(upperAscii) };
    case "ip":
      return { kind: "ip", addresses: addresses(reader) };
    case "header":
      return header(reader, start);
    case "json":
      return json(reader, start);
    case "is":
      return { kind: "is", mark: mark(reader) };
    case "size": {
      const at = reader.at;
      return { kind: "size", ...parseSize(reader.value(), at) };
    }
    case "after":
    case "before": {
      const at = reader.at;
      return { kind: "time", relation: field.name, when: parseWhen(reader.value(), at) };
    }
    default:
      return text(reader, field);
  }
}

const upperAscii = (value: string) =>
  value.replaceAll(/[a-z]+/g, (letters) => letters.toUpperCase());

/** `a,b,"c d"`: any of them. */
function list(reader: Reader): string[] {
  const values: string[] = [];
  do {
    const at = reader.at;
    const isQuoted = reader.peek() === '"';
    const value = reader.value(",");
    if (value === "" && !isQuoted) {
      fault(at - 1, reader.at, "Write a value on each side of the comma.", reader.isAtEnd);
    }
    values.push(value);
  } while (reader.take(","));
  return values;
}

function addresses(reader: Reader): string[] {
  const start = reader.at;
  const values = list(reader);
  const wrong = values.find(
    (value) =>
      value === "" || (value.includes("/") ? !parseNetwork(value) : /[^0-9a-f:.%]/i.test(value)),
  );
  if (wrong !== undefined) {
    const example = "192.0.2.7, the beginning of one, or a network like 192.0.2.0/24";
    fault(start, reader.at, `Write an address like ${example}.`);
  }
  return values.map(lowerAscii);
}

function text(reader: Reader, field: Field): Filter {
  const name = field.name as TextField;
  const start = reader.at;
  const operator = reader.take("=") ? "is" : "contains";
  const isQuoted = reader.peek() === '"';
  const texts = name === "type" ? list(reader) : [reader.value()];
  if (texts.includes("") && operator === "contains") {
    fault(start, reader.at, `Write what to look for, like ${field.example}.`);
  }
  if (texts.includes("") && !isQuoted) {
    fault(
      start,
      reader.at,
      `Write a value after the =; ${name}:="" stands for none.`,
      reader.isAtEnd,
    );
  }
  return { kind: "field", field: name, operator, texts };
}

function header(reader: Reader, start: number): Filter {
  const name = reader.value("=~");
  if (name === "") {
    fault(start, reader.at + 1, "Write a header's name, like header:x-github-event=push.");
  }
  const sign = reader.at;
  const isExact = reader.take("=");
  if (!isExact && !reader.take("~")) {
    return { kind: "header", name: lowerAscii(name), operator: "exists", value: "" };
  }
  const value = valueAfter(reader, sign, "header:x-github-event=push");
  if (value === "" && !isExact) {
    fault(sign, reader.at, `Write what to look for, or leave the ~ away to find every ${name}.`);
  }
  return { kind: "header", name: lowerAscii(name), operator: isExact ? "is" : "contains", value };
}

function json(reader: Reader, start: number): Filter {
  const path = parseJsonPath(reader);
  if (reader.isAtValueEnd) return { kind: "json", path, operator: "exists", value: "" };
  const sign = reader.at;
  const operator = JSON_OPERATORS.find((candidate) => reader.take(candidate));
  if (!operator) {
    reader.word();
    const filter = reader.text.slice(start, sign);
    fault(sign, reader.at, `To find other values write -${filter}=value, with a minus in front.`);
  }
  const at = reader.at;
  const value = valueAfter(reader, sign, `json:$.id${operator}1`);
  if (value === "" && operator === "~") {
    fault(sign, reader.at, "Write what to look for, or leave the ~ away.");
  }
  if (/[<>]/.test(operator) && !/^-?\d{1,300}(\.\d{1,300})?(e[+-]?\d{1,6})?$/i.test(value)) {
    fault(at, reader.at, `Write a number after ${operator}, like json:$.amount${operator}100.`);
  }
  return { kind: "json", path, operator, value };
}

/** A value that may only be empty in quotes. */
function valueAfter(reader: Reader, sign: number, example: string): string {
  const isQuoted = reader.peek() === '"';
  const value = reader.value();
  if (value === "" && !isQuoted) {
    const message = `Write a value after the sign, like ${example}, or "" for an empty one.`;
    fault(sign, reader.at, message, reader.isAtEnd);
  }
  return value;
}

function mark(reader: Reader): Mark {
  const start = reader.at;
  const value = lowerAscii(reader.value());
  const found = MARKS.find((candidate) => candidate === value);
  if (!found) {
    const isMissing = reader.isAtEnd && MARKS.some((candidate) => candidate.startsWith(value));
    fault(start, reader.at, `Write one of ${MARKS.join(", ")} after is:.`, isMissing);
  }
  return found;
}
