"use client";

import { formatAge, formatClock, formatExact, formatUntil } from "#components/ui/format-time.ts";
import { useHydrated } from "#components/ui/use-hydrated.ts";
import { useNow } from "#components/ui/use-now.ts";

type TimeProps = { iso: string; className?: string };

/** HH:MM:SS in the reader's zone. */
export function ClockTime({ iso, className }: TimeProps) {
  const utc = !useHydrated();
  return (
    <time dateTime={iso} title={formatExact(iso, utc)} className={className}>
      {formatClock(iso, utc)}
    </time>
  );
}

/** Date, time with milliseconds, and zone. */
export function ExactTime({ iso, className }: TimeProps) {
  const utc = !useHydrated();
  return (
    <time dateTime={iso} className={className}>
      {formatExact(iso, utc)}
    </time>
  );
}

/** How long ago, coarse; with `ago` as part of a sentence. */
export function Age({ iso, ago = false, className }: TimeProps & { ago?: boolean }) {
  const now = useNow();
  const age = now === null ? "" : formatAge(now - Date.parse(iso));
  return (
    <time dateTime={iso} title={formatExact(iso, now === null)} className={className}>
      {ago && age !== "" && age !== "now" ? `${age} ago` : age}
    </time>
  );
}

/** How long until. */
export function Until({ iso, className }: TimeProps) {
  const now = useNow();
  return (
    <time dateTime={iso} title={formatExact(iso, now === null)} className={className}>
      {now === null ? `on ${iso.slice(0, 10)}` : formatUntil(Date.parse(iso) - now)}
    </time>
  );
}
