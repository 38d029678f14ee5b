import { starCaptures } from "#components/api/captures.ts";
import type { FeedAction } from "#components/live/feed.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { undoStack } from "#components/undo/undo-stack.ts";

type Change = (action: FeedAction) => void;

async function star(binId: string, ids: readonly string[], starred: boolean, change: Change) {
  const { changed } = await starCaptures(binId, ids, starred);
  change({ type: "changed", captures: ids.map((id) => ({ id, starred })) });
  return changed;
}

/** Stars or unstars one capture, which its star shows and a second press takes back. */
export async function starOne(binId: string, id: string, starred: boolean, change: Change) {
  await star(binId, [id], starred, change);
}

/** Stars or unstars many, and offers to undo it for those that changed. */
export async function starSome(
  binId: string,
  ids: readonly string[],
  starred: boolean,
  change: Change,
): Promise<void> {
  const changed = await star(binId, ids, starred, change);
  if (changed.length === 0) return;
  const verb = starred ? "Starred" : "Took the star off";
  undoStack.push({
    title: `${verb} ${formatCount(changed.length, "capture")}`,
    undo: async () => {
      await star(binId, changed, !starred, change);
    },
  });
}
