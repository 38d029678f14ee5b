import type { Visitor } from "./access/access.ts";
import { presentCapture } from "./captures.ts";
import type { Bin } from "./contract/bin.ts";
import type { BinExportQuery, BinFormat, CaptureFormat } from "./contract/export.ts";
import { PAGE_SIZE_MAX } from "./contract/limits.ts";
import { isAppError, notFound } from "./errors.ts";
import { captureJson } from "./export/capture-json.ts";
import { type CaptureRequest, originOf } from "./export/capture-request.ts";
import { exportCapture } from "./export/export-capture.ts";
import { HAR_END, HAR_START, harEntry } from "./export/har.ts";
import { httpFileEntry } from "./export/http-file.ts";
import { limitsOf } from "./export/limits-of.ts";
import { momentOf } from "./found-points.ts";
import { readQuery } from "./read-query.ts";
import type { Exports } from "./runtime.ts";
import type { Store } from "./store/store.ts";

export type ExportsOptions = {
  store: Pick<Store, "pageOfCaptures" | "searchCaptures" | "findCapture" | "findBody">;
  getBin(visitor: Visitor | null, binId: string): Promise<Bin>;
};

export const EXTENSIONS: Record<CaptureFormat | BinFormat, string> = {
  curl: "sh",
  httpie: "sh",
  fetch: "js",
  node: "mjs",
  python: "py",
  "python-exact": "py",
  go: "go",
  php: "php",
  http: "http",
  har: "har",
  json: "json",
  ndjson: "ndjson",
};

/** How a file of many begins, what stands between two, and how it ends: one line for each capture. */
const FRAMES: Record<BinFormat, { start: string; between: string; end: string }> = {
  har: { start: `${HAR_START}\n`, between: ",\n", end: `\n${HAR_END}` },
  json: { start: '{"captures":[\n', between: ",\n", end: "\n]}\n" },
  ndjson: { start: "", between: "\n", end: "\n" },
  http: { start: "", between: "", end: "" },
};

function entryOf(request: CaptureRequest, format: BinFormat): string {
  if (format === "har") return JSON.stringify(harEntry(request));
  if (format === "http") return httpFileEntry(request, limitsOf(request, "http"));
  return captureJson(request);
}

export function createExports({ store, getBin }: ExportsOptions): Exports {
  /** Null for what is not there, not in the bin, or went away this moment. */
  const requestOf = async (bin: Bin, id: string): Promise<CaptureRequest | null> => {
    const capture = await store.findCapture(id);
    if (!capture || capture.binId !== bin.id) return null;
    const body = await store.findBody(id);
    const origin = originOf(capture.target, bin);
    return body && { capture: presentCapture(capture, null), body, origin };
  };

  /** Oldest first, up to the newest that was there at the start, so that it ends on a busy bin. */
  async function* idsOf(bin: Bin, { ids, q, upTo, asOf }: BinExportQuery): AsyncGenerator<string> {
    // Ids begin with the time of arrival.
    if (ids) return yield* [...new Set(ids)].sort();
    const query = q === undefined ? null : readQuery(q);
    const now = momentOf(asOf);
    const last = Math.min(upTo ?? bin.captureCount, bin.captureCount);
    for (let after = 0, hasMore = true; hasMore; ) {
      const cursor = { after, limit: PAGE_SIZE_MAX };
      const page = query
        ? await store.searchCaptures({ ...cursor, binId: bin.id, query, now })
        : { ...(await store.pageOfCaptures(bin.id, cursor)), next: null };
      for (const { id, seq } of page.captures) {
        if (seq > last) return;
        yield id;
      }
      hasMore = page.hasMore;
      after = page.next ?? page.captures.at(-1)?.seq ?? after;
    }
  }

  async function* fileOf(bin: Bin, query: BinExportQuery): AsyncGenerator<string> {
    const { start, between, end } = FRAMES[query.format];
    let isFirst = true;
    yield start;
    for await (const id of idsOf(bin, query)) {
      const request = await requestOf(bin, id);
      if (!request) continue;
      yield (isFirst ? "" : between) + entryOf(request, query.format);
      isFirst = false;
    }
    yield isFirst && query.format === "ndjson" ? "" : end;
  }

  return {
    async capture(visitor, id, format) {
      const found = visitor && (await store.findCapture(id));
      if (!found) throw notFound("capture");
      const bin = await getBin(visitor, found.binId).catch((error: unknown) => {
        throw isAppError(error) && error.code === "not_found" ? notFound("capture") : error;
      });
      const request = await requestOf(bin, id);
      if (!request) throw notFound("capture");
      const name = `capture-${found.seq}.${EXTENSIONS[format]}`;
      return { name, content: exportCapture(request, format) };
    },
    async bin(visitor, binId, query) {
      const bin = await getBin(visitor, binId);
      if (query.q !== undefined) readQuery(query.q);
      const name = `inlet-${bin.id}.${EXTENSIONS[query.format]}`;
      return { name, content: fileOf(bin, query) };
    },
  };
}
