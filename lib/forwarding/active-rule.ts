import { parseQuery } from "../search/parse.ts";
import type { Query } from "../search/query.ts";
import type { ForwardJob } from "../store/forward-queue.ts";
import type { ForwardRuleRecord } from "../store/records.ts";

/** What this process knows of an enabled rule. */
export type ActiveRule = {
  record: ForwardRuleRecord;
  /** Null where everything goes on. */
  query: Query | null;
  /** Of the target: connections to it are counted together, whichever rules they are for. */
  host: string;
  /** Captures up to this were looked at. */
  cursor: number;
  /** Taken by this process, and about to be sent. */
  queue: ForwardJob[];
  /** In milliseconds since 1970: when there may be more to take; null when there is nothing. */
  dueAt: number | null;
};

export function activeRule(record: ForwardRuleRecord, dueAt: Date | null): ActiveRule {
  const parsed = record.query === null ? null : parseQuery(record.query);
  return {
    record,
    // It was checked when it was stored; what a later version cannot read matches nothing.
    query: parsed && (parsed.ok ? parsed.query : NOTHING),
    host: new URL(record.url).host,
    cursor: record.forwardedSeq,
    queue: [],
    dueAt: dueAt?.getTime() ?? null,
  };
}

const NOTHING: Query = {
  kind: "and",
  nodes: [{ kind: "or", nodes: [], start: 0, end: 0 }],
  start: 0,
  end: 0,
};
