"use client";

import { type Dispatch, useCallback, useRef, useState } from "react";
import { getCaptures } from "#components/api/captures.ts";
import type { Feed, FeedAction } from "#components/live/feed.ts";

export type Paging = {
  state: "idle" | "loading" | "failed";
  /** Does nothing while a page is on its way, or when there is none. */
  loadOlder: () => void;
};

export function usePaging(binId: string, feed: Feed, dispatch: Dispatch<FeedAction>): Paging {
  const [state, setState] = useState<Paging["state"]>("idle");
  const busy = useRef(false);
  const before = feed.hasOlder ? feed.captures.at(-1)?.seq : undefined;

  const loadOlder = useCallback(async () => {
    if (before === undefined || busy.current) return;
    busy.current = true;
    setState("loading");
    try {
      dispatch({ type: "olderPage", before, page: await getCaptures(binId, { before }) });
      setState("idle");
    } catch {
      setState("failed");
    } finally {
      busy.current = false;
    }
  }, [binId, before, dispatch]);

  return { state, loadOlder };
}
