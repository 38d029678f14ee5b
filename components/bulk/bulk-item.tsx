"use client";

import { ChevronRight, Pause, Play, RotateCcw, X } from "lucide-react";
import { useState } from "react";
import { controlBulkResend } from "#components/api/bulk-resends.ts";
import { noteBulkResends, openBulkResend } from "#components/bulk/bulk-resends.ts";
import { closedSummaries } from "#components/bulk/closed-summaries.ts";
import { announce, describeCounts, formatDuration } from "#components/bulk/describe-bulk.ts";
import { UnsuccessfulList } from "#components/bulk/unsuccessful-list.tsx";
import { Button } from "#components/ui/button.tsx";
import { cn } from "#components/ui/cn.ts";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import { Exact } from "#components/ui/exact.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { notifyError } from "#components/ui/toast.tsx";
import { useNow } from "#components/ui/use-now.ts";
import type { BulkResend } from "#lib/contract/bulk-resend.ts";

/** Cancelling more than this asks first. */
const CONFIRM_FROM = 20;

type BulkItemProps = { bulk: BulkResend; isLive: boolean };

/** One bulk resend: how far it is and what can be done, then its summary. */
export function BulkItem({ bulk, isLive }: BulkItemProps) {
  const [isOpen, setOpen] = useState(false);
  const { id, state, total, sent, skipped, other, failed, url } = bulk;
  const hasEnded = bulk.endedAt !== null;
  const unsuccessful = other + failed;
  const title = {
    running: "Resending to",
    paused: "Paused: resending to",
    cancelled: "Cancelled: resending to",
    done: "Resent to",
  }[state];
  return (
    <article aria-label={`${title} ${url}`} className="flex flex-col gap-1.5 px-4 py-2 text-sm">
      <p role="status" className="sr-only">
        {announce(bulk)}
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
        <p className="flex min-w-0 flex-1 basis-64 items-baseline gap-1.5">
          <span className={cn("shrink-0 font-medium", state === "paused" && "text-amber")}>
            {title}
          </span>
          <span className="truncate font-mono text-xs" title={url}>
            <Exact text={url} />
          </span>
        </p>
        <div className="ml-auto flex flex-wrap justify-end gap-2">
          {hasEnded ? (
            <SummaryActions
              bulk={bulk}
              isOpen={isOpen}
              onToggle={unsuccessful > 0 ? () => setOpen(!isOpen) : null}
            />
          ) : (
            <RunActions bulk={bulk} />
          )}
        </div>
      </div>
      <Bar bulk={bulk} />
      <p className="text-muted text-xs">
        <span className="font-medium text-ink tabular-nums">
          {(sent + skipped).toLocaleString("en")} of {formatCount(total, "capture")}
        </span>
        {sent + skipped > 0 && ` · ${describeCounts(bulk)}`}
        {state === "running" && <TimeLeft bulk={bulk} />}
        {!isLive && !hasEnded && (
          <span className="text-amber">
            {" "}
            · not connected: this is how far it was, and the server goes on
          </span>
        )}
      </p>
      {isOpen && <UnsuccessfulList key={id} bulkId={id} />}
    </article>
  );
}

function TimeLeft({ bulk: { estimatedEndAt } }: { bulk: BulkResend }) {
  const now = useNow();
  if (estimatedEndAt === null || now === null) return null;
  // The shared clock moves on every ten seconds; what was told since is newer than that.
  const left = Date.parse(estimatedEndAt) - Math.max(now, Date.now());
  return left > 0 ? ` · about ${formatDuration(left)} left` : null;
}

/** Green for 2xx, amber for other answers, red for what failed; the rest is still to come. */
function Bar({ bulk }: { bulk: BulkResend }) {
  const { total, sent, skipped, succeeded, other, failed } = bulk;
  const parts = [
    [succeeded, "bg-green"],
    [other, "bg-amber"],
    [failed, "bg-red"],
    [skipped, "bg-line-strong"],
  ] as const;
  return (
    <div
      role="progressbar"
      aria-label="Captures sent"
      aria-valuemin={0}
      aria-valuemax={total}
      aria-valuenow={sent + skipped}
      className="flex h-1.5 overflow-hidden rounded-full bg-hover"
    >
      {parts.map(([count, colour]) => (
        <div key={colour} className={colour} style={{ width: `${(100 * count) / total}%` }} />
      ))}
    </div>
  );
}

function RunActions({ bulk }: { bulk: BulkResend }) {
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { id, state, total, sent, skipped } = bulk;
  const left = total - sent - skipped;

  const cancel = async () => noteBulkResends([await controlBulkResend(id, "cancel")]);
  async function run(action: () => Promise<void>, failure: string) {
    setBusy(true);
    await action().catch((cause) => notifyError(failure, cause));
    setBusy(false);
  }
  const toggle = () =>
    state === "paused"
      ? run(
          async () => noteBulkResends([await controlBulkResend(id, "resume")]),
          "It did not go on",
        )
      : run(
          async () => noteBulkResends([await controlBulkResend(id, "pause")]),
          "It was not paused",
        );

  return (
    <>
      <Button size="sm" className="pointer-coarse:h-11" disabled={isBusy} onClick={toggle}>
        {state === "paused" ? <Play aria-hidden /> : <Pause aria-hidden />}
        {state === "paused" ? "Resume" : "Pause"}
      </Button>
      <Button
        size="sm"
        className="pointer-coarse:h-11"
        disabled={isBusy}
        onClick={() =>
          left > CONFIRM_FROM ? setAsking(true) : run(cancel, "It was not cancelled")
        }
      >
        <X aria-hidden />
        Cancel
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title="Send no more?"
        description={`${formatCount(left, "capture")} will not be sent. To send them later, pause it instead.`}
        action="Send no more"
        onConfirm={cancel}
      />
    </>
  );
}

type SummaryActionsProps = {
  bulk: BulkResend;
  isOpen: boolean;
  /** Null when there is nothing to list. */
  onToggle: (() => void) | null;
};

function SummaryActions({ bulk, isOpen, onToggle }: SummaryActionsProps) {
  return (
    <>
      {onToggle && (
        <>
          <Button
            size="sm"
            className="pointer-coarse:h-11"
            aria-expanded={isOpen}
            onClick={onToggle}
          >
            <ChevronRight
              aria-hidden
              className={cn("transition-transform", isOpen && "rotate-90")}
            />
            {(bulk.other + bulk.failed).toLocaleString("en")} without a 2xx
          </Button>
          <Button
            size="sm"
            className="pointer-coarse:h-11"
            onClick={() => openBulkResend({ unsuccessfulOf: bulk })}
          >
            <RotateCcw aria-hidden />
            Resend those…
          </Button>
        </>
      )}
      <Button
        size="sm"
        variant="ghost"
        className="pointer-coarse:h-11"
        onClick={() => closedSummaries.close(bulk.id)}
      >
        <X aria-hidden />
        Close
      </Button>
    </>
  );
}
