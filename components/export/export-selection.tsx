"use client";

import { FileOutput } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Button } from "#components/ui/button.tsx";
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
      <Button
        variant="ghost"
        size="icon"
        className="pointer-coarse:size-11"
        aria-label={label}
        title={label}
        onClick={() => setOpen(true)}
      >
        <FileOutput aria-hidden />
      </Button>
      {open && (
        <Suspense>
          <ExportDialog scope={scope} open={open} onOpenChange={setOpen} />
        </Suspense>
      )}
    </>
  );
}
