"use client";

import { type MouseEvent, type PointerEvent, useRef } from "react";

const LONG_PRESS_MS = 450;
/** A finger that moves further scrolls. */
const STILL_PX = 10;

/** Handlers that tell a finger which stays from one that taps or scrolls. */
export function useLongPress(onLongPress: () => void) {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null);
  const done = useRef(false);

  function end() {
    clearTimeout(press.current?.timer);
    press.current = null;
  }

  return {
    onPointerDown({ pointerType, clientX: x, clientY: y }: PointerEvent) {
      end();
      done.current = false;
      if (pointerType !== "touch") return;
      const timer = setTimeout(() => {
        done.current = true;
        onLongPress();
      }, LONG_PRESS_MS);
      press.current = { timer, x, y };
    },
    onPointerMove({ clientX, clientY }: PointerEvent) {
      const at = press.current;
      if (at && Math.hypot(clientX - at.x, clientY - at.y) > STILL_PX) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    // The menu that a long press on a link opens.
    onContextMenu(event: MouseEvent) {
      if (press.current || done.current) event.preventDefault();
    },
    // The click that ends a long press must not open what it selected.
    onClickCapture(event: MouseEvent) {
      if (!done.current) return;
      done.current = false;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}
