import { cn } from "#components/ui/cn.ts";
import type { Summary } from "#lib/contract/capture.ts";

type RowCheckboxProps = {
  capture: Summary;
  checked: boolean;
  /** Show it on all rows, not only on the one that is pointed at. */
  shown: boolean;
  focusable: boolean;
  onCheck: (capture: Summary, range: boolean) => void;
};

/** In the gutter of a row; with Shift it takes all rows from the one before. */
export function RowCheckbox({ capture, checked, shown, focusable, onCheck }: RowCheckboxProps) {
  return (
    <label
      className={cn(
        "absolute inset-y-0 left-0 grid w-8 cursor-pointer place-items-center group-hover/row:opacity-100 group-focus-within/row:opacity-100",
        !shown && "opacity-0 pointer-coarse:pointer-events-none",
      )}
    >
      <input
        type="checkbox"
        aria-label={`Select capture #${capture.seq}`}
        checked={checked}
        tabIndex={focusable ? 0 : -1}
        onChange={(event) => onCheck(capture, (event.nativeEvent as MouseEvent).shiftKey === true)}
        className="size-4 cursor-pointer accent-accent"
      />
    </label>
  );
}
