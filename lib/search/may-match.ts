import type { Summary } from "../contract/capture.ts";
import { matches } from "./matches.ts";
import type { Node, Term } from "./query.ts";

/** False when a summary alone, without headers and body, already says that its capture does not match. */
export function mayMatch(query: Node, summary: Summary, now: number): boolean {
  return bound(query, summary, now, true);
}

/** With `unknown` for every term that headers or a body decide. */
function bound(node: Node, summary: Summary, now: number, unknown: boolean): boolean {
  switch (node.kind) {
    case "and":
      return node.nodes.every((child) => bound(child, summary, now, unknown));
    case "or":
      return node.nodes.some((child) => bound(child, summary, now, unknown));
    case "not":
      return !bound(node.node, summary, now, !unknown);
    default:
      return isDecided(node) ? matches(node, toRecord(summary), now) : unknown;
  }
}

function isDecided(term: Term): boolean {
  if (term.kind === "field") return term.field !== "body";
  return term.kind !== "text" && term.kind !== "header" && term.kind !== "json";
}

const toRecord = (summary: Summary) => ({
  ...summary,
  receivedAt: new Date(summary.receivedAt),
  headers: [],
  body: new Uint8Array(0),
});

/** Whether what is in a body can decide. */
export function readsBodies(node: Node): boolean {
  switch (node.kind) {
    case "and":
    case "or":
      return node.nodes.some(readsBodies);
    case "not":
      return readsBodies(node.node);
    case "field":
      return node.field === "body";
    default:
      return node.kind === "text" || node.kind === "json";
  }
}

/** Whether a capture's note or star can decide. */
export function dependsOnOwner(node: Node): boolean {
  switch (node.kind) {
    case "and":
    case "or":
      return node.nodes.some(dependsOnOwner);
    case "not":
      return dependsOnOwner(node.node);
    case "field":
      return node.field === "note";
    case "is":
      return node.mark === "starred";
    default:
      return node.kind === "text";
  }
}
