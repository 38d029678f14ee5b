import type { CaptureScope } from "#lib/contract/capture-scope.ts";

/**
 * All captures that a search finds, or with null all of the bin, loaded or not, up to a number: what
 * comes later is not meant.
 */
export type Found = {
  q: string | null;
  upTo: number;
  /** How many; null while that is not known. */
  count: number | null;
};

export function scopeOf({ q, upTo }: Found): CaptureScope {
  return q === null ? { all: true, upTo } : { q, upTo };
}
