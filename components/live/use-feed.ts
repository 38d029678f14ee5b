"use client";

import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import { createEventQueue } from "#components/live/event-queue.ts";
import { type FeedAction, reduceFeed, startFeed } from "#components/live/feed.ts";
import { type Connection, watchBin } from "#components/live/live-socket.ts";
import { useBackfill } from "#components/live/use-backfill.ts";
import { usePaging } from "#components/live/use-paging.ts";
import type { Bin } from "#lib/contract/bin.ts";
import type { CapturePage } from "#lib/contract/capture.ts";

type Initial = { bin: Bin; page: CapturePage };

/** A bin's captures, kept complete and current for as long as the component is shown. */
export function useFeed(initial: Initial) {
  const binId = initial.bin.id;
  const [bin, setBin] = useState(initial.bin);
  const [connection, setConnection] = useState<Connection>("connecting");
  const [gone, setGone] = useState(false);
  const [feed, dispatch] = useReducer(reduceFeed, initial, ({ bin: start, page }) =>
    startFeed({ page, captureCount: start.captureCount, storedCount: start.storedCount }),
  );

  const newestSeq = useRef(feed.newestSeq);
  useEffect(() => {
    newestSeq.current = feed.newestSeq;
  });

  useEffect(() => {
    const queue = createEventQueue((actions) => {
      for (const action of actions) dispatch(action);
    });
    const stopWatching = watchBin({
      binId,
      newestSeq: () => newestSeq.current,
      onActions: queue.push,
      onBin: setBin,
      onConnection: setConnection,
      onGone: () => setGone(true),
    });
    return () => {
      stopWatching();
      queue.stop();
    };
  }, [binId]);

  useBackfill(binId, feed, dispatch);
  const paging = usePaging(binId, feed, dispatch);
  const change = useCallback((action: FeedAction) => dispatch(action), []);

  return { bin, setBin, feed, connection, gone, paging, change };
}
