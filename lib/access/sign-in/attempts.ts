import type { ServerResponse } from "node:http";
import type { ShowPage } from "./way.ts";

/** Too many tries; `headers` are names and values in turn. */
export type TooMany = { retryAfterSeconds: number; headers: readonly string[] };

/** Counts one try from an address. It may take its time: that slows guessing down. */
export type TakeAttempt = (address: string | null) => Promise<TooMany | null>;

export function showTooMany(
  res: ServerResponse,
  { retryAfterSeconds, headers }: TooMany,
  next: string,
  showPage: ShowPage,
): void {
  res.setHeader("Retry-After", String(retryAfterSeconds));
  for (let i = 0; i + 1 < headers.length; i += 2) res.setHeader(headers[i]!, headers[i + 1]!);
  showPage({ next, fault: "rate_limited", retryAfterSeconds }, 429);
}
