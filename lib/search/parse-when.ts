import { fault } from "./fault.ts";
import type { When } from "./query.ts";

export const UNIT_MS = {
  w: 7 * 86_400_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
} as const;

const AGO = /^(\d{1,5})([smhdw])$/i;
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/** ISO 8601; without an offset it is UTC. */
function momentOf(text: string): number | null {
  const [, date, time = "00:00", seconds = ":00", zone = "Z"] = MOMENT.exec(text) ?? [];
  if (date === undefined) return null;
  const ms = Date.parse(`${date}T${time}${seconds}${zone.toUpperCase()}`);
  // Date.parse takes the 31st of any month for a day of the next one.
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(ms) || day.toISOString().slice(0, 10) !== date) return null;
  // What databases can hold, whatever the offset did.
  return ms >= Date.UTC(1000, 0, 1) && ms < Date.UTC(9999, 11, 31) ? ms : null;
}

/** `2026-11-21`, `2026-11-21T14:05Z`, `10m`, `2h`, `3d`. `start` is where the text begins. */
export function parseWhen(text: string, start: number): When {
  const [, count, unit] = AGO.exec(text) ?? [];
  if (count && unit) {
    return { agoMs: Number(count) * UNIT_MS[unit.toLowerCase() as keyof typeof UNIT_MS] };
  }
  const ms = momentOf(text);
  if (ms === null) {
    fault(
      start,
      start + text.length,
      "Write a time like 2026-11-21, 2026-11-21T14:05 (UTC), 2026-11-21T14:05+02:00, " +
        "or how long ago: 30s, 10m, 2h, 3d, 1w.",
    );
  }
  return { ms };
}
