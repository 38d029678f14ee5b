/** What the language knows: for completion, for messages and for the documentation. */
export type Field = {
  name: string;
  /** In few words, after the name. */
  hint: string;
  /** A whole term that makes sense. */
  example: string;
  /** Usual values, for completion. */
  values: readonly string[];
};

export const FIELDS: readonly Field[] = [
  {
    name: "method",
    hint: "request method",
    example: "method:POST",
    values: ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"],
  },
  { name: "path", hint: "part of the path", example: "path:/orders", values: [] },
  { name: "query", hint: "part of the query string", example: "query:page=2", values: [] },
  {
    name: "header",
    hint: "header by name and value",
    example: "header:content-type~json",
    values: [
      "content-type",
      "user-agent",
      "authorization",
      "x-github-event",
      "stripe-signature",
      "x-request-id",
    ],
  },
  { name: "body", hint: "part of the body, as it was sent", example: "body:invoice", values: [] },
  {
    name: "json",
    hint: "value in a JSON body",
    example: "json:$.action=opened",
    values: ["$."],
  },
  {
    name: "type",
    hint: "content type",
    example: "type:json",
    values: ["json", "form", "xml", "html", "text", "multipart", "image"],
  },
  { name: "ip", hint: "sender's address or network", example: "ip:192.0.2.0/24", values: [] },
  {
    name: "size",
    hint: "bytes of body",
    example: "size:>10k",
    values: ["0", ">1k", ">10k", ">1m", "<1k"],
  },
  {
    name: "after",
    hint: "arrived at or after",
    example: "after:10m",
    values: ["10m", "1h", "24h", "7d"],
  },
  {
    name: "before",
    hint: "arrived before",
    example: "before:2026-11-21",
    values: ["10m", "1h", "24h", "7d"],
  },
  {
    name: "is",
    hint: "starred, a problem, truncated …",
    example: "is:starred",
    values: [
      "starred",
      "problem",
      "truncated",
      "aborted",
      "timeout",
      "malformed",
      "upgrade",
      "connect",
    ],
  },
  { name: "note", hint: "part of your note", example: "note:retry", values: [] },
];

export function findField(name: string): Field | undefined {
  return FIELDS.find((field) => field.name === name);
}
