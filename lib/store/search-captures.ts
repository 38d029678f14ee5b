import type { CaptureProblem } from "../contract/capture.ts";
import { type TimelineKind, timelineKind } from "../contract/timeline-kind.ts";
import { type Matcher, matcher, type SearchRecord } from "../search/matches.ts";
import type { Node, Query } from "../search/query.ts";
import { toPairs } from "./capture-columns.ts";
import type { Database } from "./database-url.ts";
import type { SummaryRecord } from "./records.ts";
import { type SearchSql, searchSql } from "./search-sql.ts";

/** The rows of a parameterised statement, each an array in the order of its columns. */
export type RunStatement = (sql: string, args: unknown[]) => Promise<unknown[][]>;

export type CaptureSearch = {
  binId: string;
  query: Query;
  limit: number;
  before?: number;
  after?: number;
  /** Nothing below this is looked at. */
  first?: number;
  /** In milliseconds: what `after:10m` counts from. */
  now: number;
  /** No new step is begun after this; what is found until then is the answer. */
  budgetMs: number;
};

export type FoundCaptures = {
  captures: SummaryRecord[];
  hasMore: boolean;
  /** With `hasMore`: the `seq` up to which the bin was searched, to go on from. */
  next: number | null;
};

/** A match, without what a list shows of it. */
export type CapturePoint = { seq: number; at: number; kind: TimelineKind };

export type FoundPoints = { points: CapturePoint[]; next: number | null };

/** Numbers of one step. Small first: most pages are full after few captures. */
const FIRST_STEP_SEQS = 500;
const STEP_SEQS = 4_000;
/** Bodies of one step, so that no statement takes long: a larger one is a step of its own. */
const STEP_BYTES = 8 * 1024 * 1024;
/** Captures of one statement whose headers or bodies are looked at here. */
const FIRST_LOOK = 100;
const LOOK_MAX = 2_000;

const SUMMARY_COLUMNS = [
  "id",
  "binId",
  "seq",
  "receivedAt",
  "method",
  "path",
  "query",
  "contentType",
  "bodySize",
  "truncated",
  "problem",
  "remoteIp",
  "note",
  "starred",
] as const satisfies readonly (keyof SummaryRecord)[];

type Column = keyof SearchRecord;

/** What the matcher looks at. */
function columnsOf(node: Node): Column[] {
  switch (node.kind) {
    case "and":
    case "or":
      return node.nodes.flatMap(columnsOf);
    case "not":
      return columnsOf(node.node);
    case "text":
      return ["id", "path", "query", "note", "headers", "body"];
    case "method":
      return ["method"];
    case "field":
      return [node.field === "type" ? "contentType" : node.field];
    case "ip":
      return ["remoteIp"];
    case "header":
      return ["headers"];
    case "json":
      return ["body"];
    case "size":
      return ["bodySize"];
    case "time":
      return ["receivedAt"];
    case "is":
      if (node.mark === "starred" || node.mark === "truncated") return [node.mark];
      return ["problem"];
  }
}

/** The parts of a query that the database cannot decide by itself. */
function undecided(query: Query, sql: SearchSql): Query {
  const nodes = query.nodes.filter((node) => !sql.condition(node).exact);
  return { ...query, nodes };
}

type Read = (value: unknown) => unknown;

const READ: Partial<Record<string, Read>> = {
  receivedAt: (value) => new Date(value as string),
  truncated: Boolean,
  starred: Boolean,
  headers: (value) => toPairs(value as string),
};

function toRecord(columns: readonly string[], values: unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((column, i) => [column, READ[column]?.(values[i]) ?? values[i]]),
  );
}

/** Numbers between the two, both excluded. */
type Range = { above: number; below: number };

/**
 * The captures of a bin that match, newest first, or oldest first with `after`. The database sorts
 * out what it can; what it lets through is looked at here, with the matcher that defines the
 * language, so the answer is the same on every database. Goes through the bin in steps that are
 * bounded in captures and bytes.
 */
export async function searchCaptures(
  provider: Database["provider"],
  run: RunStatement,
  search: CaptureSearch,
): Promise<FoundCaptures> {
  const { rows, next } = await findRows(provider, run, search, ["seq"]);
  const seqs = rows.map(([seq]) => Number(seq));
  const captures = await summariesOf(provider, run, search, seqs);
  return { captures, hasMore: next !== null, next };
}

/** Which captures match, when they came and what they count as: for what acts on or counts all. */
export async function searchPoints(
  provider: Database["provider"],
  run: RunStatement,
  search: CaptureSearch,
): Promise<FoundPoints> {
  const columns = ["seq", "receivedAt", "method", "problem"];
  const { rows, next } = await findRows(provider, run, search, columns);
  const points = rows.map(([seq, receivedAt, method, problem]) => ({
    seq: Number(seq),
    at: new Date(receivedAt as string).getTime(),
    kind: timelineKind({ method: method as string, problem: problem as CaptureProblem | null }),
  }));
  return { points, next };
}

type FoundRows = { rows: unknown[][]; next: number | null };

/** Of each match the columns that are wanted, `seq` the first of them. */
async function findRows(
  provider: Database["provider"],
  run: RunStatement,
  search: CaptureSearch,
  wanted: readonly string[],
): Promise<FoundRows> {
  const { binId, query, limit, now } = search;
  const clearedSeq = await findClearedSeq(provider, run, binId);
  if (clearedSeq === null) return { rows: [], next: null };

  const isAscending = search.after !== undefined;
  const end = performance.now() + search.budgetMs;
  const rest = undecided(query, searchSql(provider, now));
  const isMatch = rest.nodes.length === 0 ? null : matcher(rest, now);
  const columns = [...new Set([...wanted, ...columnsOf(rest)])];
  const readsBodies = columnsOf(query).includes("body");
  const found: unknown[][] = [];
  let look = FIRST_LOOK;

  for await (const step of planSteps(provider, run, search, clearedSeq, readsBodies)) {
    let range: Range | null = step;
    while (range) {
      const missing = limit + 1 - found.length;
      const count = isMatch ? Math.max(Math.min(missing, LOOK_MAX), look) : missing;
      const rows: unknown[][] = await readRows(provider, run, search, range, columns, count);
      take(rows, columns, wanted.length, isMatch, found, limit + 1);
      if (found.length > limit) {
        return { rows: found.slice(0, limit), next: Number(found[limit - 1]![0]) };
      }
      look = Math.min(look * 4, LOOK_MAX);
      const last = Number(rows.at(-1)?.[0]);
      range = rows.length === count ? restOf(range, last, isAscending) : null;
      if (range && performance.now() > end) return { rows: found, next: last };
    }
    if (step.hasMore && performance.now() > end) {
      return { rows: found, next: isAscending ? step.below - 1 : step.above + 1 };
    }
  }
  return { rows: found, next: null };
}

function take(
  rows: unknown[][],
  columns: readonly string[],
  kept: number,
  isMatch: Matcher | null,
  found: unknown[][],
  max: number,
): void {
  for (const row of rows) {
    if (found.length >= max) return;
    // Only what the matcher looks at is there, and of that nothing large is kept.
    if (isMatch && !isMatch(toRecord(columns, row) as SearchRecord)) continue;
    found.push(row.slice(0, kept));
  }
}

/** In the order of the numbers given; one that was deleted meanwhile is left out. */
async function summariesOf(
  provider: Database["provider"],
  run: RunStatement,
  { binId }: CaptureSearch,
  seqs: readonly number[],
): Promise<SummaryRecord[]> {
  if (seqs.length === 0) return [];
  const { bind, args } = searchSql(provider, 0);
  const sql = `SELECT ${list(SUMMARY_COLUMNS)} FROM "Capture"
    WHERE "binId" = ${bind(binId)} AND "seq" IN (${seqs.map(bind).join(", ")})`;
  const rows = await run(sql, args);
  const records = rows.map((row) => toRecord(SUMMARY_COLUMNS, row) as SummaryRecord);
  const bySeq = new Map(records.map((record) => [record.seq, record]));
  return seqs.flatMap((seq) => bySeq.get(seq) ?? []);
}

const list = (columns: readonly string[]) => columns.map((column) => `"${column}"`).join(", ");

function restOf(range: Range, last: number, isAscending: boolean): Range {
  return isAscending ? { ...range, above: last } : { ...range, below: last };
}

async function findClearedSeq(
  provider: Database["provider"],
  run: RunStatement,
  binId: string,
): Promise<number | null> {
  const { bind, args } = searchSql(provider, 0);
  const sql = `SELECT "clearedSeq" FROM "Bin" WHERE "id" = ${bind(binId)} AND "deletedAt" IS NULL`;
  const [row] = await run(sql, args);
  return row ? Number(row[0]) : null;
}

type Step = Range & { hasMore: boolean };

/** Cuts what is to be searched into steps, in the order in which captures are wanted. */
async function* planSteps(
  provider: Database["provider"],
  run: RunStatement,
  { binId, before, after, first = 1 }: CaptureSearch,
  clearedSeq: number,
  readsBodies: boolean,
): AsyncGenerator<Step> {
  const isAscending = after !== undefined;
  let range: Range = {
    above: Math.max(after ?? 0, first - 1, clearedSeq),
    below: Math.min(before ?? 0x7fff_ffff, 0x7fff_ffff),
  };
  for (let seqs = FIRST_STEP_SEQS; ; seqs = STEP_SEQS) {
    const { bind, args } = searchSql(provider, 0);
    const sql = `SELECT "seq", ${readsBodies ? '"bodySize"' : "0"} FROM "Capture"
      WHERE "binId" = ${bind(binId)} AND "seq" > ${bind(range.above)} AND "seq" < ${bind(range.below)}
      ORDER BY "seq" ${isAscending ? "ASC" : "DESC"} LIMIT ${seqs}`;
    const sizes = await run(sql, args);
    for (const { count, last } of cutByBytes(sizes)) {
      const hasMore = count < sizes.length || sizes.length === seqs;
      const rest = restOf(range, last, isAscending);
      // Up to and with the last one.
      const step = isAscending ? { ...range, below: last + 1 } : { ...range, above: last - 1 };
      yield { ...step, hasMore };
      range = rest;
    }
    if (sizes.length < seqs) return;
  }
}

/** Where each step ends: after how many rows, and at which number. */
function cutByBytes(rows: unknown[][]): { count: number; last: number }[] {
  const cuts: { count: number; last: number }[] = [];
  let bytes = 0;
  for (const [index, [seq, size]] of rows.entries()) {
    const next = Number(rows[index + 1]?.[1] ?? 0);
    bytes += Number(size);
    if (index < rows.length - 1 && bytes + next <= STEP_BYTES) continue;
    cuts.push({ count: index + 1, last: Number(seq) });
    bytes = 0;
  }
  return cuts;
}

async function readRows(
  provider: Database["provider"],
  run: RunStatement,
  { binId, query, now, after }: CaptureSearch,
  range: Range,
  columns: readonly string[],
  limit: number,
): Promise<unknown[][]> {
  const { bind, args, condition } = searchSql(provider, now);
  const sql = `SELECT ${list(columns)} FROM "Capture"
    WHERE "binId" = ${bind(binId)} AND "seq" > ${bind(range.above)} AND "seq" < ${bind(range.below)}
      AND ${condition(query).sql}
    ORDER BY "seq" ${after === undefined ? "DESC" : "ASC"} LIMIT ${limit}`;
  return run(sql, args);
}
