"use client";

import { Dialog as Base } from "@base-ui/react/dialog";
import type { ReactNode } from "react";
import { cn } from "#components/ui/cn.ts";

export type DialogProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: ReactNode;
  /** How wide: of a question, of something to work in, or of two things side by side. */
  size?: "md" | "lg" | "xl";
  children: ReactNode;
};

const WIDTHS = {
  md: "max-w-[440px]",
  lg: "max-w-[760px] max-sm:p-4",
  xl: "max-w-[1080px] max-sm:p-4",
};

export function DialogPopup({
  open,
  onOpenChange,
  title,
  description,
  size = "md",
  children,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className="fixed inset-0 bg-backdrop transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0" />
        <Base.Viewport className="fixed inset-0 grid place-items-center overflow-y-auto p-4">
          <Base.Popup
            className={cn(
              "flex w-full min-w-0 flex-col gap-4 rounded-lg border border-line-strong bg-canvas p-5 outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0",
              WIDTHS[size],
            )}
          >
            <div className="flex flex-col gap-1">
              <Base.Title className="font-semibold text-lg [overflow-wrap:anywhere]">
                {title}
              </Base.Title>
              {description && (
                <Base.Description render={<div />} className="text-muted text-sm">
                  {description}
                </Base.Description>
              )}
            </div>
            {children}
          </Base.Popup>
        </Base.Viewport>
      </Base.Portal>
    </Base.Root>
  );
}
