import { randomUUID } from "node:crypto";
import { ownBin } from "./bins.ts";
import { presentSummary } from "./captures.ts";
import type { RemovedEvent, RestoredEvent } from "./contract/events.ts";
import { LIVE_BATCH_MAX, UNDO_MS } from "./contract/limits.ts";
import { AppError, notFound } from "./errors.ts";
import type { Deletions } from "./runtime.ts";
import { partsOf } from "./store/parts.ts";
import type { SummaryRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";

export type DeletionsOptions = {
  store: Pick<Store, "findBin" | "write">;
  now: () => Date;
  /** There is no room left: what is deleted has to go at once. */
  isFull(workspaceId: string): boolean;
  onRemoved(event: RemovedEvent): void;
  onRestored(event: RestoredEvent): void;
};

/** Deleting with a way back: see docs/decisions for why it is the server that remembers. */
export function createDeletions(options: DeletionsOptions): Deletions {
  const { store, now, onRemoved, onRestored } = options;

  const clear = async (binId: string, undo: string, expiresAt: Date): Promise<number> => {
    const cleared = await store.write("clearBinForNow", { id: undo, binId, undo, expiresAt });
    if (!cleared) throw notFound("bin");
    onRemoved({ binId, all: true, upTo: cleared.upTo });
    return cleared.count;
  };

  const deleteSome = async (binId: string, ids: string[], undo: string, expiresAt: Date) => {
    let deleted = 0;
    for (const [i, part] of partsOf(ids).entries()) {
      const id = `${undo}.${String(i).padStart(3, "0")}`;
      const gone = await store.write("deleteCaptures", { id, binId, undo, expiresAt }, part);
      if (gone.length > 0) onRemoved({ binId, ids: gone });
      deleted += gone.length;
    }
    return deleted;
  };

  const tell = (binId: string, captures: SummaryRecord[], after: number): void => {
    for (let i = 0; i < captures.length; i += LIVE_BATCH_MAX) {
      const some = captures.slice(i, i + LIVE_BATCH_MAX).map(presentSummary);
      onRestored({ binId, count: some.length, captures: some, after });
    }
  };

  return {
    async delete(visitor, binId, { ids }) {
      const { workspaceId } = await ownBin(store, visitor, binId);
      const undo = randomUUID();
      const until = new Date(now().getTime() + UNDO_MS);
      const deleted = ids
        ? await deleteSome(binId, ids, undo, until)
        : await clear(binId, undo, until);
      const isFinal = deleted > 0 && options.isFull(workspaceId);
      if (isFinal) await store.write("endUndos", workspaceId);
      if (deleted === 0 || isFinal) return { deleted, undo: null, undoUntil: null };
      return { deleted, undo, undoUntil: until.toISOString() };
    },
    async restore(visitor, binId, { undo }) {
      await ownBin(store, visitor, binId);
      let restored = 0;
      for (let hasMore = true; hasMore; ) {
        const part = await store.write("restoreDeleted", binId, undo, now());
        hasMore = part?.hasMore ?? false;
        if (!part) break;
        restored += part.count;
        if (part.captures) tell(binId, part.captures, part.after);
        else onRestored({ binId, count: part.count, captures: null, after: part.after });
      }
      if (restored > 0) return { restored };
      throw new AppError(
        "gone",
        "This cannot be undone (any more): its time has passed, its room was needed, it was undone before, or captures were deleted after it. Undo what came last first.",
      );
    },
  };
}
