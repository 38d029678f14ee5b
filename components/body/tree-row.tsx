import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { MarkedRanges } from "#components/body/marked.tsx";
import { type Outline, opens } from "#components/body/outline.ts";
import { cn } from "#components/ui/cn.ts";

export type RowProps = {
  id: string;
  text: string;
  outline: Outline;
  row: number;
  isFolded: boolean;
  isActive: boolean;
  /** It may be as high as it needs; otherwise it is one line. */
  flow: boolean;
  marks: MarkedRanges;
};

/** Deeper levels stay here: a hostile text would push everything out of the page. */
const MAX_INDENT = 40;

type TreeRowProps = Omit<RowProps, "text" | "marks"> & { children: ReactNode };

/** One line of a tree: its indentation, what folds it, and what it says. */
export function TreeRow({ id, outline, row, isFolded, isActive, flow, children }: TreeRowProps) {
  const depth = Math.min(outline.depth[row]!, MAX_INDENT);
  const isOpener = opens(outline, row);
  return (
    <div
      id={id}
      data-row={row}
      role="treeitem"
      aria-level={outline.depth[row]! + 1}
      aria-expanded={isOpener ? !isFolded : undefined}
      aria-selected={isActive}
      tabIndex={-1}
      className={cn(
        "relative outline-none",
        flow ? "min-h-5 whitespace-pre-wrap pl-7" : "h-5 w-max min-w-full whitespace-pre pr-4 pl-7",
        isActive ? "bg-accent-soft" : "hover:bg-subtle",
      )}
    >
      <span style={{ paddingLeft: `${depth}rem` }} className="block">
        {/* What is copied is indented as it looks. */}
        <span aria-hidden className="inline-block h-0 w-0 overflow-hidden whitespace-pre">
          {"  ".repeat(depth)}
        </span>
        {isOpener && (
          <span
            data-fold
            aria-hidden
            style={{ left: `${depth + 0.35}rem` }}
            className="absolute top-0 grid h-5 w-5 cursor-pointer select-none place-items-center rounded text-faint hover:text-ink"
          >
            <ChevronRight className={cn("size-3.5", !isFolded && "rotate-90")} />
          </span>
        )}
        {children}
      </span>
    </div>
  );
}

/** How much is hidden in a folded row. */
export function Folded({ children }: { children: ReactNode }) {
  return (
    <span
      data-fold
      className="cursor-pointer select-none rounded bg-subtle px-1 font-sans text-faint hover:text-ink"
    >
      {children}
    </span>
  );
}

/** How much of a long value one row shows. */
export function shownEnd(start: number, end: number, flow: boolean): number {
  const most = flow ? 2_000 : 300;
  return end - start > most + 100 ? start + most : end;
}
