"use client";

import { FileOutput } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { IconButton } from "#components/ui/icon-button.tsx";
import type { Summary } from "#lib/contract/capture.ts";

const ExportDialog = lazy(() =>
  import("#components/export/export-dialog.tsx").then((module) => ({
    default: module.ExportDialog,
  })),
);

type ExportSelectionProps = { binId: string; captures: readonly Summary[] };

export function ExportSelection({ binId, captures }: ExportSelectionProps) {
  const [open, setOpen] = useState(false);
  const label = "Export the selected captures";
  const scope = { binId, ids: captures.map(({ id }) => id), total: captures.length };
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
