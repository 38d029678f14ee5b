"use client";

import dynamic from "next/dynamic";
import { loadDetail } from "#components/capture/load-detail.ts";
import { LazyComparePanel } from "#components/compare/lazy-compare.tsx";
import { NothingSelected } from "#components/dashboard/nothing-selected.tsx";
import {
  deselectCapture,
  pushView,
  replaceView,
  type ViewState,
} from "#components/dashboard/use-view-state.ts";
import type { FeedAction } from "#components/live/feed.ts";
import type { Summary } from "#lib/contract/capture.ts";

const CaptureDetail = dynamic(async () => (await loadDetail()).CaptureDetail);

type DetailPaneProps = {
  view: ViewState;
  captureUrl: string;
  /** Nothing has come yet. */
  isEmpty: boolean;
  removedIds: ReadonlySet<string>;
  change: (action: FeedAction) => void;
  onDelete: (capture: Pick<Summary, "id" | "seq">) => Promise<void>;
};

/** The capture that is selected, or two of them side by side. */
export function DetailPane({ view, removedIds, change, ...props }: DetailPaneProps) {
  const { capture, compare } = view;
  return (
    <section
      aria-label="Capture"
      data-scrolls
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard
      tabIndex={0}
      className="ring-inset-focus min-h-0 flex-1 overflow-y-auto"
    >
      {capture === null ? (
        <NothingSelected captureUrl={props.captureUrl} isEmpty={props.isEmpty} />
      ) : compare !== null ? (
        <LazyComparePanel
          id={capture}
          withId={compare}
          onChange={(left, right) => replaceView({ capture: left, compare: right })}
          onClose={() => pushView({ compare: null })}
        />
      ) : (
        <CaptureDetail
          id={capture}
          removed={removedIds.has(capture)}
          onBack={deselectCapture}
          onChanged={({ id, note, starred }) =>
            change({ type: "changed", captures: [{ id, note, starred }] })
          }
          onDelete={props.onDelete}
        />
      )}
    </section>
  );
}
