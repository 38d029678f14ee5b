import type { ReactNode } from "react";
import { KindMark, ROW_TINT } from "#components/compare/kind-mark.tsx";
import { cn } from "#components/ui/cn.ts";
import type { RowKind } from "#lib/compare/diff-rows.ts";

type SideBySideProps = {
  kind: RowKind;
  /** Null where that side has nothing. */
  left: ReactNode | null;
  right: ReactNode | null;
  /** Whether "next difference" stops here: at the first line of each. */
  isStop: boolean;
  note?: string;
  /** Where it is, for a pointer that rests on it. */
  title?: string;
};

/**
 * A line of both sides: beside each other where there is room; else below each other, and once
 * where they are the same.
 */
export function SideBySide({ kind, left, right, isStop, note, title }: SideBySideProps) {
  const cell = (side: "left" | "right", content: ReactNode | null) => (
    <div
      className={cn(
        "flex min-w-0 gap-1 py-0.5 pr-2 pl-1",
        ROW_TINT[kind][side],
        content === null && "@max-2xl:hidden",
        kind === "same" && side === "left" && "@max-2xl:hidden",
        side === "right" && "@2xl:border-l",
      )}
    >
      <KindMark kind={kind} side={side} />
      <div className="min-w-0 flex-1">{content}</div>
    </div>
  );
  return (
    <div
      title={title}
      {...(isStop && { "data-difference": true, tabIndex: -1 })}
      className="ring-inset-focus grid scroll-my-24 grid-cols-1 focus:outline-2 focus:outline-accent focus:-outline-offset-2 @2xl:grid-cols-2"
    >
      {cell("left", left)}
      {cell("right", right)}
      {note && (
        <p className="col-span-full bg-canvas px-6 py-0.5 text-muted text-xs">
          <span aria-hidden>↳ </span>
          {note}
        </p>
      )}
    </div>
  );
}

/** The frame around lines. */
export function DiffFrame({ lined = true, children }: { lined?: boolean; children: ReactNode }) {
  return (
    <div className={cn("overflow-hidden rounded-md border", lined && "divide-y")}>{children}</div>
  );
}
