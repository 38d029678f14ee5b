"use client";

import { useCommands } from "#components/commands/use-commands.ts";
import { readView, selectCapture } from "#components/dashboard/use-view-state.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** j and k, or the arrow keys, go through the captures. */
export function useSelectionKeys(captures: readonly Summary[]): void {
  function step(by: 1 | -1) {
    const { capture: selectedId } = readView();
    const from = captures.findIndex((capture) => capture.id === selectedId);
    const next = captures[from === -1 ? 0 : from + by];
    if (next) selectCapture(next.id, true);
  }

  const isEnabled = () => captures.length > 0;
  useCommands([
    {
      id: "captures.next",
      title: "Next capture",
      group: "Captures",
      keywords: "down older",
      shortcut: ["j", "ArrowDown"],
      isEnabled,
      run: () => step(1),
    },
    {
      id: "captures.previous",
      title: "Previous capture",
      group: "Captures",
      keywords: "up newer",
      shortcut: ["k", "ArrowUp"],
      isEnabled,
      run: () => step(-1),
    },
  ]);
}
