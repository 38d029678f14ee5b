const DAY = 24 * 60 * 60 * 1000;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** How fine a moment is told: what the buckets' length can tell apart. */
function clock(at: Date, stepMs: number): string {
  const pad = (value: number, length = 2) => String(value).padStart(length, "0");
  const minutes = `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  if (stepMs >= 60_000) return minutes;
  const seconds = `${minutes}:${pad(at.getSeconds())}`;
  return stepMs >= 1_000 ? seconds : `${seconds}.${pad(at.getMilliseconds(), 3)}`;
}

function day(at: Date, now: Date): string {
  const year = at.getFullYear() === now.getFullYear() ? "" : ` ${at.getFullYear()}`;
  return `${at.getDate()} ${MONTHS[at.getMonth()]}${year}`;
}

/** A moment in the reader's zone, as the list shows it; with its day where that is not today's. */
export function formatMoment(ms: number, stepMs: number, now: number): string {
  const [at, today] = [new Date(ms), new Date(now)];
  if (stepMs >= DAY) return day(at, today);
  const isToday = at.toDateString() === today.toDateString();
  return isToday ? clock(at, stepMs) : `${day(at, today)} ${clock(at, stepMs)}`;
}

/** "14:02:10 – 14:02:15"; the day once where both are of the same one. */
export function formatSpan(from: number, to: number, stepMs: number, now: number): string {
  const sameDay = new Date(from).toDateString() === new Date(to).toDateString();
  const end = sameDay ? clock(new Date(to), stepMs) : formatMoment(to, stepMs, now);
  return `${formatMoment(from, stepMs, now)} – ${end}`;
}
