"use client";

import Link from "next/link";
import { useRouter } from "next/navigation";
import { useCallback, useState } from "react";
import { binLabel } from "#components/bins/bin-label.ts";
import { CaptureDetail } from "#components/capture/capture-detail.tsx";
import { CaptureList } from "#components/captures/capture-list.tsx";
import { BinBar } from "#components/dashboard/bin-bar.tsx";
import { type BinDialog, BinMenu } from "#components/dashboard/bin-menu.tsx";
import { NothingSelected } from "#components/dashboard/nothing-selected.tsx";
import { useDocumentTitle } from "#components/dashboard/use-document-title.ts";
import { useSelection } from "#components/dashboard/use-selection.ts";
import { useSelectionKeys } from "#components/dashboard/use-selection-keys.ts";
import { shownCaptures, waitingCount } from "#components/live/feed.ts";
import { useFeed } from "#components/live/use-feed.ts";
import { MessagePage } from "#components/site/message-page.tsx";
import { buttonStyle } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCount } from "#components/ui/format-count.ts";
import type { Bin } from "#lib/contract/bin.ts";
import type { CapturePage } from "#lib/contract/capture.ts";

type DashboardProps = { bin: Bin; page: CapturePage };

export function Dashboard(initial: DashboardProps) {
  const router = useRouter();
  const { bin, setBin, feed, connection, gone, paging, change } = useFeed(initial);
  const { selectedId, select, deselect } = useSelection();
  const [dialog, setDialog] = useState<BinDialog | null>(null);
  const [leaving, setLeaving] = useState(false);
  const captures = shownCaptures(feed);
  useDocumentTitle(`${binLabel(bin)} · Inlet`);
  useSelectionKeys(
    captures,
    useCallback((id: string) => select(id, true), [select]),
  );

  if (gone && !leaving && dialog !== "delete") return <BinGone />;

  const isEmpty = captures.length === 0 && feed.stored === 0;
  const showsDetail = selectedId !== null || isEmpty;
  return (
    <div className="flex h-dvh flex-col">
      <BinBar
        bin={bin}
        connection={connection}
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
      <main className="grid min-h-0 flex-1 md:grid-cols-[340px_minmax(0,1fr)] lg:grid-cols-[400px_minmax(0,1fr)]">
        <section
          aria-label="Captures"
          className={cn("flex min-h-0 flex-col md:border-r", showsDetail && "max-md:hidden")}
        >
          <p className="flex h-10 shrink-0 items-center border-b px-3 text-muted text-xs">
            {formatCount(feed.stored, "capture")}
          </p>
          <CaptureList
            captures={captures}
            newestSeq={feed.newestSeq}
            waiting={waitingCount(feed)}
            hasOlder={feed.hasOlder}
            paging={paging}
            selectedId={selectedId}
            onSelect={select}
            onLeaveTop={() => change({ type: "held" })}
            onReachTop={() => change({ type: "followed" })}
          />
        </section>
        <section
          aria-label="Capture"
          data-scrolls
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller has to be reachable by keyboard
          tabIndex={0}
          className={cn(
            "ring-inset-focus min-h-0 overflow-y-auto",
            !showsDetail && "max-md:hidden",
          )}
        >
          {selectedId === null ? (
            <NothingSelected captureUrl={bin.captureUrl} isEmpty={isEmpty} />
          ) : (
            <CaptureDetail
              id={selectedId}
              removed={feed.removedIds.has(selectedId)}
              onBack={deselect}
              onChanged={({ id, note, starred }) => change({ type: "changed", id, note, starred })}
              onDeleted={(id) => change({ type: "removed", ids: [id] })}
            />
          )}
        </section>
      </main>
    </div>
  );
}

function BinGone() {
  return (
    <MessagePage
      title="This bin was deleted"
      actions={
        <Link href="/bins" className={buttonStyle({ variant: "primary" })}>
          Your bins
        </Link>
      }
    >
      <p>
        Somebody deleted it, and its captures with it, while you were looking. Its URL answers 404
        now.
      </p>
    </MessagePage>
  );
}
