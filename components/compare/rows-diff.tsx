"use client";

import { useMemo, useState } from "react";
import { Segments } from "#components/compare/segments.tsx";
import { DiffFrame, SideBySide } from "#components/compare/side-by-side.tsx";
import { Button } from "#components/ui/button.tsx";
import { formatCount } from "#components/ui/format-count.ts";
import { type DiffRows, foldRows, type RowSide } from "#lib/compare/diff-rows.ts";

/** Lines that are drawn at once: more would be noticed. */
const DRAWN = 400;

type RowsDiffProps = { diff: DiffRows; onlyDifferences: boolean; onShowAll: () => void };

/** Lines of JSON or text beside each other. */
export function RowsDiff({ diff, onlyDifferences, onShowAll }: RowsDiffProps) {
  const [most, setMost] = useState(DRAWN);
  const rows = useMemo(
    () => (onlyDifferences ? foldRows(diff.rows) : diff.rows),
    [diff, onlyDifferences],
  );
  const hidden = rows.length - most;
  return (
    <>
      {diff.isFolded && (
        <p className="text-muted text-xs">
          {formatCount(diff.total, "line")} are too many to draw: those that differ are shown, and
          what is around them.
        </p>
      )}
      <DiffFrame lined={false}>
        {rows.slice(0, most).map((row, index) =>
          row.kind === "fold" ? (
            <div
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their order
              key={index}
              className="flex items-center gap-2 border-y bg-subtle px-6 py-0.5 first:border-t-0 last:border-b-0 text-faint text-xs"
            >
              {formatCount(row.count, "equal line")}
              {!diff.isFolded && (
                <button
                  type="button"
                  onClick={onShowAll}
                  className="rounded font-medium text-accent hover:underline pointer-coarse:min-h-8"
                >
                  Show all lines
                </button>
              )}
            </div>
          ) : (
            <SideBySide
              // biome-ignore lint/suspicious/noArrayIndexKey: rows never change their order
              key={index}
              kind={row.kind}
              isStop={row.kind !== "same" && isFirst(rows[index - 1]?.kind)}
              left={row.left && <Line line={row.left} side="left" />}
              right={row.right && <Line line={row.right} side="right" />}
              note={row.note}
              title={row.kind === "same" ? undefined : row.path}
            />
          ),
        )}
      </DiffFrame>
      {hidden > 0 && (
        <Button size="sm" data-more-differences onClick={() => setMost(most + 5 * DRAWN)}>
          Show {formatCount(Math.min(hidden, 5 * DRAWN), "more line")} of{" "}
          {hidden.toLocaleString("en")}
        </Button>
      )}
      {diff.cut > 0 && (
        <p className="text-muted text-xs">
          {formatCount(diff.cut, "more difference")} follow and are not shown: download both bodies
          to compare them whole.
        </p>
      )}
    </>
  );
}

const isFirst = (before: string | undefined) =>
  before === undefined || before === "same" || before === "fold";

/** Deeper levels would leave no room for what is in them. */
const MAX_INDENT = 12;

function Line({ line, side }: { line: RowSide; side: "left" | "right" }) {
  const [before, after] = line.omitted;
  return (
    <div className="flex gap-2">
      <span
        aria-hidden
        className="w-8 shrink-0 select-none text-right font-mono text-faint text-xs leading-5"
      >
        {line.number}
      </span>
      <p
        className="as-sent min-w-0 flex-1 whitespace-pre-wrap text-xs leading-5"
        style={{ paddingLeft: `${2 * Math.min(line.indent, MAX_INDENT)}ch` }}
      >
        {before > 0 && <Omitted count={before} />}
        <Segments segments={line.segments} side={side} />
        {after > 0 && <Omitted count={after} />}
      </p>
    </div>
  );
}

function Omitted({ count }: { count: number }) {
  return (
    <span className="font-sans text-faint"> … {formatCount(count, "character")} left out … </span>
  );
}
