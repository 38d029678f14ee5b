"use client";

import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { getBin } from "#components/api/bins.ts";
import { getLimits } from "#components/api/limits.ts";
import { captureCache } from "#components/capture/capture-cache.ts";
import { createEventQueue } from "#components/live/event-queue.ts";
import { type FeedAction, reduceFeed, startFeed } from "#components/live/feed.ts";
import { type Connection, watchBin } from "#components/live/live-socket.ts";
import { useBackfill } from "#components/live/use-backfill.ts";
import { usePaging } from "#components/live/use-paging.ts";
import type { Bin } from "#lib/contract/bin.ts";
import type { CapturePage } from "#lib/contract/capture.ts";
import type { Storage } from "#lib/contract/instance-limits.ts";

type Initial = { bin: Bin; page: CapturePage; storage: Storage | null };

/** A bin's captures, kept complete and current for as long as the component is shown. */
export function useFeed(initial: Initial) {
  const binId = initial.bin.id;
  const [bin, setBin] = useState(initial.bin);
  const [storage, setStorage] = useState(initial.storage);
  const isLimited = storage !== null && storage.limitBytes !== null;
  const [connection, setConnection] = useState<Connection>("connecting");
  const [gone, setGone] = useState(false);
  const [listeners] = useState(() => new Set<(action: FeedAction) => void>());
  const [feed, reduce] = useReducer(reduceFeed, initial, ({ bin: start, page }) =>
    startFeed({ page, captureCount: start.captureCount, storedCount: start.storedCount }),
  );

  const dispatch = useCallback(
    (action: FeedAction) => {
      patchCache(action);
      reduce(action);
      for (const listener of listeners) listener(action);
    },
    [listeners],
  );
  /** For what counts captures beside the list: hears of all that the feed hears of. */
  const subscribe = useCallback(
    (listener: (action: FeedAction) => void) => {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    [listeners],
  );

  const newestSeq = useRef(feed.newestSeq);
  useEffect(() => {
    newestSeq.current = feed.newestSeq;
  });

  useEffect(() => {
    const queue = createEventQueue((actions) => {
      for (const action of actions) dispatch(action);
    });
    let lost = false;
    const stopWatching = watchBin({
      binId,
      newestSeq: () => newestSeq.current,
      onActions: queue.push,
      onBin: setBin,
      // The next connection asks again when this one is too bad for it.
      onReset: () => void getBin(binId).then(setBin, () => {}),
      onStorage: setStorage,
      onConnection: (now) => {
        setConnection(now);
        if (now === "reconnecting") lost = true;
        if (now !== "live" || !lost || !isLimited) return;
        lost = false;
        // What this misses comes with the next change.
        getLimits().then(
          (limits) => setStorage(limits.storage),
          () => {},
        );
      },
      onGone: () => setGone(true),
    });
    return () => {
      stopWatching();
      queue.stop();
    };
  }, [binId, dispatch, isLimited]);

  useBackfill(binId, feed, dispatch);
  const paging = usePaging(binId, feed, dispatch);

  return { bin, setBin, storage, feed, connection, gone, paging, change: dispatch, subscribe };
}

/** The detail shows what the cache has of a capture. */
function patchCache(action: FeedAction): void {
  const isUnnamed = action.type === "removed" && action.more;
  if (action.type === "missedTooMuch" || isUnnamed) captureCache.clear();
  if (action.type !== "changed") return;
  for (const { id, ...change } of action.captures) captureCache.patch(id, change);
}
