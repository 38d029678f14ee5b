/**
 * RFC 9110 10.2.3: how many milliseconds a target asks to be left alone, as a number of seconds or
 * as a date. Null for what is neither; 0 for a date that has passed.
 */
export function parseRetryAfter(value: string, now: number): number | null {
  const text = value.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1_000, Number.MAX_SAFE_INTEGER);
  // All three of HTTP's date forms begin with the name of a day; Date takes much else.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return null;
  // asctime's form has no zone, and is in UTC (RFC 9110 5.6.7).
  const time = Date.parse(/\d{4}$/.test(text) ? `${text} GMT` : text);
  return Number.isNaN(time) ? null : Math.max(0, time - now);
}
