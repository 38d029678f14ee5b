import type { Visitor } from "./access/access.ts";
import { ownBin } from "./bins.ts";
import type { Capture, Summary } from "./contract/capture.ts";
import type { ChangedEvent, RemovedEvent } from "./contract/events.ts";
import { TEXT_MAX_BYTES } from "./contract/limits.ts";
import type { NewCapture } from "./contract/new-capture.ts";
import type { Timeline } from "./contract/timeline.ts";
import { notFound, type Thing } from "./errors.ts";
import { countFound, findPoints, momentOf } from "./found-points.ts";
import { readQuery } from "./read-query.ts";
import type { Captures } from "./runtime.ts";
import type { Query } from "./search/query.ts";
import { partsOf } from "./store/parts.ts";
import type { CaptureRecord, SummaryRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";
import { countPoints, type TimelineRange } from "./store/timeline.ts";

export type CapturesOptions = {
  store: Pick<
    Store,
    | "findBin"
    | "pageOfCaptures"
    | "alikeCaptures"
    | "timelineOf"
    | "timelineSpan"
    | "countCaptures"
    | "searchCaptures"
    | "searchPoints"
    | "findCapture"
    | "findBody"
    | "write"
  >;
  onRemoved(event: RemovedEvent): void;
  onChanged(event: ChangedEvent): void;
};

export function presentSummary(capture: SummaryRecord): Summary {
  return {
    id: capture.id,
    binId: capture.binId,
    seq: capture.seq,
    receivedAt: capture.receivedAt.toISOString(),
    method: capture.method,
    path: capture.path,
    query: capture.query,
    contentType: capture.contentType,
    bodySize: capture.bodySize,
    truncated: capture.truncated,
    problem: capture.problem,
    remoteIp: capture.remoteIp,
    note: capture.note,
    starred: capture.starred,
  };
}

/** The same for one that was stored this moment, without asking the database. */
export function summarize(capture: NewCapture, seq: number): Summary {
  return {
    id: capture.id,
    binId: capture.binId,
    seq,
    receivedAt: capture.receivedAt,
    method: capture.method,
    path: capture.path,
    query: capture.query,
    contentType: capture.contentType,
    bodySize: capture.body.byteLength,
    truncated: capture.truncated,
    problem: capture.problem,
    remoteIp: capture.remoteIp,
    note: null,
    starred: false,
  };
}

const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function decodeText(body: Uint8Array): string | null {
  try {
    return strictUtf8.decode(body);
  } catch {
    return null;
  }
}

export function presentCapture(record: CaptureRecord, text: string | null): Capture {
  const { target, httpVersion, headers, trailers } = record;
  const { declaredSize, problemDetail, tls, readMs } = record;
  const rest = { target, httpVersion, headers, trailers, declaredSize, problemDetail, tls, readMs };
  return { ...presentSummary(record), ...rest, text };
}

/** RFC 9112's form; Latin-1, as Node decoded it, gives back the bytes that came. */
export function toHttp(record: CaptureRecord, body: Uint8Array): Uint8Array {
  if (record.problem === "malformed" && record.headers.length === 0) return body;
  // HTTP/0.9's request line has no version.
  const version = record.httpVersion === "0.9" ? "" : ` HTTP/${record.httpVersion}`;
  const lines = [`${record.method} ${record.target}${version}`];
  for (const [name, value] of record.headers) lines.push(`${name}: ${value}`);
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), body]);
}

/** The visitor's own capture; throws `not_found`, the same as for one that does not exist. */
export async function ownCapture(
  store: Pick<Store, "findBin" | "findCapture">,
  visitor: Visitor | null,
  id: string,
  what: Thing = "capture",
): Promise<CaptureRecord> {
  const capture = visitor && (await store.findCapture(id));
  if (!capture) throw notFound(what);
  await ownBin(store, visitor, capture.binId, what);
  return capture;
}

/** A count that takes longer goes on with the next call. */
const COUNT = { budgetMs: 1_000 };
/** A timeline of a search that takes more is one of the newest captures. */
const TIMELINE = { budgetMs: 1_500, max: 100_000 };

export function createCaptures({ store, onRemoved, onChanged }: CapturesOptions): Captures {
  const own = (visitor: Visitor | null, id: string) => ownCapture(store, visitor, id);

  const bodyOf = async (id: string): Promise<Uint8Array> => {
    const body = await store.findBody(id);
    if (!body) throw notFound("capture");
    return body;
  };

  const present = async (record: CaptureRecord): Promise<Capture> => {
    const isShort = record.bodySize < TEXT_MAX_BYTES;
    return presentCapture(record, isShort ? decodeText(await bodyOf(record.id)) : null);
  };

  const timelineOfSearch = async (
    binId: string,
    range: TimelineRange,
    query: Query,
  ): Promise<Timeline> => {
    const { first, last, seq } = await store.timelineSpan(binId, range);
    const search = { binId, query, now: Date.now(), first, last };
    const { points, searchedFrom } = await findPoints(store, search, TIMELINE);
    return { ...countPoints(points, range), seq, sampled: false, searchedFrom };
  };

  return {
    async page(visitor, binId, query) {
      await ownBin(store, visitor, binId);
      const { q, ...cursor } = query;
      if (q === undefined) {
        const { captures, hasMore } = await store.pageOfCaptures(binId, cursor);
        return { captures: captures.map(presentSummary), hasMore };
      }
      const search = { ...cursor, binId, query: readQuery(q), now: Date.now() };
      const { captures, hasMore, next } = await store.searchCaptures(search);
      return { captures: captures.map(presentSummary), hasMore, ...(next !== null && { next }) };
    },
    async alike(visitor, id, query) {
      const { binId, method, path } = await own(visitor, id);
      const { captures, hasMore } = await store.alikeCaptures(binId, { method, path, ...query });
      return { captures: captures.map(presentSummary), hasMore };
    },
    async count(visitor, binId, { q, upTo: most, asOf }) {
      const { captureCount } = await ownBin(store, visitor, binId);
      const upTo = Math.min(most ?? captureCount, captureCount);
      const now = momentOf(asOf);
      if (q === undefined) {
        const count = await store.countCaptures(binId, upTo);
        return { count, upTo, asOf: new Date(now).toISOString(), next: null };
      }
      const search = { binId, query: readQuery(q), now, last: upTo };
      const counted = await countFound(store, search, COUNT);
      return { upTo, asOf: new Date(now).toISOString(), ...counted };
    },
    async timeline(visitor, binId, { from, to, buckets, q }) {
      await ownBin(store, visitor, binId);
      const range = {
        from: from === undefined ? undefined : new Date(from),
        to: to === undefined ? undefined : new Date(to),
        buckets,
      };
      return q === undefined
        ? store.timelineOf(binId, range)
        : timelineOfSearch(binId, range, readQuery(q));
    },
    async clear(visitor, binId) {
      await ownBin(store, visitor, binId);
      const upTo = await store.write("clearBin", binId);
      if (upTo === null) throw notFound("bin");
      onRemoved({ binId, all: true, upTo });
    },
    async get(visitor, id) {
      return present(await own(visitor, id));
    },
    async body(visitor, id) {
      const record = await own(visitor, id);
      return { capture: presentSummary(record), body: await bodyOf(id) };
    },
    async http(visitor, id) {
      const record = await own(visitor, id);
      return { capture: presentSummary(record), body: toHttp(record, await bodyOf(id)) };
    },
    async update(visitor, id, change) {
      const record = await own(visitor, id);
      await store.write("updateCapture", record.binId, id, change);
      onChanged({ binId: record.binId, captures: [{ id, ...change }] });
      return present({ ...record, ...change });
    },
    async star(visitor, binId, { ids, starred }) {
      await ownBin(store, visitor, binId);
      const changed: string[] = [];
      for (const part of partsOf(ids)) {
        const rows = await store.write("starCaptures", binId, part, starred);
        if (rows.length === 0) continue;
        onChanged({ binId, captures: rows.map(({ id }) => ({ id, starred })) });
        changed.push(...rows.map(({ id }) => id));
      }
      return { changed };
    },
    async delete(visitor, id) {
      const { binId } = await own(visitor, id);
      if (await store.write("deleteCapture", id)) onRemoved({ binId, ids: [id] });
    },
  };
}
