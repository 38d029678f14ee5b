"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { LucideIcon } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

/** `trigger` is a button with a name of its own. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner sideOffset={4} align="end" className="outline-none">
          <Base.Popup className="min-w-44 rounded-lg border border-line-strong bg-canvas p-1 outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type MenuItemProps = {
  icon: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

export function MenuItem({ icon: Icon, danger, disabled, onClick, children }: MenuItemProps) {
  return (
    <Base.Item
      onClick={onClick}
      disabled={disabled}
      className={cn(
        "flex h-8 cursor-pointer select-none items-center gap-2 rounded px-2 text-sm outline-none data-disabled:cursor-not-allowed data-highlighted:bg-hover data-disabled:opacity-60 pointer-coarse:h-11",
        danger && "text-red",
      )}
    >
      <Icon className="size-4 shrink-0" aria-hidden />
      {children}
    </Base.Item>
  );
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 border-t" />;
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group className="border-b pb-1 last:border-b-0">
      <Base.GroupLabel className="px-2 pt-2 pb-1 text-faint text-xs">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
