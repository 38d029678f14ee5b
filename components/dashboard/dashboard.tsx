"use client";

import { Keyboard, Search } from "lucide-react";
import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useMemo, useState } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { BinsPanel } from "#components/bins/bins-panel.tsx";
import { useMarkSeen } from "#components/bins/use-mark-seen.ts";
import { LazyBulk } from "#components/bulk/lazy-bulk.tsx";
import { useCaptureWork } from "#components/captures/use-capture-work.tsx";
import { CommandButton } from "#components/commands/command-button.tsx";
import { CommandCenter } from "#components/commands/command-center.tsx";
import { BinBar } from "#components/dashboard/bin-bar.tsx";
import { BinGone } from "#components/dashboard/bin-gone.tsx";
import { type BinDialog, BinMenu } from "#components/dashboard/bin-menu.tsx";
import { DetailPane } from "#components/dashboard/detail-pane.tsx";
import { ListPane } from "#components/dashboard/list-pane.tsx";
import type { PanelSizes } from "#components/dashboard/panel-sizes.ts";
import { PanelToggles } from "#components/dashboard/panel-toggles.tsx";
import { Panels, usePanels } from "#components/dashboard/panels.tsx";
import { useBinCommands } from "#components/dashboard/use-bin-commands.ts";
import { useDocumentTitle } from "#components/dashboard/use-document-title.ts";
import { useNotifications } from "#components/dashboard/use-notifications.ts";
import { useSelectionKeys } from "#components/dashboard/use-selection-keys.ts";
import { useHidden, useUnseen } from "#components/dashboard/use-unseen.ts";
import { selectCapture, useViewState } from "#components/dashboard/use-view-state.ts";
import { isNearlyFull } from "#components/limits/is-nearly-full.ts";
import { shownCaptures } from "#components/live/feed.ts";
import { useFeed } from "#components/live/use-feed.ts";
import { useSearch } from "#components/search/use-search.ts";
import { notifyError } from "#components/ui/toast.tsx";
import { useUndoCommand } from "#components/undo/use-undo-command.ts";
import type { Bin } from "#lib/contract/bin.ts";
import type { CapturePage } from "#lib/contract/capture.ts";
import type { Storage } from "#lib/contract/instance-limits.ts";

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
  const live = useFeed(initial);
  const { bin, setBin, storage, feed, connection, gone, change, subscribe } = live;
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
  const unseen = useUnseen(feed.newestSeq);
  useMarkSeen(bin.id, feed.newestSeq, useHidden());
  useDocumentTitle(`${unseen > 0 ? `(${unseen}) ` : ""}${binLabel(bin)} · Inlet`);
  const notifications = useNotifications({ bin, unseen, newest: feed.captures[0] });
  useSelectionKeys(captures);
  const work = useCaptureWork({
    binId: bin.id,
    q: view.q,
    feed,
    search,
    captures,
    isFull: storage !== null && storage.full !== null,
    change,
  });
  const { deleting } = work;
  useUndoCommand();
  useBinCommands({
    bin,
    hasCaptures: feed.stored > 0,
    onDialog: setDialog,
    onClear: clear,
  });

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
            <ListPane
              binId={bin.id}
              live={live}
              view={view}
              search={search}
              captures={captures}
              work={work}
              capturesPerBin={capturesPerBin}
              notifications={notifications}
            />
          }
          detail={
            <DetailPane
              view={view}
              captureUrl={bin.captureUrl}
              isEmpty={isEmpty}
              removedIds={feed.removedIds}
              change={change}
              onDelete={(capture) => deleting.remove([capture])}
            />
          }
        />
      </main>
      {work.question}
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
