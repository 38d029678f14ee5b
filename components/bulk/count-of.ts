import type { BulkScope } from "#components/bulk/bulk-resends.ts";
import { formatCount } from "#components/ui/format-count.ts";

/** How many captures a scope has, and in words; null while that is not known. */
export function countOf(scope: BulkScope): { count: number | null; what: string } {
  if ("ids" in scope) {
    return { count: scope.ids.length, what: formatCount(scope.ids.length, "capture") };
  }
  if ("q" in scope) {
    const found = formatCount(scope.found, "capture");
    return scope.isMore
      ? { count: null, what: "all captures that match" }
      : { count: scope.found, what: found };
  }
  const { other, failed } = scope.unsuccessfulOf;
  return { count: other + failed, what: formatCount(other + failed, "capture") };
}
