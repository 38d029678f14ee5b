import type { Summary } from "#lib/contract/capture.ts";
import type { SeenValues } from "#lib/search/complete.ts";

const LOOKED_AT = 500;
const KEPT = 6;

/** Values of the captures on screen, the commonest first, to complete a query with. */
export function seenValues(captures: readonly Summary[]): SeenValues {
  const some = captures.slice(0, LOOKED_AT);
  return {
    method: commonest(some.map(({ method }) => method)),
    path: commonest(some.map(({ path }) => path)),
    type: commonest(some.map(({ contentType }) => contentType?.split(";")[0]?.trim() ?? "")),
    ip: commonest(some.map(({ remoteIp }) => remoteIp ?? "")),
  };
}

function commonest(values: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([value]) => value !== "" && value.length <= 80)
    .sort((a, b) => b[1] - a[1])
    .slice(0, KEPT)
    .map(([value]) => value);
}
