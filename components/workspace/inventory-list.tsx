import { binLabel } from "#components/bins/bin-label.ts";
import { cn } from "#components/ui/cn.ts";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { formatCount } from "#components/ui/format-count.ts";
import type { Inventory } from "#lib/contract/workspace.ts";

/** All that goes when a workspace is deleted, by name. */
export function InventoryList({ inventory }: { inventory: Inventory }) {
  const { bins, tokenCount, browserCount } = inventory;
  const sum = (of: (bin: Inventory["bins"][number]) => number) =>
    bins.reduce((total, bin) => total + of(bin), 0);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      {bins.length > 0 && (
        <ul
          aria-label="Bins that go"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard
          tabIndex={0}
          className="ring-inset-focus max-h-60 divide-y overflow-y-auto rounded-md border"
        >
          {bins.map((bin) => (
            <li key={bin.id} className="flex flex-col gap-0.5 px-3 py-2 text-sm">
              <span
                className={cn("[overflow-wrap:anywhere]", bin.name === null && "font-mono text-xs")}
              >
                {binLabel(bin)}
              </span>
              <span className="flex flex-wrap gap-x-3 text-faint text-xs">
                <span>{formatCount(bin.captureCount, "capture")}</span>
                <span>{formatBytes(bin.byteCount)}</span>
                {bin.deliveryCount > 0 && (
                  <span>{formatCount(bin.deliveryCount, "delivery", "deliveries")}</span>
                )}
                {bin.ruleCount > 0 && <span>{formatCount(bin.ruleCount, "forward rule")}</span>}
                {bin.linkCount > 0 && <span>{formatCount(bin.linkCount, "share link")}</span>}
              </span>
            </li>
          ))}
        </ul>
      )}
      <p className="text-sm">
        Together {formatCount(bins.length, "bin")} with{" "}
        {formatCount(
          sum((bin) => bin.captureCount),
          "capture",
        )}{" "}
        ({formatBytes(sum((bin) => bin.byteCount))}),{" "}
        {formatCount(
          sum((bin) => bin.linkCount),
          "share link",
        )}
        , {formatCount(tokenCount, "access token")}, and {formatCount(browserCount, "browser")} that
        will be signed out.
      </p>
    </div>
  );
}
