"use client";

import { CheckCheck, X } from "lucide-react";
import {
  type SelectionActionProps,
  SelectionActions,
} from "#components/captures/selection-actions.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";

type SelectionBarProps = SelectionActionProps & {
  onAll: () => void;
  onDone: () => void;
};

/** In the place of the list's header while captures are being selected. */
export function SelectionBar({ onAll, onDone, ...selection }: SelectionBarProps) {
  const count = selection.captures.length;
  return (
    <div
      role="toolbar"
      aria-label="Selected captures"
      className="flex min-h-10 shrink-0 items-center border-b bg-accent-soft px-1 [&_button]:pointer-coarse:w-9"
    >
      <IconButton
        icon={X}
        label="End the selection"
        title="End the selection (Esc)"
        onClick={onDone}
      />
      <p role="status" className="mr-auto truncate px-1 font-medium text-xs">
        {count === 0 ? "Select captures" : `${count.toLocaleString("en")} selected`}
      </p>
      <IconButton icon={CheckCheck} label="Select all loaded captures" onClick={onAll} />
      {count > 0 && <SelectionActions {...selection} />}
    </div>
  );
}
