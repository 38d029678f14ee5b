import type { Summary } from "#lib/contract/capture.ts";
import type { RemovedEvent } from "#lib/contract/events.ts";

/** What a reader who stays for hours keeps on the page. */
const MAX = 500;

/** Newest first, each once. */
export function mergeShared(list: readonly Summary[], more: readonly Summary[]): Summary[] {
  const byId = new Map([...list, ...more].map((capture) => [capture.id, capture]));
  return [...byId.values()].sort((a, b) => b.seq - a.seq).slice(0, MAX);
}

export function withoutRemoved(
  list: readonly Summary[],
  { ids, all, upTo }: Omit<RemovedEvent, "binId">,
): Summary[] {
  const gone = new Set(ids);
  const limit = upTo ?? (all ? Number.POSITIVE_INFINITY : 0);
  return list.filter(({ id, seq }) => !gone.has(id) && seq > limit);
}
