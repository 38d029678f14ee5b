"use client";

import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { BinsPanel } from "#components/bins/bins-panel.tsx";
import { useMarkSeen } from "#components/bins/use-mark-seen.ts";
import { CaptureDetail } from "#components/capture/capture-detail.tsx";
import { CaptureList } from "#components/captures/capture-list.tsx";
import { ListHeader } from "#components/captures/list-header.tsx";
import { PauseButton } from "#components/captures/pause-button.tsx";
import { BinBar } from "#components/dashboard/bin-bar.tsx";
import { BinGone } from "#components/dashboard/bin-gone.tsx";
import { type BinDialog, BinMenu } from "#components/dashboard/bin-menu.tsx";
import { NothingSelected } from "#components/dashboard/nothing-selected.tsx";
import { NotifyButton } from "#components/dashboard/notify-button.tsx";
import type { PanelSizes } from "#components/dashboard/panel-sizes.ts";
import { PanelToggles } from "#components/dashboard/panel-toggles.tsx";
import { Panels, usePanels } from "#components/dashboard/panels.tsx";
import { useDocumentTitle } from "#components/dashboard/use-document-title.ts";
import { useNotifications } from "#components/dashboard/use-notifications.ts";
import { useSelectionKeys } from "#components/dashboard/use-selection-keys.ts";
import { useHidden, useUnseen } from "#components/dashboard/use-unseen.ts";
import {
  captureHref,
  deselectCapture,
  selectCapture,
  useViewState,
} from "#components/dashboard/use-view-state.ts";
import { shownCaptures, waitingCount } from "#components/live/feed.ts";
import { useFeed } from "#components/live/use-feed.ts";
import { TimelinePanel } from "#components/timeline/timeline.tsx";
import type { Bin } from "#lib/contract/bin.ts";
import type { CapturePage } from "#lib/contract/capture.ts";

type DashboardProps = {
  bin: Bin;
  page: CapturePage;
  /** All of the workspace. */
  bins: readonly Bin[];
  panelSizes: PanelSizes | undefined;
};

export function Dashboard({ bins, panelSizes, ...initial }: DashboardProps) {
  const router = useRouter();
  const { bin, setBin, feed, connection, gone, paging, change, subscribe } = useFeed(initial);
  const view = useViewState();
  const panels = usePanels(panelSizes);
  const [dialog, setDialog] = useState<BinDialog | null>(null);
  const [leaving, setLeaving] = useState(false);
  const captures = shownCaptures(feed);
  const hrefOf = useCallback((id: string) => captureHref(view, id), [view]);
  const unseen = useUnseen(feed.newestSeq);
  useMarkSeen(bin.id, feed.newestSeq, useHidden());
  useDocumentTitle(`${unseen > 0 ? `(${unseen}) ` : ""}${binLabel(bin)} · Inlet`);
  const notifications = useNotifications({ bin, unseen, newest: feed.captures[0] });
  useSelectionKeys(captures);

  if (gone && !leaving && dialog !== "delete") return <BinGone />;

  const isEmpty = captures.length === 0 && feed.stored === 0;
  return (
    <div className="flex h-dvh flex-col">
      <BinBar
        bin={bin}
        connection={connection}
        toggles={<PanelToggles state={panels} />}
        menu={
          <BinMenu
            bin={bin}
            dialog={dialog}
            onDialog={setDialog}
            onRenamed={setBin}
            onCleared={() => change({ type: "removed", all: true })}
            onDeleted={() => {
              setLeaving(true);
              router.push("/bins");
            }}
          />
        }
      />
      <main className="min-h-0 flex-1">
        <Panels
          state={panels}
          pane={view.capture !== null || isEmpty ? "detail" : "list"}
          bins={<BinsPanel bins={bins} current={bin} />}
          list={
            <section aria-label="Captures" className="flex min-h-0 flex-1 flex-col">
              {/* The search field goes here. */}
              <TimelinePanel
                binId={bin.id}
                newestSeq={feed.newestSeq}
                subscribe={subscribe}
                q={view.q}
                paused={feed.paused}
              />
              <ListHeader stored={feed.stored} paused={feed.paused}>
                {/* What acts on the selected captures goes here. */}
                <PauseButton
                  paused={feed.paused}
                  onPause={() => change({ type: "paused" })}
                  onResume={() => change({ type: "resumed" })}
                />
                <NotifyButton notifications={notifications} />
              </ListHeader>
              <CaptureList
                captures={captures}
                newestSeq={feed.newestSeq}
                held={feed.heldAt !== null}
                waiting={waitingCount(feed)}
                hasOlder={feed.hasOlder}
                paging={paging}
                selectedId={view.capture}
                hrefOf={hrefOf}
                onSelect={selectCapture}
                onLeaveTop={() => change({ type: "held" })}
                onReachTop={() => change({ type: "followed" })}
                onShowNewest={() => change({ type: feed.paused ? "resumed" : "followed" })}
              />
            </section>
          }
          detail={
            <section
              aria-label="Capture"
              data-scrolls
              // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard
              tabIndex={0}
              className="ring-inset-focus min-h-0 flex-1 overflow-y-auto"
            >
              {view.capture === null ? (
                <NothingSelected captureUrl={bin.captureUrl} isEmpty={isEmpty} />
              ) : (
                <CaptureDetail
                  id={view.capture}
                  removed={feed.removedIds.has(view.capture)}
                  onBack={deselectCapture}
                  onChanged={({ id, note, starred }) =>
                    change({ type: "changed", captures: [{ id, note, starred }] })
                  }
                  onDeleted={(id) => change({ type: "removed", ids: [id] })}
                />
              )}
            </section>
          }
        />
      </main>
    </div>
  );
}
