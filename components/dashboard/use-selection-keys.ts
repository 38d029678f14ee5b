"use client";

import { useEffect } from "react";
import { readSelection } from "#components/dashboard/use-selection.ts";
import type { Summary } from "#lib/contract/capture.ts";

const STEPS: Record<string, 1 | -1> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** Where arrow keys or letters already mean something. */
const TAKEN = "input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=tab]";

/** j and k, or the arrow keys, go through the captures. */
export function useSelectionKeys(captures: readonly Summary[], onStep: (id: string) => void): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent) {
      const step = STEPS[event.key];
      if (!step || event.metaKey || event.ctrlKey || event.altKey || event.defaultPrevented) return;
      const at = event.target as HTMLElement;
      if (at.closest(TAKEN)) return;
      if (event.key.startsWith("Arrow") && at.closest("[data-scrolls]")) return;
      const selectedId = readSelection();
      const from = captures.findIndex((capture) => capture.id === selectedId);
      const next = captures[from === -1 ? 0 : from + step];
      if (!next) return;
      event.preventDefault();
      onStep(next.id);
    }
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [captures, onStep]);
}
