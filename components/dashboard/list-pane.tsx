"use client";

import { useCallback } from "react";
import { ResendFound } from "#components/bulk/bulk-buttons.tsx";
import { loadDetail } from "#components/capture/load-detail.ts";
import { CaptureList } from "#components/captures/capture-list.tsx";
import { ListHeader } from "#components/captures/list-header.tsx";
import { PauseButton } from "#components/captures/pause-button.tsx";
import { SelectButton } from "#components/captures/select-button.tsx";
import type { CaptureWork } from "#components/captures/use-capture-work.tsx";
import { NotifyButton } from "#components/dashboard/notify-button.tsx";
import type { Notifications } from "#components/dashboard/use-notifications.ts";
import {
  captureHref,
  pushView,
  selectCapture,
  type ViewState,
} from "#components/dashboard/use-view-state.ts";
import { waitingCount } from "#components/live/feed.ts";
import type { useFeed } from "#components/live/use-feed.ts";
import { NoMatches } from "#components/search/no-matches.tsx";
import { SearchField } from "#components/search/search-field.tsx";
import type { Search } from "#components/search/use-search.ts";
import { TimelinePanel } from "#components/timeline/timeline.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import type { Summary } from "#lib/contract/capture.ts";

/** With the first capture that is selected. */
const selectionBar = lazyPart(() => import("#components/captures/selection-bar.tsx"));

type ListPaneProps = {
  binId: string;
  live: Pick<ReturnType<typeof useFeed>, "feed" | "paging" | "change" | "subscribe">;
  view: ViewState;
  search: Search | null;
  /** What is shown, newest first. */
  captures: readonly Summary[];
  work: CaptureWork;
  capturesPerBin: number;
  notifications: Notifications;
};

/** The captures of a bin: search, when they came, and the list with what is done to those selected. */
export function ListPane({ binId, live, view, search, captures, work, ...props }: ListPaneProps) {
  const { feed, paging, change, subscribe } = live;
  const { checked } = work;
  const bar = useLazyPart(selectionBar, checked.selecting);
  const hrefOf = useCallback((id: string) => captureHref(view, id), [view]);
  return (
    <section
      aria-label="Captures"
      onPointerEnter={() => {
        loadDetail().catch(() => {});
        selectionBar.load().catch(() => {});
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <SearchField q={view.q} search={search} captures={feed.captures} />
      <TimelinePanel
        binId={binId}
        newestSeq={feed.newestSeq}
        subscribe={subscribe}
        q={view.q}
        search={search}
        paused={feed.paused}
      />
      {checked.selecting && bar ? (
        <bar.SelectionBar
          binId={binId}
          checked={checked}
          isMore={work.isMore}
          change={change}
          onDelete={work.onDelete}
          onAll={work.onAll}
          onDone={() => checked.dispatch({ type: "cleared" })}
        />
      ) : (
        <ListHeader stored={feed.stored} max={props.capturesPerBin} paused={feed.paused}>
          {work.hasFound && <ResendFound q={view.q!} search={search!} />}
          <SelectButton onSelect={() => checked.dispatch({ type: "selecting" })} />
          <PauseButton
            paused={feed.paused}
            onPause={() => change({ type: "paused" })}
            onResume={() => change({ type: "resumed" })}
          />
          <NotifyButton notifications={props.notifications} />
        </ListHeader>
      )}
      <CaptureList
        key={view.q}
        captures={captures}
        newestSeq={feed.newestSeq}
        held={search?.held ?? feed.heldAt !== null}
        waiting={search?.waiting ?? waitingCount(feed)}
        hasOlder={search?.hasOlder ?? feed.hasOlder}
        paging={search?.paging ?? paging}
        empty={
          search && (
            <NoMatches
              state={search.state}
              query={search.query}
              onClear={() => pushView({ q: null })}
              onRetry={search.retry}
            />
          )
        }
        selectedId={view.capture}
        hrefOf={hrefOf}
        onSelect={selectCapture}
        checkedIds={checked.ids}
        selecting={checked.selecting}
        onCheck={(capture, range) =>
          checked.dispatch(
            range
              ? { type: "extended", list: captures, to: capture.id, from: view.capture }
              : { type: "toggled", capture, list: captures },
          )
        }
        onLeaveTop={() => change({ type: "held" })}
        onReachTop={() => change({ type: "followed" })}
        onShowNewest={() => change({ type: feed.paused ? "resumed" : "followed" })}
      />
    </section>
  );
}
