import { memo } from "react";
import { CaptureRow, type CaptureRowProps, ROW_HEIGHT } from "#components/captures/capture-row.tsx";
import { RowCheckbox } from "#components/captures/row-checkbox.tsx";

type CaptureItemProps = CaptureRowProps & {
  /** From the list's top, in pixels. */
  top: number;
};

/**
 * A row in its place. A scroll renders many of them in one frame: those that stay are not rendered
 * again, and none is measured with its neighbours.
 */
export const CaptureItem = memo(function CaptureItem({ top, ...row }: CaptureItemProps) {
  return (
    <li
      className="group/row absolute inset-x-0 top-0 [contain:strict]"
      style={{ height: ROW_HEIGHT, transform: `translateY(${top}px)` }}
    >
      <CaptureRow {...row} />
      <RowCheckbox
        capture={row.capture}
        checked={row.checked}
        shown={row.selecting}
        focusable={row.focusable}
        onCheck={row.onCheck}
      />
    </li>
  );
});
