"use client";

import { type Dispatch, type SetStateAction, useEffect } from "react";

/**
 * Takes what is typed for a field that is on its way: the palette loads when it is first opened,
 * and nobody waits for it. Without this the letters would run their own commands.
 */
export function useTypeAhead(
  active: boolean,
  setText: Dispatch<SetStateAction<string>>,
  onCancel: () => void,
): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: one listener for as long as it takes
  useEffect(() => {
    if (!active) return;
    function onKeyDown(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.key === "Escape") onCancel();
      else if (event.key === "Backspace") setText((text) => text.slice(0, -1));
      else if (event.key.length === 1) setText((text) => text + event.key);
      else return;
      event.preventDefault();
      event.stopImmediatePropagation();
    }
    window.addEventListener("keydown", onKeyDown, { capture: true });
    return () => window.removeEventListener("keydown", onKeyDown, { capture: true });
  }, [active]);
}
