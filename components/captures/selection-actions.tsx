"use client";

import { Braces, GitCompare, Star, StarOff, Trash2 } from "lucide-react";
import { useState } from "react";
import { ResendSelection } from "#components/bulk/bulk-buttons.tsx";
import type { Found } from "#components/captures/found.ts";
import { starSome } from "#components/captures/star-captures.ts";
import { pushView } from "#components/dashboard/use-view-state.ts";
import { ExportSelection } from "#components/export/export-selection.tsx";
import type { FeedAction } from "#components/live/feed.ts";
import { useTypesDialog } from "#components/types/use-types-dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { notifyError } from "#components/ui/toast.tsx";
import type { Summary } from "#lib/contract/capture.ts";

export type SelectionActionProps = {
  binId: string;
  /** The checked captures, newest first, one at least. */
  captures: readonly Summary[];
  /** Instead of those: all that is found, loaded or not. */
  whole: Found | null;
  change: (action: FeedAction) => void;
  onDelete: () => Promise<void>;
};

/** What can be done with the checked captures: one line for each feature. */
export function SelectionActions(props: SelectionActionProps) {
  return (
    <>
      {props.whole === null && <StarSelection {...props} />}
      {props.whole === null && props.captures.length === 2 && <CompareSelection {...props} />}
      {props.whole === null && <TypesOfSelection {...props} />}
      <ResendSelection {...props} />
      <ExportSelection {...props} />
      <DeleteSelection {...props} />
    </>
  );
}

/** The older one on the left. */
function CompareSelection({ captures: [newer, older] }: SelectionActionProps) {
  if (!newer || !older) return null;
  return (
    <IconButton
      icon={GitCompare}
      label="Compare the two"
      onClick={() => pushView({ capture: newer.id, compare: older.id, view: null })}
    />
  );
}

function TypesOfSelection({ captures }: SelectionActionProps) {
  const types = useTypesDialog(captures);
  return (
    <>
      <IconButton
        icon={Braces}
        label="Make types from the selected captures"
        onClick={types.show}
      />
      {types.dialog}
    </>
  );
}

function StarSelection({ binId, captures, change }: SelectionActionProps) {
  const [busy, setBusy] = useState(false);
  const starred = captures.some((capture) => !capture.starred);
  const Icon = starred ? Star : StarOff;
  const label = starred ? "Star the selected captures" : "Take the star off the selected captures";

  async function run() {
    setBusy(true);
    const ids = captures.map(({ id }) => id);
    await starSome(binId, ids, starred, change).catch((cause) =>
      notifyError("The stars were not saved", cause),
    );
    setBusy(false);
  }

  return <IconButton icon={Icon} label={label} disabled={busy} onClick={run} />;
}

function DeleteSelection({ onDelete }: SelectionActionProps) {
  const [busy, setBusy] = useState(false);
  const label = "Delete the selected captures";

  async function run() {
    setBusy(true);
    await onDelete().catch((cause) => notifyError("The captures were not deleted", cause));
    setBusy(false);
  }

  return <IconButton icon={Trash2} label={label} disabled={busy} onClick={run} />;
}
