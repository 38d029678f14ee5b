/** The search language's syntax tree: plain data, which can cross to another thread. */

/** Where in the query's text, in UTF-16 units, the end exclusive. */
export type Span = { start: number; end: number };

/** How a text is compared; capital and small letters A–Z are the same in all of them. */
export type TextOperator = "contains" | "is";

export const TEXT_FIELDS = ["path", "query", "body", "type", "note"] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

export const MARKS = [
  "starred",
  "problem",
  "truncated",
  "aborted",
  "timeout",
  "malformed",
  "upgrade",
  "connect",
] as const;
export type Mark = (typeof MARKS)[number];

/** A name, an index, or any element or member. */
export type JsonStep = string | number | { any: true };

export type JsonOperator = "exists" | "=" | "~" | ">" | ">=" | "<" | "<=";

/** A moment, or so many milliseconds before the query is evaluated. */
export type When = { ms: number } | { agoMs: number };

export type Term = Span &
  (
    | { kind: "text"; text: string }
    | { kind: "method"; methods: string[] }
    /** `texts`: any of them. More than one only with `type`. */
    | { kind: "field"; field: TextField; operator: TextOperator; texts: string[] }
    | { kind: "ip"; addresses: string[] }
    | { kind: "header"; name: string; operator: TextOperator | "exists"; value: string }
    | { kind: "json"; path: JsonStep[]; operator: JsonOperator; value: string }
    /** Bytes of body, both inclusive. */
    | { kind: "size"; min: number | null; max: number | null }
    /** `after` includes the moment, `before` does not, so that spans fit together. */
    | { kind: "time"; relation: "after" | "before"; when: When }
    | { kind: "is"; mark: Mark }
  );

export type Node =
  | Term
  | (Span & { kind: "not"; node: Node })
  | (Span & { kind: "and"; nodes: Node[] })
  | (Span & { kind: "or"; nodes: Node[] });

/** All of the nodes have to match; without any, everything does. */
export type Query = Span & { kind: "and"; nodes: Node[] };

/** What is wrong, where, and what to do about it. */
export type QueryError = Span & {
  message: string;
  /** The text is right so far: something is missing at its end. */
  incomplete: boolean;
};

export type ParsedQuery = { ok: true; query: Query } | { ok: false; error: QueryError };

/** Longer queries are refused. */
export const QUERY_MAX_LENGTH = 1_000;
/** Terms of one query, and how deep its groups may be nested. */
export const QUERY_MAX_TERMS = 50;
export const QUERY_MAX_DEPTH = 20;
