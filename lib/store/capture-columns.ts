import type { HeaderPair } from "../contract/reply.ts";

/** The pairs of a `headers` or `trailers` column: JSON of name, value, name, value … */
export function toPairs(column: string): HeaderPair[] {
  const flat = JSON.parse(column) as string[];
  return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i]!, flat[2 * i + 1]!]);
}
