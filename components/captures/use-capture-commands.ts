"use client";

import { CheckCheck, SquareCheck, Star, Trash2, X } from "lucide-react";
import { captureCache } from "#components/capture/capture-cache.ts";
import { starOne, starSome } from "#components/captures/star-captures.ts";
import type { CheckedCaptures } from "#components/captures/use-checked.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import { readView, selectCapture } from "#components/dashboard/use-view-state.ts";
import type { FeedAction } from "#components/live/feed.ts";
import { notifyError } from "#components/ui/toast.tsx";
import type { Summary } from "#lib/contract/capture.ts";

type CaptureCommandsOptions = {
  binId: string;
  /** Newest first. */
  captures: readonly Summary[];
  checked: CheckedCaptures;
  /** There is more than what is loaded. */
  isMore: boolean;
  onAll: () => void;
  change: (action: FeedAction) => void;
  onDelete: (captures: readonly Pick<Summary, "id" | "seq">[]) => Promise<void>;
  onDeleteWhole: () => Promise<void>;
  /** All that a search finds; null without one. */
  onDeleteFound: (() => Promise<void>) | null;
};

/** The row that has the focus, or else the capture that is shown. */
function currentId(): string | null {
  const row = document.activeElement?.closest("li")?.querySelector<HTMLElement>("[data-capture]");
  return row?.dataset.capture ?? readView().capture;
}

/** Selecting, starring and deleting by key and from the palette. */
export function useCaptureCommands(options: CaptureCommandsOptions): void {
  const { binId, captures, checked, isMore, onAll, change } = options;
  const { onDelete, onDeleteWhole, onDeleteFound } = options;
  const { dispatch, whole } = checked;

  const findCurrent = (): Summary | undefined => {
    const id = currentId();
    return captures.find((one) => one.id === id) ?? (id ? captureCache.get(id) : undefined);
  };
  const hasTarget = () => hasChecked() || findCurrent() !== undefined;
  const hasChecked = () => whole !== null || checked.captures.length > 0;
  const hasCaptures = () => captures.length > 0;

  function extend(by: 1 | -1) {
    const from = readView().capture;
    const at = captures.findIndex(({ id }) => id === from);
    const to = captures[at === -1 ? 0 : at + by];
    if (!to) return;
    selectCapture(to.id, true);
    dispatch({ type: "extended", list: captures, to: to.id, from });
  }

  function toggle() {
    const id = currentId();
    const capture = captures.find((one) => one.id === id) ?? captures[0];
    if (capture) dispatch({ type: "toggled", capture, list: captures });
  }

  async function star() {
    if (hasChecked()) {
      const starred = checked.captures.some((capture) => !capture.starred);
      const ids = checked.captures.map(({ id }) => id);
      return starSome(binId, ids, starred, change);
    }
    const current = findCurrent();
    if (current) await starOne(binId, current.id, !current.starred, change);
  }

  useCommands([
    {
      id: "captures.star",
      title: checked.captures.length > 0 ? "Star the selected captures" : "Star the capture",
      group: "Captures",
      keywords: "unstar favourite mark",
      shortcut: "s",
      icon: Star,
      isEnabled: () => whole === null && hasTarget(),
      run: () => void star().catch((cause) => notifyError("The star was not saved", cause)),
    },
    {
      id: "captures.delete",
      title: checked.captures.length > 0 ? "Delete the selected captures" : "Delete the capture",
      group: "Captures",
      keywords: "remove trash",
      shortcut: ["Delete", "Backspace"],
      icon: Trash2,
      isEnabled: hasTarget,
      run: () => {
        const current = findCurrent();
        const targets = hasChecked() ? checked.captures : current ? [current] : [];
        const deleted = whole ? onDeleteWhole() : onDelete(targets);
        void deleted.catch((cause) => notifyError("Nothing was deleted", cause));
      },
    },
    {
      id: "captures.deleteFound",
      title: "Delete all captures that match the search",
      group: "Captures",
      keywords: "remove trash bulk found query",
      icon: Trash2,
      isEnabled: () => onDeleteFound !== null,
      run: () => {
        onDeleteFound?.().catch((cause) => notifyError("Nothing was deleted", cause));
      },
    },
    {
      id: "selection.toggle",
      title: "Select or unselect the capture",
      group: "Selection",
      keywords: "check mark",
      shortcut: "x",
      icon: SquareCheck,
      isEnabled: hasCaptures,
      run: toggle,
    },
    {
      id: "selection.down",
      title: "Extend the selection down",
      group: "Selection",
      shortcut: ["Shift+j", "Shift+ArrowDown"],
      inPalette: false,
      isEnabled: hasCaptures,
      run: () => extend(1),
    },
    {
      id: "selection.up",
      title: "Extend the selection up",
      group: "Selection",
      shortcut: ["Shift+k", "Shift+ArrowUp"],
      inPalette: false,
      isEnabled: hasCaptures,
      run: () => extend(-1),
    },
    {
      id: "selection.all",
      title: "Select all loaded captures, then all there are",
      group: "Selection",
      shortcut: "Mod+a",
      icon: CheckCheck,
      // In the detail it selects the text that is read.
      isEnabled: () => hasCaptures() && !document.activeElement?.closest("[data-scrolls]"),
      run: () => {
        if (checked.all && isMore) dispatch({ type: "whole", isWhole: true });
        else onAll();
      },
    },
    {
      id: "selection.clear",
      title: "End the selection",
      group: "Selection",
      shortcut: "Escape",
      icon: X,
      isEnabled: () => checked.selecting,
      run: () => dispatch({ type: "cleared" }),
    },
  ]);
}
