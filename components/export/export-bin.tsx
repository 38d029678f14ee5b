"use client";

import { FileOutput } from "lucide-react";
import { lazy, Suspense } from "react";
import { useCommands } from "#components/commands/use-commands.ts";
import { useViewState } from "#components/dashboard/use-view-state.ts";
import type { Bin } from "#lib/contract/bin.ts";

const ExportDialog = lazy(() =>
  import("#components/export/export-dialog.tsx").then((module) => ({
    default: module.ExportDialog,
  })),
);

type ExportBinProps = { bin: Bin; open: boolean; onOpenChange: (open: boolean) => void };

/** What the list shows: the whole bin, or what matches the search. */
export function ExportBin({ bin, open, onOpenChange }: ExportBinProps) {
  const { q } = useViewState();
  useCommands([
    {
      id: "bin.export",
      title: q ? "Export the captures that match" : "Export all captures of the bin",
      group: "Bin",
      keywords: "download har json ndjson http",
      icon: FileOutput,
      run: () => onOpenChange(true),
    },
  ]);
  if (!open) return null;
  const scope = { binId: bin.id, q, total: q ? null : bin.storedCount };
  return (
    <Suspense>
      <ExportDialog scope={scope} open={open} onOpenChange={onOpenChange} />
    </Suspense>
  );
}
