const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function pad(value: number, length = 2): string {
  return String(value).padStart(length, "0");
}

/** HH:MM:SS in the given zone's terms: `utc` where the reader's zone is not known yet. */
export function formatClock(iso: string, utc: boolean): string {
  const at = new Date(iso);
  return utc
    ? iso.slice(11, 19)
    : `${pad(at.getHours())}:${pad(at.getMinutes())}:${pad(at.getSeconds())}`;
}

/** 2026-03-01 14:02:11.042 +01:00, so that it can be compared with any log. */
export function formatExact(iso: string, utc: boolean): string {
  const at = new Date(iso);
  if (utc) return `${iso.slice(0, 10)} ${iso.slice(11, 23)} UTC`;
  const offset = -at.getTimezoneOffset();
  const zone = `${offset < 0 ? "-" : "+"}${pad(Math.floor(Math.abs(offset) / 60))}:${pad(Math.abs(offset) % 60)}`;
  const date = `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  return `${date} ${formatClock(iso, false)}.${pad(at.getMilliseconds(), 3)} ${zone}`;
}

/** now, 20s, 5m, 3h, 12d: `ms` may be negative when clocks differ. */
export function formatAge(ms: number): string {
  if (ms < 10 * SECOND) return "now";
  if (ms < MINUTE) return `${Math.floor(ms / (10 * SECOND)) * 10}s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)}m`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)}h`;
  return `${Math.floor(ms / DAY)}d`;
}

/** "in 12 days", "in 5 hours", "in less than an hour", "any moment now". */
export function formatUntil(ms: number): string {
  if (ms <= 0) return "any moment now";
  if (ms < HOUR) return "in less than an hour";
  if (ms < 2 * DAY) return `in ${Math.round(ms / HOUR)} hours`;
  return `in ${Math.round(ms / DAY)} days`;
}
