import { parseQuery } from "./parse.ts";
import { printWhen } from "./print.ts";
import type { Node, Query, Term } from "./query.ts";

/** From `from` on, and before `to`; null where the query leaves that side open. */
export type TimeSpan = { from: Date | null; to: Date | null };

/** Terms that every match has to satisfy: not those of an alternative or an exclusion. */
function isRequired(node: Node): node is Term {
  return node.kind !== "and" && node.kind !== "or" && node.kind !== "not";
}

/**
 * The text with the required terms that `isReplaced` names taken out, and `added` at its end, each
 * a term as one would type it. The rest stays as it was typed. A text that cannot be read is kept
 * whole.
 */
export function replaceTerms(
  text: string,
  isReplaced: (term: Term) => boolean,
  added: readonly string[],
): string {
  const parsed = parseQuery(text);
  const kept = parsed.ok ? withoutTerms(text, parsed.query, isReplaced) : text.trim();
  // Side by side with another term, OR would take in only its neighbours.
  const rest = parsed.ok && added.length > 0 && isBareOr(parsed.query) ? `(${kept})` : kept;
  return [rest, ...added].filter((part) => part !== "").join(" ");
}

function isBareOr({ nodes }: Query): boolean {
  const [only] = nodes;
  // The span of one in parentheses includes them.
  return nodes.length === 1 && only!.kind === "or" && only!.nodes[0]!.start === only!.start;
}

function withoutTerms(text: string, query: Query, isReplaced: (term: Term) => boolean): string {
  let rest = text;
  for (const node of query.nodes.toReversed()) {
    if (!isRequired(node) || !isReplaced(node)) continue;
    // AND needs a term on each side.
    const before = rest
      .slice(0, node.start)
      .replace(/(^|\s)AND\s*$/, "")
      .trimEnd();
    const after = rest.slice(node.end).trimStart();
    const behind = before === "" ? after.replace(/^AND(?=[\s(])\s*/, "") : after;
    rest = `${before}${before === "" || behind === "" ? "" : " "}${behind}`;
  }
  return rest.trim();
}

/** The query narrowed to a span of time, in place of the one it had; null opens a side. */
export function setTimeSpan(text: string, from: Date | null, to: Date | null): string {
  const added = [
    ...(from ? [`after:${printWhen({ ms: from.getTime() })}`] : []),
    ...(to ? [`before:${printWhen({ ms: to.getTime() })}`] : []),
  ];
  return replaceTerms(text, (term) => term.kind === "time", added);
}

/** The span that the query's required terms leave; both null where it has none. */
export function timeSpanOf(query: Query, now: number): TimeSpan {
  let from = Number.NEGATIVE_INFINITY;
  let to = Number.POSITIVE_INFINITY;
  for (const node of query.nodes) {
    if (node.kind !== "time") continue;
    const ms = "ms" in node.when ? node.when.ms : now - node.when.agoMs;
    if (node.relation === "after") from = Math.max(from, ms);
    else to = Math.min(to, ms);
  }
  const toDate = (ms: number) => (Number.isFinite(ms) ? new Date(ms) : null);
  return { from: toDate(from), to: toDate(to) };
}
