"use client";

import { useState } from "react";
import type { Found } from "#components/captures/found.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";

const part = lazyPart(() => import("#components/ui/confirm-dialog.tsx"));

type DeleteFoundOptions = {
  /** There is no room for a way back. */
  isFinal: boolean;
  remove: (found: Found) => Promise<void>;
};

/** Deletes all that is found: at once where that can be undone, else after a question. */
export function useDeleteFound({ isFinal, remove }: DeleteFoundOptions) {
  const [asked, setAsked] = useState<Found | null>(null);
  const dialog = useLazyPart(part, asked !== null);

  async function start(found: Found): Promise<void> {
    if (isFinal) setAsked(found);
    else await remove(found);
  }

  const what = asked && (asked.count === null ? "all" : formatCount(asked.count, "capture"));
  const question = asked && dialog && (
    <dialog.ConfirmDialog
      open
      onOpenChange={(open) => open || setAsked(null)}
      title={`Delete ${what} for good?`}
      description={`${asked.q === null ? "All captures of the bin" : "All captures that match"}, loaded or not. This cannot be undone while there is no room.`}
      action="Delete for good"
      onConfirm={() => remove(asked)}
    />
  );
  return { start, question };
}
