"use client";

import { FileOutput, Terminal } from "lucide-react";
import { lazy, Suspense } from "react";
import { request } from "#components/api/request.ts";
import { Action } from "#components/capture/action-bar.tsx";
import { useCommands } from "#components/commands/use-commands.ts";
import { captureExportPath, lastFormat, nameOfFormat } from "#components/export/formats.ts";
import { notify, notifyError } from "#components/ui/toast.tsx";
import { ClipboardRefused, writeClipboard } from "#components/ui/write-clipboard.ts";
import type { Capture } from "#lib/contract/capture.ts";

const CopyAsDialog = lazy(() =>
  import("#components/export/copy-as-dialog.tsx").then((module) => ({
    default: module.CopyAsDialog,
  })),
);

async function copyAsLast(id: string, showCode: () => void): Promise<void> {
  const format = lastFormat();
  try {
    const code = request(captureExportPath(id, format)).then((response) => response.text());
    await writeClipboard(code);
    notify(`Copied as ${nameOfFormat(format)}`);
  } catch (cause) {
    const remedy = { label: "Show the code", onClick: showCode };
    notifyError(
      "Nothing was copied",
      cause,
      cause instanceof ClipboardRefused ? remedy : undefined,
    );
  }
}

type CopyAsActionsProps = { capture: Capture; onOpen: () => void };

/** One click copies as what was used last, curl to begin with; the other shows all there is. */
export function CopyAsActions({ capture, onOpen }: CopyAsActionsProps) {
  return (
    <>
      <Action
        icon={Terminal}
        label="Copy as curl, or as what was used last"
        onClick={() => void copyAsLast(capture.id, onOpen)}
      />
      <Action icon={FileOutput} label="Copy as… and download" caption="Copy as…" onClick={onOpen} />
    </>
  );
}

type CopyAsProps = { capture: Capture; open: boolean; onOpenChange: (open: boolean) => void };

export function CopyAs({ capture, open, onOpenChange }: CopyAsProps) {
  useCommands([
    {
      id: "capture.copy-as",
      title: "Copy the capture as code, or download it",
      group: "Captures",
      keywords: "export curl httpie fetch node python go php har http",
      icon: FileOutput,
      run: () => onOpenChange(true),
    },
  ]);
  if (!open) return null;
  return (
    <Suspense>
      <CopyAsDialog capture={capture} open={open} onOpenChange={onOpenChange} />
    </Suspense>
  );
}
