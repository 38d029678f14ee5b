"use client";

import { useEffect, useRef, useState } from "react";
import { FormatSelect } from "#components/export/format-select.tsx";
import { BIN_FORMATS } from "#components/export/formats.ts";
import { fetchExport, type Progress, saveBlob } from "#components/export/save-export.ts";
import { Button } from "#components/ui/button.tsx";
import { describeError } from "#components/ui/describe-error.ts";
import { Dialog, DialogActions } from "#components/ui/dialog.tsx";
import { formatBytes } from "#components/ui/format-bytes.ts";
import { formatCount } from "#components/ui/format-count.ts";
import { InlineError } from "#components/ui/inline-error.tsx";
import type { BinFormat } from "#lib/contract/export.ts";
import { EXPORT_IDS_MAX } from "#lib/contract/limits.ts";

export type ExportScope = {
  binId: string;
  /** Only these. */
  ids?: readonly string[];
  /** Only what matches. */
  q?: string | null;
  /** Nothing that came after this one. */
  upTo?: number;
  /** What relative times in `q` count from. */
  asOf?: string | null;
  /** How many it will be, where that is known. */
  total: number | null;
};

type ExportDialogProps = {
  scope: ExportScope;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

function pathOf({ binId, ids, q, upTo, asOf }: ExportScope, format: BinFormat): string {
  const query = new URLSearchParams({ format });
  if (ids) query.set("ids", ids.join(","));
  else if (q) query.set("q", q);
  if (upTo !== undefined) query.set("upTo", String(upTo));
  if (asOf) query.set("asOf", asOf);
  return `/bins/${binId}/export?${query}`;
}

function describeScope({ ids, q, total }: ExportScope): string {
  if (ids) return `${formatCount(ids.length, "selected capture")}, oldest first.`;
  if (q) {
    const all = total === null ? "All captures" : formatCount(total, "capture");
    return `${all} that match the search, oldest first.`;
  }
  return `${total === null ? "All captures" : formatCount(total, "capture")} of this bin, oldest first.`;
}

export function ExportDialog({ scope, open, onOpenChange }: ExportDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Export captures"
      description={describeScope(scope)}
    >
      <Contents scope={scope} onDone={() => onOpenChange(false)} />
    </Dialog>
  );
}

function Contents({ scope, onDone }: { scope: ExportScope; onDone: () => void }) {
  const [format, setFormat] = useState<BinFormat>("har");
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [cancelled, setCancelled] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const tooMany = (scope.ids?.length ?? 0) > EXPORT_IDS_MAX;

  async function start() {
    const abort = new AbortController();
    running.current = abort;
    setError(null);
    setCancelled(false);
    setProgress({ bytes: 0, lines: 0 });
    try {
      const blob = await fetchExport(pathOf(scope, format), abort.signal, setProgress);
      saveBlob(blob, `inlet-${scope.binId}.${format}`);
      onDone();
    } catch (cause) {
      if (abort.signal.aborted) setCancelled(true);
      else setError(cause);
      setProgress(null);
    }
  }

  return (
    <>
      <FormatSelect
        label="Format"
        value={format}
        formats={BIN_FORMATS}
        disabled={progress !== null}
        onChange={setFormat}
      />
      {tooMany && (
        <InlineError>
          A selection may have {formatCount(EXPORT_IDS_MAX, "capture")} here. Select fewer, or all
          that match or are in the bin, of which it may have any number.
        </InlineError>
      )}
      {progress && <Running progress={progress} format={format} total={scope.total} />}
      {cancelled && (
        <p role="status" className="text-muted text-sm">
          Cancelled. Nothing was saved.
        </p>
      )}
      {error !== null && (
        <InlineError>
          The export is not complete, so nothing was saved. {describeError(error)}
        </InlineError>
      )}
      <DialogActions>
        <Button onClick={() => (progress ? running.current?.abort() : onDone())}>
          {cancelled ? "Close" : "Cancel"}
        </Button>
        <Button variant="primary" disabled={progress !== null || tooMany} onClick={start}>
          {error === null ? "Export" : "Try again"}
        </Button>
      </DialogActions>
    </>
  );
}

type RunningProps = { progress: Progress; format: BinFormat; total: number | null };

/** In all formats but `.http` each capture is one line. */
function Running({ progress, format, total }: RunningProps) {
  const frame = format === "ndjson" ? 0 : 1;
  const done = format === "http" ? null : Math.max(0, progress.lines - frame);
  const known = done !== null && total !== null && total > 0;
  return (
    <div className="flex flex-col gap-1 text-muted text-sm" role="status">
      <progress
        aria-label="Progress of the export"
        className="h-2 w-full accent-accent"
        max={known ? total : undefined}
        value={known ? Math.min(done, total) : undefined}
      />
      <span>
        {known && `${Math.min(done, total).toLocaleString("en")} of `}
        {known && `${formatCount(total, "capture")}, `}
        {!known && done !== null && `${formatCount(done, "capture")}, `}
        {formatBytes(progress.bytes)}
      </span>
    </div>
  );
}
