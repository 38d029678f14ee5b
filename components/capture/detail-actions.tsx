"use client";

import { Braces, GitCompare, History, Send, Share2, Trash2 } from "lucide-react";
import { lazy, Suspense, useState } from "react";
import { Action, ActionBar, ActionMenu } from "#components/capture/action-bar.tsx";
import { useCommands } from "#components/commands/use-commands.ts";
import { useCompare } from "#components/compare/use-compare.tsx";
import { CopyAs, CopyAsActions } from "#components/export/copy-as.tsx";
import { useResend } from "#components/resend/use-resend.tsx";
import { useTypesDialog } from "#components/types/use-types-dialog.tsx";
import { MenuItem } from "#components/ui/menu.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { Capture } from "#lib/contract/capture.ts";

const ShareDialog = lazy(() =>
  import("#components/share/share-dialog.tsx").then((module) => ({ default: module.ShareDialog })),
);

type DetailActionsProps = { capture: Capture; onDelete: () => Promise<void> };

/**
 * Everything that can be done with the shown capture: one line for each feature. What an action
 * opens stands beside the bar: a menu that closes must not take it along.
 */
export function DetailActions({ capture, onDelete }: DetailActionsProps) {
  const compare = useCompare(capture);
  const resend = useResend(capture);
  const [copying, setCopying] = useState(false);
  const [sharing, setSharing] = useState(false);
  const types = useTypesDialog([capture]);
  useCommands([
    {
      id: "capture.types",
      title: "Make types from the body",
      group: "Captures",
      keywords: "typescript json schema zod go python",
      isEnabled: () => capture.bodySize > 0,
      run: types.show,
    },
  ]);
  return (
    <>
      <ActionBar>
        <Action icon={Send} label="Resend this capture" caption="Resend" onClick={resend.open} />
        <CopyAsActions capture={capture} onOpen={() => setCopying(true)} />
        <Action icon={Share2} label="Share this capture" onClick={() => setSharing(true)} />
        <ActionMenu icon={GitCompare} label="Compare" caption="Compare">
          <MenuItem icon={History} onClick={compare.start}>
            With the previous one of the same path
          </MenuItem>
          <MenuItem icon={GitCompare} onClick={compare.choose}>
            With another capture…
          </MenuItem>
        </ActionMenu>
        <Action
          icon={Braces}
          label="Make types from the body"
          caption="Types"
          disabled={capture.bodySize === 0}
          onClick={types.show}
        />
        <Action
          icon={Trash2}
          label="Delete this capture"
          danger
          onClick={() =>
            void onDelete().catch((cause) => notifyError("The capture was not deleted", cause))
          }
        />
      </ActionBar>
      <CopyAs capture={capture} open={copying} onOpenChange={setCopying} />
      {compare.dialog}
      {sharing && (
        <Suspense>
          <ShareDialog
            of={{ captureId: capture.id }}
            title={`Share capture #${capture.seq}`}
            previewOf={capture.id}
            onOpenChange={setSharing}
          />
        </Suspense>
      )}
      {types.dialog}
      {resend.dialog}
    </>
  );
}
