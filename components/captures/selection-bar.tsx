"use client";

import { CheckCheck, X } from "lucide-react";
import {
  type SelectionActionProps,
  SelectionActions,
} from "#components/captures/selection-actions.tsx";
import type { CheckedCaptures } from "#components/captures/use-checked.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { lazyPart, useLazyPart } from "#components/ui/lazy-part.ts";

const part = lazyPart(() => import("#components/captures/whole-row.tsx"));

type SelectionBarProps = Omit<SelectionActionProps, "captures" | "whole"> & {
  checked: CheckedCaptures;
  /** There is more than what is loaded. */
  isMore: boolean;
  onAll: () => void;
  onDone: () => void;
};

/** In the place of the list's header while captures are being selected. */
export function SelectionBar({ checked, isMore, onAll, onDone, ...rest }: SelectionBarProps) {
  const { captures, all, whole, dispatch } = checked;
  const count = whole ? whole.count : captures.length;
  const hasRow = all !== null && (isMore || whole !== null);
  const row = useLazyPart(part, hasRow);
  return (
    <div className="shrink-0 border-b bg-accent-soft">
      <div
        role="toolbar"
        aria-label="Selected captures"
        className="flex min-h-10 items-center px-1 [&_button]:pointer-coarse:w-9"
      >
        <IconButton
          icon={X}
          label="End the selection"
          title="End the selection (Esc)"
          onClick={onDone}
        />
        <p role="status" className="mr-auto truncate px-1 font-medium text-xs">
          {count === 0 && "Select captures"}
          {count === null && "All selected"}
          {count !== 0 && count !== null && `${count.toLocaleString("en")} selected`}
        </p>
        <IconButton icon={CheckCheck} label="Select all loaded captures" onClick={onAll} />
        {count !== 0 && <SelectionActions {...rest} captures={captures} whole={whole} />}
      </div>
      {row && hasRow && (
        <row.WholeRow
          key={`${all.q} ${all.upTo}`}
          binId={rest.binId}
          all={all}
          loaded={captures.length}
          isWhole={whole !== null}
          dispatch={dispatch}
        />
      )}
    </div>
  );
}
