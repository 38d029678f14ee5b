import type { BulkScope } from "#components/bulk/bulk-resends.ts";
import { formatCount } from "#components/ui/format-count.ts";

/** How many captures a scope has, and in words; null while that is not known. */
export function countOf(scope: BulkScope): { count: number | null; what: string } {
  if ("ids" in scope) {
    return { count: scope.ids.length, what: formatCount(scope.ids.length, "capture") };
  }
  if ("found" in scope) {
    const { count, q } = scope.found;
    const all = q === null ? "all captures" : "all captures that match";
    return { count, what: count === null ? all : formatCount(count, "capture") };
  }
  const { other, failed } = scope.unsuccessfulOf;
  return { count: other + failed, what: formatCount(other + failed, "capture") };
}
