import autocannon from "autocannon";
import type { Webhook } from "./webhook.ts";

export type LoadResult = {
  /** 2xx answers. */
  ok: number;
  notOk: number;
  /** 2xx answers a second. */
  rate: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
};

type LoadOptions = { port: number; webhook: Webhook; connections: number; seconds: number };

/** A closed loop: each connection sends the next request when the last one is answered. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { port, webhook, connections, seconds } = options;
  const result = await autocannon({
    headers: webhook.headers,
    body: webhook.body,
    url: `http://127.0.0.1:${port}${webhook.path}`,
    method: "POST",
    connections,
    duration: seconds,
  });
  return {
    ok: result["2xx"],
    notOk: result.non2xx + result.errors + result.timeouts,
    rate: result["2xx"] / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
  };
}

export function percentile(sorted: Float64Array, fraction: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * fraction))] ?? Number.NaN;
}

export function median(values: number[]): number {
  return percentile(Float64Array.from(values).sort(), 0.5);
}
