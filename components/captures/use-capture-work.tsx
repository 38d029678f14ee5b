"use client";

import type { ReactNode } from "react";
import type { Found } from "#components/captures/found.ts";
import { useCaptureCommands } from "#components/captures/use-capture-commands.ts";
import { type CheckedCaptures, useChecked } from "#components/captures/use-checked.ts";
import { useDeleteFound } from "#components/captures/use-delete-found.tsx";
import { useDeleting } from "#components/captures/use-deleting.ts";
import type { Feed, FeedAction } from "#components/live/feed.ts";
import type { Search } from "#components/search/use-search.ts";
import type { Summary } from "#lib/contract/capture.ts";
import { EXPORT_IDS_MAX } from "#lib/contract/limits.ts";

type CaptureWorkOptions = {
  binId: string;
  q: string | null;
  feed: Feed;
  search: Search | null;
  /** What the list shows, newest first. */
  captures: readonly Summary[];
  /** There is no room left: what is deleted is gone for good. */
  isFull: boolean;
  change: (action: FeedAction) => void;
};

export type CaptureWork = {
  checked: CheckedCaptures;
  /** There are more captures than are loaded, or than can be named one by one. */
  isMore: boolean;
  /** A search has found something. */
  hasFound: boolean;
  onAll: () => void;
  onDelete: () => Promise<void>;
  deleting: ReturnType<typeof useDeleting>;
  /** Asked before what cannot be undone. */
  question: ReactNode;
};

/** What is done with the captures of the list: those that are checked, and all that it stands for. */
export function useCaptureWork(options: CaptureWorkOptions): CaptureWork {
  const { binId, q, feed, search, captures, isFull, change } = options;
  const checked = useChecked({ feed, q, shown: captures });
  const { whole } = checked;
  // An export names its captures in its URL, where there is room for so many.
  const isMore = (search?.hasOlder ?? feed.hasOlder) || captures.length > EXPORT_IDS_MAX;
  const hasFound = q !== null && search?.state === "found" && captures.length > 0;
  const deleting = useDeleting({ binId, captures, change });
  const deletingFound = useDeleteFound({
    isFinal: isFull,
    async remove(found) {
      await deleting.removeFound(found);
      checked.dispatch({ type: "cleared" });
    },
  });

  /** What the list shows, and would show further down. */
  function everything(): Found {
    const upTo = search?.shownUpTo ?? feed.heldAt ?? feed.newestSeq;
    return { q, upTo, count: null, asOf: null };
  }

  const onAll = () => checked.dispatch({ type: "all", list: captures, found: everything() });

  async function removeWhole() {
    if (whole) await deletingFound.start(whole);
  }

  useCaptureCommands({
    binId,
    captures,
    checked,
    isMore,
    onAll,
    change,
    onDelete: deleting.remove,
    onDeleteWhole: removeWhole,
    onDeleteFound: hasFound ? () => deletingFound.start(everything()) : null,
  });

  return {
    checked,
    isMore,
    hasFound,
    onAll,
    onDelete: whole ? removeWhole : () => deleting.remove(checked.captures),
    deleting,
    question: deletingFound.question,
  };
}
