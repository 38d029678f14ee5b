"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { ArrowUp } from "lucide-react";
import { type ReactNode, useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { CaptureItem } from "#components/captures/capture-item.tsx";
import { ROW_HEIGHT } from "#components/captures/capture-row.tsx";
import { useFreshAfter } from "#components/captures/use-fresh.ts";
import type { Paging } from "#components/live/use-paging.ts";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** What the server renders rows for, which does not know the screen. */
const FIRST_RECT = { width: 372, height: 800 };

/** Rows from the end at which the next page is fetched. */
const PAGE_AHEAD = 15;

type CaptureListProps = {
  /** Newest first. */
  captures: readonly Summary[];
  newestSeq: number;
  /** Nothing new is shown: the list is paused, or somebody reads further down. */
  held: boolean;
  /** How many came that are not shown. */
  waiting: number;
  hasOlder: boolean;
  paging: Paging;
  /** In place of a list that has nothing to show. */
  empty?: ReactNode;
  selectedId: string | null;
  /** The link to a capture. */
  hrefOf: (id: string) => string;
  onSelect: (id: string) => void;
  checkedIds: ReadonlySet<string>;
  /** Captures are being checked, on touch screens by a tap. */
  selecting: boolean;
  onCheck: (capture: Summary, range: boolean) => void;
  onLeaveTop: () => void;
  onReachTop: () => void;
  onShowNewest: () => void;
};

export function CaptureList(props: CaptureListProps) {
  const { captures, newestSeq, held, waiting, hasOlder, paging, selectedId } = props;
  const { checkedIds, selecting, onCheck } = props;
  const { empty, hrefOf, onSelect, onLeaveTop, onReachTop, onShowNewest } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const freshAfter = useFreshAfter(newestSeq);
  const selectedIndex = captures.findIndex((capture) => capture.id === selectedId);

  const virtualizer = useVirtualizer({
    count: captures.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => captures[index]!.id,
    overscan: 6,
    initialRect: FIRST_RECT,
  });
  const items = virtualizer.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? 0;

  const { loadOlder, state } = paging;
  const nearEnd = hasOlder && lastIndex >= captures.length - PAGE_AHEAD;
  useEffect(() => {
    if (nearEnd && state === "idle") loadOlder();
  }, [nearEnd, state, loadOlder]);

  // A selection that moved by key has to be seen; one that the feed moved has not.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: "auto" });
  }, [selectedId]);

  function onScroll() {
    const isDown = scroller.current!.scrollTop > 4;
    if (isDown !== held) (isDown ? onLeaveTop : onReachTop)();
  }

  const latestCheck = useRef(onCheck);
  useLayoutEffect(() => {
    latestCheck.current = onCheck;
  });
  const check = useCallback((capture: Summary, range: boolean) => {
    latestCheck.current(capture, range);
  }, []);

  // What is shown again comes in above the rows that were read.
  useLayoutEffect(() => {
    if (!held) scroller.current!.scrollTop = 0;
  }, [held]);

  const focusableId = items.some((item) => item.index === selectedIndex)
    ? selectedId
    : captures[items[0]?.index ?? 0]?.id;

  return (
    <div className="relative min-h-0 flex-1">
      {waiting > 0 && (
        <div className="pointer-events-none absolute inset-x-0 top-2 z-10 flex justify-center">
          <Button
            variant="primary"
            size="sm"
            className="pointer-events-auto rounded-full px-3"
            onClick={onShowNewest}
          >
            <ArrowUp aria-hidden />
            {waiting.toLocaleString("en")} new
          </Button>
        </div>
      )}
      <div
        ref={scroller}
        onScroll={onScroll}
        className="h-full overflow-y-auto overscroll-contain [overflow-anchor:none]"
      >
        <ul
          aria-label={`Captures, newest first, ${formatCount(captures.length, "row")} loaded`}
          className="relative"
          style={{ height: virtualizer.getTotalSize() }}
        >
          {items.map((item) => {
            const capture = captures[item.index]!;
            return (
              <CaptureItem
                key={item.key}
                top={item.start}
                capture={capture}
                href={hrefOf(capture.id)}
                selected={capture.id === selectedId}
                fresh={capture.seq > freshAfter}
                focusable={capture.id === focusableId}
                checked={checkedIds.has(capture.id)}
                selecting={selecting}
                onSelect={onSelect}
                onCheck={check}
              />
            );
          })}
        </ul>
        {captures.length === 0 &&
          !hasOlder &&
          (empty ?? (
            <p className="px-4 py-8 text-center text-faint text-sm">
              Captures appear here, newest first.
            </p>
          ))}
        <ListEnd state={state} hasOlder={hasOlder} onRetry={loadOlder} />
      </div>
    </div>
  );
}

type ListEndProps = { state: Paging["state"]; hasOlder: boolean; onRetry: () => void };

function ListEnd({ state, hasOlder, onRetry }: ListEndProps) {
  if (!hasOlder) return null;
  return (
    <p className="flex h-10 items-center justify-center gap-2 text-faint text-xs">
      {state === "failed" ? (
        <>
          Older captures could not be loaded.
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        </>
      ) : (
        "Loading older captures…"
      )}
    </p>
  );
}
