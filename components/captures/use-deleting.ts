"use client";

import { deleteAll, deleteFound, deleteSome } from "#components/captures/delete-captures.ts";
import type { Found } from "#components/captures/found.ts";
import { deselectCapture, readView, selectCapture } from "#components/dashboard/use-view-state.ts";
import type { FeedAction } from "#components/live/feed.ts";
import { stopLoadingDeliveries } from "#components/resend/resends.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** Where the list and the detail are side by side. */
const WIDE = "(min-width: 768px)";

type DeletingOptions = {
  binId: string;
  /** The list, newest first. */
  captures: readonly Summary[];
  change: (action: FeedAction) => void;
};

/** Deletes captures and goes on to the next one where the one that is shown is among them. */
export function useDeleting({ binId, captures, change }: DeletingOptions) {
  /** To the next older one that stays, or back to the list where only one of both is in sight. */
  function leave(gone: ReadonlySet<string>) {
    const { capture: shown } = readView();
    if (shown === null || !gone.has(shown)) return;
    const at = captures.findIndex(({ id }) => id === shown);
    const stays = ({ id }: Summary) => !gone.has(id);
    const next = captures.slice(at + 1).find(stays) ?? captures.slice(0, at).findLast(stays);
    if (at !== -1 && next && window.matchMedia(WIDE).matches) selectCapture(next.id, true);
    else deselectCapture();
  }

  return {
    async remove(some: readonly Pick<Summary, "id" | "seq">[]): Promise<void> {
      leave(new Set(some.map(({ id }) => id)));
      for (const { id } of some) stopLoadingDeliveries(id);
      await deleteSome(binId, some, change);
    },
    /** Goes on to what came later, where there is something and what is shown may be among them. */
    async removeFound(found: Found): Promise<void> {
      const gone = captures.filter(({ seq }) => seq <= found.upTo);
      await deleteFound(binId, found);
      leave(new Set(gone.map(({ id }) => id)));
    },
    async clear(): Promise<void> {
      if (readView().capture !== null) deselectCapture();
      await deleteAll(binId, change);
    },
  };
}
