"use client";

import { Plus } from "lucide-react";
import Link from "next/link";
import { type ReactNode, useEffect, useSyncExternalStore } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { seenCounts } from "#components/bins/seen-counts.ts";
import { useBins } from "#components/bins/use-bins.ts";
import { buttonStyle } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCount } from "#components/ui/format-count.ts";
import type { Bin } from "#lib/contract/bin.ts";

type BinsPanelProps = {
  bins: readonly Bin[];
  /** The one that is shown, as it is now. */
  current: Bin;
  /** Below the bins. */
  foot?: ReactNode;
};

/** The workspace's bins, each with how many captures came since it was last looked at. */
export function BinsPanel({ bins: initial, current, foot }: BinsPanelProps) {
  const bins = useBins(initial);
  const seen = useSyncExternalStore(seenCounts.subscribe, seenCounts.get, () => null);

  // A bin that this browser never showed has nothing new: it was made elsewhere, or just now.
  useEffect(() => {
    const known = seenCounts.get();
    const news = bins.filter(({ id }) => known[id] === undefined);
    seenCounts.put(Object.fromEntries(news.map(({ id, captureCount }) => [id, captureCount])));
    seenCounts.keepOnly(new Set([current.id, ...bins.map(({ id }) => id)]));
  }, [bins, current.id]);

  return (
    <nav aria-label="Bins" className="flex min-h-0 flex-1 flex-col bg-subtle">
      <div className="flex h-10 shrink-0 items-center justify-between border-b pr-1 pl-3">
        <h2 className="font-semibold text-sm">Bins</h2>
        <Link
          href="/bins"
          aria-label="New bin, and all bins"
          title="New bin, and all bins"
          className={buttonStyle({ variant: "ghost", size: "icon" })}
        >
          <Plus aria-hidden />
        </Link>
      </div>
      <ul className="min-h-0 flex-1 overflow-y-auto overscroll-contain py-1">
        {bins.map((bin) => {
          const isCurrent = bin.id === current.id;
          const seenOfIt = seen?.[bin.id] ?? bin.captureCount;
          return (
            <BinLink
              key={bin.id}
              bin={isCurrent ? current : bin}
              unread={isCurrent ? 0 : bin.captureCount - seenOfIt}
              current={isCurrent}
            />
          );
        })}
      </ul>
      {foot}
    </nav>
  );
}

type BinLinkProps = { bin: Bin; unread: number; current: boolean };

function BinLink({ bin, unread, current }: BinLinkProps) {
  const label = binLabel(bin);
  return (
    <li>
      <Link
        href={`/bins/${bin.id}`}
        prefetch={false}
        aria-current={current ? "page" : undefined}
        title={label}
        className={cn(
          "ring-inset-focus flex h-8 items-center gap-2 border-l-2 border-l-transparent pr-3 pl-2.5 text-muted text-sm transition-colors hover:bg-hover hover:text-ink pointer-coarse:h-11",
          current && "border-l-accent bg-accent-soft text-ink hover:bg-accent-soft",
        )}
      >
        <span
          className={cn(
            "min-w-0 flex-1 truncate",
            bin.name === null && "font-mono text-xs",
            unread > 0 && "font-semibold text-ink",
          )}
        >
          {label}
        </span>
        {unread > 0 && (
          <span className="shrink-0 rounded-full bg-accent px-1.5 font-medium text-on-accent text-xs tabular-nums">
            <span aria-hidden>{unread > 999 ? "999+" : unread}</span>
            <span className="sr-only">{formatCount(unread, "new capture")}</span>
          </span>
        )}
      </Link>
    </li>
  );
}
