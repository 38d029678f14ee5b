import type { Storage } from "#lib/contract/instance-limits.ts";

/** Full, or so that a person should know. */
export function isNearlyFull({ usedBytes, limitBytes, full }: Storage): boolean {
  return full !== null || (limitBytes !== null && usedBytes >= 0.9 * limitBytes);
}
