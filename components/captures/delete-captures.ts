import { deleteCaptures, restoreCaptures } from "#components/api/captures.ts";
import { type Found, scopeOf } from "#components/captures/found.ts";
import type { FeedAction } from "#components/live/feed.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { notify } from "#components/ui/toast.tsx";
import { undoStack } from "#components/undo/undo-stack.ts";
import type { Summary } from "#lib/contract/capture.ts";

type Change = (action: FeedAction) => void;

/** Deletes them and offers to undo it. The live events bring them back into every list. */
export async function deleteSome(
  binId: string,
  captures: readonly Pick<Summary, "id" | "seq">[],
  change: Change,
): Promise<void> {
  const ids = captures.map(({ id }) => id);
  const { deleted, undo } = await deleteCaptures(binId, { ids });
  change({ type: "removed", ids });
  const [only] = captures;
  const what = captures.length === 1 ? `capture #${only!.seq}` : formatCount(deleted, "capture");
  offerUndo(binId, undo, `Deleted ${what}`, deleted);
}

/** All that a search finds, loaded or not: the live events take them out of the list. */
export async function deleteFound(binId: string, found: Found): Promise<void> {
  const { deleted, undo } = await deleteCaptures(binId, scopeOf(found));
  offerUndo(binId, undo, `Deleted ${formatCount(deleted, "capture")}`, deleted);
}

/** All that the bin has now. */
export async function deleteAll(binId: string, change: Change): Promise<void> {
  const { deleted, undo } = await deleteCaptures(binId, { all: true });
  change({ type: "removed", all: true });
  offerUndo(binId, undo, `Deleted all ${formatCount(deleted, "capture")}`, deleted);
}

function offerUndo(binId: string, undo: string | null, title: string, deleted: number): void {
  if (undo === null) {
    if (deleted > 0) notify(`${title} for good: the room is needed`);
    return;
  }
  undoStack.push({
    title,
    undo: async () => {
      await restoreCaptures(binId, undo);
    },
  });
}
