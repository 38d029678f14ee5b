import { LRUCache } from "lru-cache";
import { DEFAULT_REPLY, type Reply } from "../contract/reply.ts";
import { type CompiledReply, compileReply } from "./reply.ts";

export type CachedBin = { id: string; workspaceId: string; reply: CompiledReply };

export type LoadBin = (
  id: string,
) => Promise<{ id: string; workspaceId: string; reply: Reply | null } | null>;

const MAX_BINS = 10_000;
/** Another node may have changed the bin; also how soon a bin made there is found here. */
const TTL_MS = 30_000;
const MISSING_TTL_MS = 2_000;

export type BinCache = {
  /** At once where the bin is known, which is the rule; null for a bin that does not exist. */
  get(id: string): CachedBin | null | Promise<CachedBin | null>;
  invalidate(id: string): void;
};

/** The capture path's bins, so that a request asks the database nothing. */
export function binCache(load: LoadBin): BinCache {
  const bins = new LRUCache<string, { bin: CachedBin | null }>({ max: MAX_BINS, ttl: TTL_MS });
  const loading = new Map<string, Promise<CachedBin | null>>();

  const fetch = (id: string): Promise<CachedBin | null> => {
    const pending = load(id)
      .then((found) => {
        const bin = found && {
          id,
          workspaceId: found.workspaceId,
          reply: compileReply(found.reply ?? DEFAULT_REPLY),
        };
        // An answer from before an invalidation is not kept.
        if (loading.get(id) === pending) {
          bins.set(id, { bin }, { ttl: bin ? TTL_MS : MISSING_TTL_MS });
        }
        return bin;
      })
      .finally(() => {
        if (loading.get(id) === pending) loading.delete(id);
      });
    loading.set(id, pending);
    return pending;
  };

  return {
    get(id) {
      const known = bins.get(id);
      return known ? known.bin : (loading.get(id) ?? fetch(id));
    },
    invalidate(id) {
      bins.delete(id);
      loading.delete(id);
    },
  };
}
