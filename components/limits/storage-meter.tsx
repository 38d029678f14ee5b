import { isNearlyFull } from "#components/limits/is-nearly-full.ts";
import { cn } from "#components/ui/cn.ts";
import { formatBytes } from "#components/ui/format-bytes.ts";
import type { Storage } from "#lib/contract/instance-limits.ts";

const EXPLANATION =
  "Bodies and heads of all captures of the workspace's bins, and the responses to resends. " +
  "What was deleted counts until it cannot be undone any more.";

type StorageMeterProps = { storage: Storage; className?: string };

/** How much of what it may store a workspace stores. Nothing where there is no limit. */
export function StorageMeter({ storage, className }: StorageMeterProps) {
  const { usedBytes, limitBytes } = storage;
  if (limitBytes === null) return null;
  const color =
    usedBytes >= limitBytes ? "bg-red" : isNearlyFull(storage) ? "bg-amber" : "bg-accent";
  return (
    <div title={EXPLANATION} className={cn("flex flex-col gap-1.5 text-muted text-xs", className)}>
      <p className="flex justify-between gap-2 tabular-nums">
        <span>Stored</span>
        <span>
          {formatBytes(usedBytes)} of {formatBytes(limitBytes)}
        </span>
      </p>
      <div aria-hidden className="h-1 overflow-hidden rounded-full bg-line">
        <div
          className={cn("h-full rounded-full", color)}
          style={{ width: `${Math.min(100, (100 * usedBytes) / limitBytes)}%` }}
        />
      </div>
    </div>
  );
}
