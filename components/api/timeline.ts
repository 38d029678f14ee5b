import { requestJson } from "#components/api/request.ts";
import type { Timeline } from "#lib/contract/timeline.ts";

type TimelineOptions = {
  from?: Date;
  to?: Date;
  q?: string;
  buckets: number;
  signal?: AbortSignal;
};

export function getTimeline(binId: string, options: TimelineOptions): Promise<Timeline> {
  const { from, to, q, buckets, signal } = options;
  const query = new URLSearchParams({ buckets: String(buckets) });
  if (from) query.set("from", from.toISOString());
  if (to) query.set("to", to.toISOString());
  if (q) query.set("q", q);
  return requestJson(`/bins/${binId}/timeline?${query}`, { signal });
}
