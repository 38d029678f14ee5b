import { randomUUID } from "node:crypto";
import type { Visitor } from "./access/access.ts";
import { ownBin } from "./bins.ts";
import { presentSummary } from "./captures.ts";
import type { DeleteCaptures, Deletion } from "./contract/deletion.ts";
import type { RemovedEvent, RestoredEvent } from "./contract/events.ts";
import { BULK_MAX, LIVE_BATCH_MAX, NAMED_MAX, UNDO_MS } from "./contract/limits.ts";
import { AppError, notFound } from "./errors.ts";
import { momentOf, seqsFound } from "./found-points.ts";
import { readQuery } from "./read-query.ts";
import type { Deletions } from "./runtime.ts";
import type { NewDeletion } from "./store/deletions.ts";
import { partsOf } from "./store/parts.ts";
import type { SummaryRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";

export type DeletionsOptions = {
  store: Pick<Store, "findBin" | "searchPoints" | "write">;
  now: () => Date;
  /** There is no room left: what is deleted has to go at once. */
  isFull(workspaceId: string): boolean;
  onRemoved(event: RemovedEvent): void;
  onRestored(event: RestoredEvent): void;
};

type Call = Omit<NewDeletion, "id">;

/** Deleting with a way back: see docs/decisions for why it is the server that remembers. */
export function createDeletions(options: DeletionsOptions): Deletions {
  const { store, now, onRemoved, onRestored } = options;

  const clear = async (call: Call, most?: number): Promise<number> => {
    const { binId, undo } = call;
    const cleared = await store.write("clearBinForNow", { id: undo, ...call }, most);
    if (!cleared) throw notFound("bin");
    const { upTo, count } = cleared;
    if (most === undefined) onRemoved({ binId, all: true, upTo });
    else if (count > 0) onRemoved({ binId, upTo });
    return count;
  };

  /** In short transactions, between which new captures are stored. */
  const deleteParts = async (
    call: Call,
    parts: string[][] | number[][],
    namedMax: number,
  ): Promise<number> => {
    const { binId, undo } = call;
    let [deleted, unnamed] = [0, 0];
    try {
      for (const [i, part] of parts.entries()) {
        const id = `${undo}.${String(i).padStart(6, "0")}`;
        const gone = await store.write("deleteCaptures", { id, ...call }, part);
        if (deleted + gone.length > namedMax) unnamed += gone.length;
        else if (gone.length > 0) onRemoved({ binId, ids: gone });
        deleted += gone.length;
      }
    } finally {
      if (unnamed > 0) onRemoved({ binId, more: unnamed });
    }
    return deleted;
  };

  /** All that match, or none where that fails: nobody would know what undoes a part. */
  const deleteFound = async (
    call: Call,
    { q, asOf }: { q: string; asOf?: string },
    last: number,
  ): Promise<number> => {
    const { binId, undo } = call;
    const search = { binId, query: readQuery(q), now: momentOf(asOf), last };
    const seqs = await seqsFound(store, search);
    try {
      return await deleteParts(call, partsOf(seqs), NAMED_MAX);
    } catch (error) {
      await bringBack(binId, undo).catch(() => {});
      throw error;
    }
  };

  const bringBack = async (binId: string, undo: string): Promise<number> => {
    let [restored, unnamed, from] = [0, 0, 0];
    for (let hasMore = true; hasMore; ) {
      const part = await store.write("restoreDeleted", binId, undo, now());
      hasMore = part?.hasMore ?? false;
      if (!part) break;
      const { captures, count, after } = part;
      if (captures && restored + count <= NAMED_MAX) tell(binId, captures, after);
      else {
        unnamed += count;
        from = after;
      }
      restored += count;
    }
    if (unnamed > 0) onRestored({ binId, count: unnamed, captures: null, after: from });
    return restored;
  };

  const remove = async (
    visitor: Visitor | null,
    binId: string,
    { ids, q, upTo, asOf }: DeleteCaptures,
  ): Promise<Deletion> => {
    const { workspaceId, captureCount } = await ownBin(store, visitor, binId);
    const undo = randomUUID();
    const expiresAt = new Date(now().getTime() + UNDO_MS);
    const call = { binId, undo, expiresAt };
    const deleted = ids
      ? await deleteParts(call, partsOf(ids), BULK_MAX)
      : q === undefined
        ? await clear(call, upTo)
        : await deleteFound(call, { q, asOf }, Math.min(upTo ?? captureCount, captureCount));
    const isFinal = deleted > 0 && options.isFull(workspaceId);
    if (isFinal) await store.write("endUndos", workspaceId);
    if (deleted === 0 || isFinal) return { deleted, undo: null, undoUntil: null };
    return { deleted, undo, undoUntil: expiresAt.toISOString() };
  };

  const tell = (binId: string, captures: SummaryRecord[], after: number): void => {
    for (let i = 0; i < captures.length; i += LIVE_BATCH_MAX) {
      const some = captures.slice(i, i + LIVE_BATCH_MAX).map(presentSummary);
      onRestored({ binId, count: some.length, captures: some, after });
    }
  };

  return {
    delete: remove,
    async restore(visitor, binId, { undo }) {
      await ownBin(store, visitor, binId);
      const restored = await bringBack(binId, undo);
      if (restored > 0) return { restored };
      throw new AppError(
        "gone",
        "This cannot be undone (any more): its time has passed, its room was needed, it was undone before, or captures were deleted after it. Undo what came last first.",
      );
    },
  };
}
