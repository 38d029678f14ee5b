"use client";

import type { ReactNode } from "react";
import { formatCount } from "#components/ui/format-count.ts";

type ListHeaderProps = { stored: number; paused: boolean; children?: ReactNode };

/** How many there are, and what acts on the list: `children` stand at its end. */
export function ListHeader({ stored, paused, children }: ListHeaderProps) {
  return (
    <div className="flex min-h-10 shrink-0 items-center gap-1 border-b pr-1 pl-3">
      <p className="mr-auto truncate text-muted text-xs">
        <span>{formatCount(stored, "capture")}</span>
        {paused && <span className="text-amber"> · paused</span>}
      </p>
      {children}
    </div>
  );
}
