import { fault, QueryFault } from "./fault.ts";
import { parseTerm } from "./parse-term.ts";
import {
  type Node,
  type ParsedQuery,
  QUERY_MAX_DEPTH,
  QUERY_MAX_LENGTH,
  QUERY_MAX_TERMS,
  type Query,
  type QueryError,
} from "./query.ts";
import { isSpace, Reader, UNSTORABLE } from "./reader.ts";

type Limits = { terms: number; depth: number };

/**
 * Reads a query. Terms side by side all have to match, `OR` between them means either, `-` or `NOT`
 * before one excludes, parentheses group. An empty text is the query that everything matches.
 *
 * Never throws: what cannot be read gives one error that says where and what to do.
 */
export function parseQuery(text: string): ParsedQuery {
  try {
    refuseUnreadable(text);
    return { ok: true, query: parseAll(new Reader(text)) };
  } catch (thrown) {
    if (thrown instanceof QueryFault) return { ok: false, error: within(thrown.error, text) };
    throw thrown;
  }
}

/** The place is in the text, and shows something where there is something to show. */
function within(error: QueryError, text: string): QueryError {
  const start = Math.max(0, Math.min(error.start, text.length));
  return { ...error, start, end: Math.max(start, Math.min(error.end, text.length)) };
}

function refuseUnreadable(text: string): void {
  if (text.length > QUERY_MAX_LENGTH) {
    fault(
      QUERY_MAX_LENGTH,
      text.length,
      `A query has at most ${QUERY_MAX_LENGTH.toLocaleString("en")} characters: shorten it.`,
    );
  }
  const wrong = UNSTORABLE.exec(text);
  if (wrong) {
    const end = wrong.index + wrong[0].length;
    fault(wrong.index, end, "Remove this: it is a character that no text can hold.");
  }
}

function parseAll(reader: Reader): Query {
  const limits = { terms: 0, depth: 0 };
  const nodes = parseAlternatives(reader, limits);
  if (!reader.isAtEnd) {
    const { at } = reader;
    fault(at, at + 1, 'There is no ( that this ) closes: remove it, or put it in quotes: ")".');
  }
  return { kind: "and", nodes, start: 0, end: reader.text.length };
}

const OPERATORS = ["OR", "AND", "NOT"] as const;
type Operator = (typeof OPERATORS)[number];

function peekOperator({ text, at }: Reader): Operator | undefined {
  return OPERATORS.find((operator) => {
    const next = text[at + operator.length];
    const ends = next === undefined || isSpace(next) || next === "(" || next === ")";
    return ends && text.startsWith(operator, at);
  });
}

/** `a b OR c`: the nodes of one group, which all have to match. */
function parseAlternatives(reader: Reader, limits: Limits): Node[] {
  const alternatives: Node[][] = [];
  for (;;) {
    alternatives.push(parseSequence(reader, limits));
    const start = reader.at;
    if (peekOperator(reader) !== "OR") break;
    reader.at += 2;
    if (alternatives.at(-1)!.length === 0) {
      fault(start, reader.at, 'Write a term before OR, or put it in quotes to find it: "OR".');
    }
    reader.skipSpace();
    if (reader.isAtEnd || reader.peek() === ")") {
      fault(start, start + 2, "Write another term after OR.", reader.isAtEnd);
    }
  }
  if (alternatives.length === 1) return alternatives[0]!;
  const nodes = alternatives.map(joined);
  return [{ kind: "or", nodes, start: nodes[0]!.start, end: nodes.at(-1)!.end }];
}

/** What stands for several nodes that all have to match. */
function joined(nodes: Node[]): Node {
  if (nodes.length === 1) return nodes[0]!;
  return { kind: "and", nodes, start: nodes[0]!.start, end: nodes.at(-1)!.end };
}

/** Terms side by side, up to `OR`, `)` or the end. */
function parseSequence(reader: Reader, limits: Limits): Node[] {
  const nodes: Node[] = [];
  for (;;) {
    reader.skipSpace();
    if (reader.isAtEnd || reader.peek() === ")") return nodes;
    const operator = peekOperator(reader);
    if (operator === "OR") return nodes;
    if (operator === "AND") skipAnd(reader, nodes.length > 0);
    else nodes.push(parseNode(reader, limits));
  }
}

function skipAnd(reader: Reader, hasLeft: boolean): void {
  const start = reader.at;
  reader.at += 3;
  reader.skipSpace();
  const hasRight =
    !reader.isAtEnd && reader.peek() !== ")" && !/^(AND|OR)$/.test(peekOperator(reader) ?? "");
  if (hasLeft && hasRight) return;
  const isMissing = hasLeft && reader.isAtEnd;
  fault(
    start,
    start + 3,
    'Write a term on each side of AND, or put it in quotes: "AND".',
    isMissing,
  );
}

function parseNode(reader: Reader, limits: Limits): Node {
  const start = reader.at;
  const isNot = peekOperator(reader) === "NOT";
  if (isNot) {
    reader.at += 3;
    reader.skipSpace();
  }
  if (!isNot && !reader.take("-")) return parseOne(reader, limits);
  const next = reader.peek();
  const isMissing = next === undefined || isSpace(next) || next === ")";
  if (isMissing || (!isNot && next === "-") || (isNot && peekOperator(reader))) {
    const sign = isNot ? "NOT" : "the minus";
    if (!isMissing) reader.word();
    const message = `Write what to exclude right after ${sign}, like -method:GET. To find it as text, use quotes.`;
    fault(start, Math.max(reader.at, start + 1), message, reader.isAtEnd && isMissing);
  }
  const node = deeper(limits, start, reader, () => (isNot ? parseNode : parseOne)(reader, limits));
  return { kind: "not", node, start, end: node.end };
}

function parseOne(reader: Reader, limits: Limits): Node {
  const start = reader.at;
  if (reader.take("(")) {
    const nodes = deeper(limits, start, reader, () => parseAlternatives(reader, limits));
    if (!reader.take(")")) fault(start, start + 1, "This ( is not closed: add a ).", true);
    if (nodes.length === 0) {
      fault(start, reader.at, 'Write something between the parentheses, or use quotes: "()".');
    }
    return { ...joined(nodes), start, end: reader.at };
  }
  limits.terms += 1;
  const term = parseTerm(reader);
  if (limits.terms > QUERY_MAX_TERMS) {
    fault(term.start, term.end, `A query has at most ${QUERY_MAX_TERMS} terms: remove some.`);
  }
  return term;
}

function deeper<T>(limits: Limits, start: number, reader: Reader, parse: () => T): T {
  limits.depth += 1;
  if (limits.depth > QUERY_MAX_DEPTH) {
    fault(start, reader.at, `Groups can be ${QUERY_MAX_DEPTH} deep at most: nest them less.`);
  }
  const parsed = parse();
  limits.depth -= 1;
  return parsed;
}
