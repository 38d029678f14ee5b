"use client";

import { useEffect, useSyncExternalStore } from "react";
import { bulkResends, isShown, loadBulkResends } from "#components/bulk/bulk-resends.ts";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";

const part = lazyPart(() => import("#components/bulk/bulk-part.tsx"));

type LazyBulkProps = { binId: string; isLive: boolean };

/** The dialog and the progress of bulk resends, once there is one. */
export function LazyBulk({ binId, isLive }: LazyBulkProps) {
  const state = useSyncExternalStore(bulkResends.subscribe, bulkResends.get, bulkResends.get);
  useEffect(() => {
    // At each connection: what was told while there was none is in the list.
    if (isLive) loadBulkResends(binId).catch(() => {});
  }, [binId, isLive]);

  const bulks = [...state.bulks.values()].filter(
    (bulk) => bulk.binId === binId && isShown(bulk, state),
  );
  const loaded = useLazyPart(part, state.scope !== null || bulks.length > 0);
  return (
    loaded && <loaded.BulkPart binId={binId} bulks={bulks} scope={state.scope} isLive={isLive} />
  );
}
