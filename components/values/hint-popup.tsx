"use client";

import { Popover } from "@base-ui/react/popover";
import type { RefObject } from "react";
import { InsightDetails } from "#components/values/insight-details.tsx";
import type { Insight } from "#components/values/insights.ts";

type HintPopupProps = {
  insight: Insight;
  trigger: RefObject<HTMLButtonElement | null>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  /** Only looked at: the focus stays where it is. */
  hovered: boolean;
  onPointerEnter: () => void;
  onPointerLeave: () => void;
};

export function HintPopup({ insight, trigger, open, onOpenChange, ...props }: HintPopupProps) {
  const { hovered, onPointerEnter, onPointerLeave } = props;
  return (
    <Popover.Root open={open} onOpenChange={onOpenChange}>
      <Popover.Portal>
        <Popover.Positioner
          anchor={trigger}
          sideOffset={4}
          collisionPadding={8}
          className="z-20 outline-none"
        >
          <Popover.Popup
            initialFocus={!hovered}
            finalFocus={hovered ? false : trigger}
            onPointerEnter={onPointerEnter}
            onPointerLeave={onPointerLeave}
            className="max-w-[min(30rem,calc(100vw-16px))] rounded-lg border border-line-strong border-dashed bg-canvas p-3 text-xs outline-none transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            <Popover.Title className="sr-only">What Inlet reads in this value</Popover.Title>
            <InsightDetails insight={insight} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
