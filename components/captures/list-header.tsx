"use client";

import type { ReactNode } from "react";
import { formatCount } from "#components/ui/format-count.ts";

type ListHeaderProps = {
  stored: number;
  /** The most that a bin keeps. */
  max: number;
  paused: boolean;
  children?: ReactNode;
};

/** How many there are, and what acts on the list: `children` stand at its end. */
export function ListHeader({ stored, max, paused, children }: ListHeaderProps) {
  const isNearMax = stored >= 0.9 * max;
  return (
    <div className="flex min-h-10 shrink-0 items-center gap-1 border-b pr-1 pl-3">
      <p className="mr-auto truncate text-muted text-xs">
        <span title={`Of ${max.toLocaleString("en")}; beyond that the oldest make room`}>
          {isNearMax && `${stored.toLocaleString("en")} of `}
          {formatCount(isNearMax ? max : stored, "capture")}
        </span>
        {isNearMax && <span> · the oldest make room</span>}
        {paused && <span className="text-amber"> · paused</span>}
      </p>
      {children}
    </div>
  );
}
