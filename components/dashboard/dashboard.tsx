"use client";

import { Keyboard, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useCallback, useMemo, useState } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { BinsPanel } from "#components/bins/bins-panel.tsx";
import { useMarkSeen } from "#components/bins/use-mark-seen.ts";
import { ResendFound } from "#components/bulk/bulk-buttons.tsx";
import { LazyBulk } from "#components/bulk/lazy-bulk.tsx";
import { CaptureList } from "#components/captures/capture-list.tsx";
import type { Found } from "#components/captures/found.ts";
import { ListHeader } from "#components/captures/list-header.tsx";
import { PauseButton } from "#components/captures/pause-button.tsx";
import { SelectButton } from "#components/captures/select-button.tsx";
import { useCaptureCommands } from "#components/captures/use-capture-commands.ts";
import { useChecked } from "#components/captures/use-checked.ts";
import { useDeleteFound } from "#components/captures/use-delete-found.tsx";
import { useDeleting } from "#components/captures/use-deleting.ts";
import { CommandButton } from "#components/commands/command-button.tsx";
import { CommandCenter } from "#components/commands/command-center.tsx";
import { LazyComparePanel } from "#components/compare/lazy-compare.tsx";
import { BinBar } from "#components/dashboard/bin-bar.tsx";
import { BinGone } from "#components/dashboard/bin-gone.tsx";
import { type BinDialog, BinMenu } from "#components/dashboard/bin-menu.tsx";
import { NothingSelected } from "#components/dashboard/nothing-selected.tsx";
import { NotifyButton } from "#components/dashboard/notify-button.tsx";
import type { PanelSizes } from "#components/dashboard/panel-sizes.ts";
import { PanelToggles } from "#components/dashboard/panel-toggles.tsx";
import { Panels, usePanels } from "#components/dashboard/panels.tsx";
import { useBinCommands } from "#components/dashboard/use-bin-commands.ts";
import { useDocumentTitle } from "#components/dashboard/use-document-title.ts";
import { useNotifications } from "#components/dashboard/use-notifications.ts";
import { useSelectionKeys } from "#components/dashboard/use-selection-keys.ts";
import { useHidden, useUnseen } from "#components/dashboard/use-unseen.ts";
import {
  captureHref,
  deselectCapture,
  pushView,
  replaceView,
  selectCapture,
  useViewState,
} from "#components/dashboard/use-view-state.ts";
import { isNearlyFull } from "#components/limits/is-nearly-full.ts";
import { shownCaptures, waitingCount } from "#components/live/feed.ts";
import { useFeed } from "#components/live/use-feed.ts";
import { NoMatches } from "#components/search/no-matches.tsx";
import { SearchField } from "#components/search/search-field.tsx";
import { useSearch } from "#components/search/use-search.ts";
import { TimelinePanel } from "#components/timeline/timeline.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";
import { notifyError } from "#components/ui/toast.tsx";
import { useUndoCommand } from "#components/undo/use-undo-command.ts";

import type { Bin } from "#lib/contract/bin.ts";
import type { CapturePage } from "#lib/contract/capture.ts";
import type { Storage } from "#lib/contract/instance-limits.ts";
import { EXPORT_IDS_MAX } from "#lib/contract/limits.ts";

/** With the first capture that is selected. */
const selectionBar = lazyPart(() => import("#components/captures/selection-bar.tsx"));

const loadDetail = () => import("#components/capture/capture-detail.tsx");
/** The first look at a bin needs the list alone; a link to a capture comes with it. */
const CaptureDetail = dynamic(async () => (await loadDetail()).CaptureDetail);
/** Only where something is limited. */
const StorageMeter = dynamic(
  async () => (await import("#components/limits/storage-meter.tsx")).StorageMeter,
);
const CrowdedNotice = dynamic(
  async () => (await import("#components/limits/crowded-notice.tsx")).CrowdedNotice,
);
const StorageNotice = dynamic(
  async () => (await import("#components/limits/storage-notice.tsx")).StorageNotice,
);

/** Most bins have no rules: whether this one has is found out after the first look. */
const RulesSign = dynamic(
  async () => (await import("#components/forwards/rules-sign.tsx")).RulesSign,
  { ssr: false },
);

type DashboardProps = {
  bin: Bin;
  page: CapturePage;
  /** All of the workspace. */
  bins: readonly Bin[];
  panelSizes: PanelSizes | undefined;
  storage: Storage | null;
  capturesPerBin: number;
};

export function Dashboard({ bins, panelSizes, capturesPerBin, ...initial }: DashboardProps) {
  const router = useRouter();
  const { bin, setBin, storage, feed, connection, gone, paging, change, subscribe } =
    useFeed(initial);
  const view = useViewState();
  const panels = usePanels(panelSizes);
  const [dialog, setDialog] = useState<BinDialog | null>(null);
  const [leaving, setLeaving] = useState(false);
  const [askingToClear, setAskingToClear] = useState(false);
  const search = useSearch({ binId: bin.id, q: view.q, feed, subscribe, change });
  const all = useMemo(
    () => shownCaptures({ captures: feed.captures, heldAt: feed.heldAt }),
    [feed.captures, feed.heldAt],
  );
  const captures = search?.captures ?? all;
  const hrefOf = useCallback((id: string) => captureHref(view, id), [view]);
  const unseen = useUnseen(feed.newestSeq);
  useMarkSeen(bin.id, feed.newestSeq, useHidden());
  useDocumentTitle(`${unseen > 0 ? `(${unseen}) ` : ""}${binLabel(bin)} · Inlet`);
  const notifications = useNotifications({ bin, unseen, newest: feed.captures[0] });
  const checked = useChecked({ feed, q: view.q, shown: captures });
  const { whole } = checked;
  const hasOlder = search?.hasOlder ?? feed.hasOlder;
  // An export names its captures in its URL, where there is room for so many.
  const isMore = hasOlder || captures.length > EXPORT_IDS_MAX;
  const deleting = useDeleting({ binId: bin.id, captures, change });
  const deletingFound = useDeleteFound({
    isFinal: storage !== null && storage.full !== null,
    async remove(found) {
      await deleting.removeFound(found);
      checked.dispatch({ type: "cleared" });
    },
  });
  const hasFound = view.q !== null && search?.state === "found" && captures.length > 0;
  const bar = useLazyPart(selectionBar, checked.selecting);
  useSelectionKeys(captures);
  useCaptureCommands({
    binId: bin.id,
    captures,
    checked,
    isMore,
    onAll: checkAll,
    change,
    onDelete: deleting.remove,
    onDeleteWhole: removeWhole,
    onDeleteFound: hasFound ? () => deletingFound.start(everything()) : null,
  });
  useUndoCommand();
  useBinCommands({
    bin,
    hasCaptures: feed.stored > 0,
    onDialog: setDialog,
    onClear: clear,
  });

  /** What the list shows, and would show further down. */
  function everything(): Found {
    const upTo = search?.shownUpTo ?? feed.heldAt ?? feed.newestSeq;
    return { q: view.q, upTo, count: null, asOf: null };
  }

  function checkAll() {
    checked.dispatch({ type: "all", list: captures, found: everything() });
  }

  async function removeWhole() {
    if (whole) await deletingFound.start(whole);
  }

  function clear() {
    // Without room it is for good.
    if (storage?.full) return setAskingToClear(true);
    deleting.clear().catch((cause) => notifyError("Nothing was deleted", cause));
  }

  if (gone && !leaving && dialog !== "delete") return <BinGone />;

  const isEmpty = feed.captures.length === 0 && feed.stored === 0;
  return (
    <div className="flex h-dvh flex-col">
      <BinBar
        bin={bin}
        connection={connection}
        sign={<RulesSign binId={bin.id} onOpen={() => setDialog("rules")} />}
        toggles={<PanelToggles state={panels} />}
        commands={
          <>
            <CommandButton
              id="palette.open"
              label="Find a command, a bin or a capture"
              icon={Search}
              shortcut="Mod+k"
            />
            <CommandButton
              id="help.open"
              label="Keyboard shortcuts"
              icon={Keyboard}
              shortcut="?"
              className="max-sm:hidden"
            />
          </>
        }
        menu={
          <BinMenu
            bin={bin}
            dialog={dialog}
            onDialog={setDialog}
            onChanged={setBin}
            onClear={clear}
            onDeleted={() => {
              setLeaving(true);
              router.push("/bins");
            }}
          />
        }
      />
      {connection === "crowded" && <CrowdedNotice />}
      {storage && isNearlyFull(storage) && (
        <StorageNotice
          storage={storage}
          bin={{
            stored: feed.stored,
            asking: askingToClear,
            onAsking: setAskingToClear,
            onClear: deleting.clear,
          }}
        />
      )}
      <main className="min-h-0 flex-1">
        <Panels
          state={panels}
          pane={view.capture !== null || isEmpty ? "detail" : "list"}
          bins={
            <BinsPanel
              bins={bins}
              current={bin}
              foot={
                storage && storage.limitBytes !== null ? (
                  <StorageMeter storage={storage} className="border-t px-3 py-2.5" />
                ) : null
              }
            />
          }
          list={
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
                binId={bin.id}
                newestSeq={feed.newestSeq}
                subscribe={subscribe}
                q={view.q}
                search={search}
                paused={feed.paused}
              />
              {checked.selecting && bar ? (
                <bar.SelectionBar
                  binId={bin.id}
                  checked={checked}
                  isMore={isMore}
                  change={change}
                  onDelete={whole ? removeWhole : () => deleting.remove(checked.captures)}
                  onAll={checkAll}
                  onDone={() => checked.dispatch({ type: "cleared" })}
                />
              ) : (
                <ListHeader stored={feed.stored} max={capturesPerBin} paused={feed.paused}>
                  {hasFound && <ResendFound q={view.q!} search={search!} />}
                  <SelectButton onSelect={() => checked.dispatch({ type: "selecting" })} />
                  <PauseButton
                    paused={feed.paused}
                    onPause={() => change({ type: "paused" })}
                    onResume={() => change({ type: "resumed" })}
                  />
                  <NotifyButton notifications={notifications} />
                </ListHeader>
              )}
              <CaptureList
                key={view.q}
                captures={captures}
                newestSeq={feed.newestSeq}
                held={search?.held ?? feed.heldAt !== null}
                waiting={search?.waiting ?? waitingCount(feed)}
                hasOlder={hasOlder}
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
              ) : view.compare !== null ? (
                <LazyComparePanel
                  id={view.capture}
                  withId={view.compare}
                  onChange={(capture, compare) => replaceView({ capture, compare })}
                  onClose={() => pushView({ compare: null })}
                />
              ) : (
                <CaptureDetail
                  id={view.capture}
                  removed={feed.removedIds.has(view.capture)}
                  onBack={deselectCapture}
                  onChanged={({ id, note, starred }) =>
                    change({ type: "changed", captures: [{ id, note, starred }] })
                  }
                  onDelete={(capture) => deleting.remove([capture])}
                />
              )}
            </section>
          }
        />
      </main>
      {deletingFound.question}
      <LazyBulk binId={bin.id} isLive={connection === "live"} />
      <CommandCenter
        bins={bins}
        currentBinId={bin.id}
        captures={captures}
        onBin={(id) => router.push(`/bins/${id}`)}
        onCapture={(id) => selectCapture(id)}
      />
    </div>
  );
}
