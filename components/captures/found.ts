import type { CaptureScope } from "#lib/contract/capture-scope.ts";

/**
 * All captures that a search finds, or with null all of the bin, loaded or not, up to a number: what
 * comes later is not meant.
 */
export type Found = {
  q: string | null;
  upTo: number;
  /** How many, and at what time by the server; null while that is not known. */
  count: number | null;
  asOf: string | null;
};

export function scopeOf({ q, upTo, asOf }: Found): CaptureScope {
  if (q === null) return { all: true, upTo };
  return asOf === null ? { q, upTo } : { q, upTo, asOf };
}
