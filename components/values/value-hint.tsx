"use client";

import { Popover } from "@base-ui/react/popover";
import { InsightDetails } from "#components/values/insight-details.tsx";
import type { Insight } from "#components/values/insights.ts";

const LABELS: Record<Insight["kind"], string> = {
  time: "time",
  jwt: "JWT",
  basic: "credentials",
  number: "number",
};

type ValueHintProps = {
  insight: Insight;
  /** In a tree, keys go from row to row and not from hint to hint. */
  tabIndex?: number;
};

/** A mark behind a value; pointed at, or chosen by key, it shows what Inlet reads in it. */
export function ValueHint({ insight, tabIndex }: ValueHintProps) {
  const label = LABELS[insight.kind];
  return (
    <Popover.Root>
      <Popover.Trigger
        openOnHover
        delay={120}
        tabIndex={tabIndex}
        aria-label={`What Inlet reads here: ${label}`}
        className="mx-1 select-none rounded border border-line-strong border-dashed px-1 align-baseline font-sans text-[11px] text-faint leading-4 hover:border-accent hover:text-accent data-popup-open:text-accent pointer-coarse:px-2"
      >
        {label}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} collisionPadding={8} className="z-20 outline-none">
          <Popover.Popup className="max-w-[min(30rem,calc(100vw-16px))] rounded-lg border border-line-strong border-dashed bg-canvas p-3 text-xs outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            <Popover.Title className="sr-only">What Inlet reads in this value</Popover.Title>
            <InsightDetails insight={insight} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
