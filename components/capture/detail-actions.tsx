"use client";

import { Trash2 } from "lucide-react";
import { useState } from "react";
import { Action, ActionBar } from "#components/capture/action-bar.tsx";
import { ConfirmDialog } from "#components/ui/confirm-dialog.tsx";
import type { Capture } from "#lib/contract/capture.ts";

/** What an action opened. One at a time, beside the bar: a menu that closes must not take it along. */
type Opened = "delete" | null;

type DetailActionsProps = { capture: Capture; onDelete: () => Promise<void> };

/** Everything that can be done with the shown capture: one line for each feature. */
export function DetailActions({ capture, onDelete }: DetailActionsProps) {
  const [opened, setOpened] = useState<Opened>(null);
  const close = () => setOpened(null);
  return (
    <>
      <ActionBar>
        <Action
          icon={Trash2}
          label="Delete this capture"
          danger
          onClick={() => setOpened("delete")}
        />
      </ActionBar>
      <ConfirmDialog
        open={opened === "delete"}
        onOpenChange={close}
        title={`Delete capture #${capture.seq}?`}
        description="The request and its body are gone for good. This cannot be undone."
        action="Delete capture"
        onConfirm={onDelete}
      />
    </>
  );
}
