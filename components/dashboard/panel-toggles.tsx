"use client";

import { PanelLeft, Rows3 } from "lucide-react";
import type { PanelsState, SidePanel } from "#components/dashboard/panels.tsx";
import { cn } from "#components/ui/cn.ts";
import { IconButton } from "#components/ui/icon-button.tsx";

const TOGGLES = [
  { panel: "bins", icon: PanelLeft, label: "Bins", className: "max-lg:hidden" },
  { panel: "list", icon: Rows3, label: "List of captures", className: "max-md:hidden" },
] as const satisfies { panel: SidePanel; [key: string]: unknown }[];

/** Shows and hides the panels beside the detail, where there is room for them at all. */
export function PanelToggles({ state }: { state: PanelsState }) {
  return TOGGLES.map(({ panel, icon: Icon, label, className }) => {
    const shown = !state.collapsed[panel];
    return (
      <IconButton
        key={panel}
        icon={Icon}
        className={cn(className, shown && "text-ink")}
        label={label}
        aria-pressed={shown}
        title={`${shown ? "Hide" : "Show"}: ${label.toLowerCase()}`}
        onClick={() => state.toggle(panel)}
      />
    );
  });
}
