"use client";

import { Trash2 } from "lucide-react";
import { Action, ActionBar } from "#components/capture/action-bar.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { Capture } from "#lib/contract/capture.ts";

type DetailActionsProps = { capture: Capture; onDelete: () => Promise<void> };

/**
 * Everything that can be done with the shown capture: one line for each feature. What an action
 * opens stands beside the bar: a menu that closes must not take it along.
 */
export function DetailActions({ onDelete }: DetailActionsProps) {
  return (
    <ActionBar>
      <Action
        icon={Trash2}
        label="Delete this capture"
        danger
        onClick={() =>
          void onDelete().catch((cause) => notifyError("The capture was not deleted", cause))
        }
      />
    </ActionBar>
  );
}
