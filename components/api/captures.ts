import { requestJson } from "#components/api/request.ts";
import type {
  Capture,
  CapturePage,
  StarredCaptures,
  UpdateCapture,
} from "#lib/contract/capture.ts";
import type { CaptureCount } from "#lib/contract/capture-scope.ts";
import type { DeleteCaptures, Deletion, Restoration } from "#lib/contract/deletion.ts";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "#lib/contract/limits.ts";

type PageCursor = { before?: number; signal?: AbortSignal };

/** Newest first. */
export function getCaptures(binId: string, { before, signal }: PageCursor): Promise<CapturePage> {
  const cursor = before === undefined ? "" : `&before=${before}`;
  return requestJson(`/bins/${binId}/captures?limit=${PAGE_SIZE_DEFAULT}${cursor}`, { signal });
}

/** Oldest first, from the one after `after` on. */
export function getCapturesAfter(
  binId: string,
  after: number,
  signal?: AbortSignal,
): Promise<CapturePage> {
  return requestJson(`/bins/${binId}/captures?limit=${PAGE_SIZE_MAX}&after=${after}`, { signal });
}

/** Of the same bin, method and path, newest first. */
export function getAlikeCaptures(
  id: string,
  { before, limit, signal }: PageCursor & { limit: number },
): Promise<CapturePage> {
  const cursor = before === undefined ? "" : `&before=${before}`;
  return requestJson(`/captures/${id}/alike?limit=${limit}${cursor}`, { signal });
}

/** Those that match `q`, newest first, or oldest first with `after`. */
export function findCaptures(
  binId: string,
  q: string,
  cursor: { before: number } | { after: number } | null,
  signal?: AbortSignal,
): Promise<CapturePage> {
  const limit = cursor && "after" in cursor ? PAGE_SIZE_MAX : PAGE_SIZE_DEFAULT;
  const parameters = new URLSearchParams({ q, limit: String(limit) });
  for (const [name, seq] of Object.entries(cursor ?? {})) parameters.set(name, String(seq));
  return requestJson(`/bins/${binId}/captures?${parameters}`, { signal });
}

/** How many match, or with null all there are, up to a number; with `next` there are more to count. */
export function countCaptures(
  binId: string,
  { q, upTo, asOf }: { q: string | null; upTo: number; asOf: string | null },
  signal?: AbortSignal,
): Promise<CaptureCount> {
  const parameters = new URLSearchParams({ upTo: String(upTo) });
  if (q !== null) parameters.set("q", q);
  if (asOf !== null) parameters.set("asOf", asOf);
  return requestJson(`/bins/${binId}/captures/count?${parameters}`, { signal });
}

export function getCapture(id: string, signal?: AbortSignal): Promise<Capture> {
  return requestJson(`/captures/${encodeURIComponent(id)}`, { signal });
}

export function updateCapture(id: string, input: UpdateCapture): Promise<Capture> {
  return requestJson(`/captures/${encodeURIComponent(id)}`, { method: "PATCH", body: input });
}

export function starCaptures(
  binId: string,
  ids: readonly string[],
  starred: boolean,
): Promise<StarredCaptures> {
  return requestJson(`/bins/${binId}/captures`, { method: "PATCH", body: { ids, starred } });
}

/** In a way that `restoreCaptures` can undo. */
export function deleteCaptures(binId: string, input: DeleteCaptures): Promise<Deletion> {
  return requestJson(`/bins/${binId}/captures/delete`, { method: "POST", body: input });
}

export function restoreCaptures(binId: string, undo: string): Promise<Restoration> {
  return requestJson(`/bins/${binId}/captures/restore`, { method: "POST", body: { undo } });
}

/** The exact bytes: of the body, or with `http` of the whole request. */
export type BytesKind = "body" | "http";

export function bytesUrl(id: string, kind: BytesKind): string {
  return `/api/v1/captures/${id}/${kind}`;
}
