"use client";

import { Menu as Base } from "@base-ui/react/menu";
import type { ReactNode, RefObject } from "react";
import { cn } from "#components/ui/cn.ts";

type MenuPopupProps = {
  trigger: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
};

export function MenuPopup({ trigger, open, onOpenChange, children }: MenuPopupProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Positioner anchor={trigger} sideOffset={4} align="end" className="outline-none">
          {/* Focus goes back by itself, unless an item has opened a dialog that took it: no finalFocus. */}
          <Base.Popup className="min-w-44 rounded-lg border border-line-strong bg-canvas p-1 outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  );
}

type ItemProps = {
  danger?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
};

export function Item({ danger, disabled, onClick, children }: ItemProps) {
  return (
    <Base.Item
      onClick={onClick}
      disabled={disabled}
      className={cn(
        "flex h-8 cursor-pointer select-none items-center gap-2 rounded px-2 text-sm outline-none data-disabled:cursor-not-allowed data-highlighted:bg-hover data-disabled:opacity-60 pointer-coarse:h-11",
        danger && "text-red",
      )}
    >
      {children}
    </Base.Item>
  );
}

export function Separator() {
  return <Base.Separator className="my-1 border-t" />;
}

export function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Base.Group className="border-b pb-1 last:border-b-0">
      <Base.GroupLabel className="px-2 pt-2 pb-1 text-faint text-xs">{label}</Base.GroupLabel>
      {children}
    </Base.Group>
  );
}
