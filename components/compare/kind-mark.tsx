import { cn } from "#components/ui/cn.ts";
import type { RowKind } from "#lib/compare/diff-rows.ts";

export const ROW_TINT: Record<RowKind, { left: string; right: string }> = {
  same: { left: "", right: "" },
  changed: { left: "bg-red-soft", right: "bg-green-soft" },
  removed: { left: "bg-red-soft", right: "bg-subtle" },
  added: { left: "bg-subtle", right: "bg-green-soft" },
};

const MARKS: Record<RowKind, { left: string; right: string; word: string }> = {
  same: { left: "", right: "", word: "" },
  changed: { left: "−", right: "+", word: "changed" },
  removed: { left: "−", right: "", word: "removed" },
  added: { left: "", right: "+", word: "added" },
};

/** The sign in front of a line, and the word for those who do not see it. */
export function KindMark({ kind, side }: { kind: RowKind; side: "left" | "right" }) {
  const mark = MARKS[kind][side];
  return (
    <span className="inline-block w-4 shrink-0 select-none text-center font-mono text-xs leading-5">
      <span aria-hidden className={cn(side === "left" ? "text-red" : "text-green")}>
        {mark}
      </span>
      {mark !== "" && <span className="sr-only">{MARKS[kind].word}: </span>}
    </span>
  );
}
