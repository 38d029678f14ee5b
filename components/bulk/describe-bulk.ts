import { formatCount } from "#components/ui/format-count.ts";
import type { BulkGaps, BulkResend } from "#lib/contract/bulk-resend.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** "12 seconds", "3 minutes", "2 hours", "4 days": as exact as a guess can be. */
export function formatDuration(ms: number): string {
  if (ms < 90 * SECOND) return formatCount(Math.max(1, Math.round(ms / SECOND)), "second");
  if (ms < 90 * MINUTE) return formatCount(Math.round(ms / MINUTE), "minute");
  if (ms < 36 * HOUR) return formatCount(Math.round(ms / HOUR), "hour");
  return formatCount(Math.round(ms / (24 * HOUR)), "day");
}

export type Plan = {
  /** "312 captures", as far as that is known. */
  what: string;
  count: number | null;
  url: string;
  gaps: BulkGaps;
  ratePerSecond: number;
  concurrency: number;
};

const GAPS: Record<BulkGaps, string> = {
  none: "",
  "1x": ", with the time between them as it was",
  "10x": ", with a tenth of the time between them",
};

/** What will happen, in one sentence or two. */
export function describePlan(plan: Plan): string {
  const { what, count, url, gaps, ratePerSecond, concurrency } = plan;
  const order =
    concurrency === 1
      ? "oldest first, each when the one before has ended"
      : `oldest first, up to ${concurrency} on their way at once`;
  const rate = `at most ${ratePerSecond.toLocaleString("en")} a second`;
  const least = count === null || count < 2 ? 0 : ((count - 1) * SECOND) / ratePerSecond;
  const time = least >= SECOND ? ` That takes ${formatDuration(least)} at least.` : "";
  return `${what} to ${url}, ${order}, ${rate}${GAPS[gaps]}.${time}`;
}

/** How those that have ended did: "300 answered with 2xx, 2 failed". */
export function describeCounts({ succeeded, other, failed, skipped }: BulkResend): string {
  const parts = [
    [succeeded, "answered with 2xx"],
    [other, "answered with another status"],
    [failed, "failed"],
    [skipped, "deleted before their turn"],
  ] as const;
  return parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count.toLocaleString("en")} ${what}`)
    .join(", ");
}

/** For those who hear the page: changes with the state and each quarter of the way. */
export function announce(bulk: BulkResend): string {
  const { state, total, sent, skipped } = bulk;
  const all = formatCount(total, "capture");
  const quarter = Math.floor((4 * (sent + skipped)) / total) * 25;
  if (state === "done") return `Resending ended: ${describeCounts(bulk)}.`;
  if (state === "cancelled") return "Resending was cancelled.";
  if (state === "paused") return "Resending is paused.";
  return quarter === 0 ? `Resending ${all}.` : `Resending ${all}: ${quarter}%.`;
}
