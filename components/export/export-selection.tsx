"use client";

import { FileOutput } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import type { Found } from "#components/captures/found.ts";
import { useCommands } from "#components/commands/use-commands.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Summary } from "#lib/contract/capture.ts";

const ExportDialog = lazy(() =>
  import("#components/export/export-dialog.tsx").then((module) => ({
    default: module.ExportDialog,
  })),
);

type ExportSelectionProps = {
  binId: string;
  captures: readonly Summary[];
  /** Instead of `captures`: all that is found. */
  whole?: Found | null;
};

export function ExportSelection({ binId, captures, whole }: ExportSelectionProps) {
  const [open, setOpen] = useState(false);
  const label = "Export the selected captures";
  const scope = whole
    ? { binId, q: whole.q, upTo: whole.upTo, asOf: whole.asOf, total: whole.count }
    : { binId, ids: captures.map(({ id }) => id), total: captures.length };
  useCommands([
    {
      id: "selection.export",
      title: `${label}…`,
      group: "Captures",
      keywords: "download har json ndjson http",
      icon: FileOutput,
      run: () => setOpen(true),
    },
  ]);
  return (
    <>
      <IconButton icon={FileOutput} label={label} onClick={() => setOpen(true)} />
      {open && (
        <Suspense>
          <ExportDialog scope={scope} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
