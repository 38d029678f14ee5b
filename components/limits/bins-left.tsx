import { formatCount } from "#components/ui/format-count.ts";
import type { InstanceLimits } from "#lib/contract/instance-limits.ts";

/** Many more than anybody makes in a row. */
const FEW = 5;

/** How many bins may still be made, once they are few. */
export function BinsLeft({ bins }: { bins: InstanceLimits["bins"] }) {
  if (!bins || bins.remaining > Math.min(FEW, bins.limit - 1)) return null;
  const minutes = Math.ceil(bins.resetSeconds / 60);
  const what = bins.remaining === 0 ? "No more bins" : `${formatCount(bins.remaining, "more bin")}`;
  return (
    <p className="text-muted text-sm">
      {what} can be made from your address in the next {formatCount(minutes, "minute")}.
    </p>
  );
}
