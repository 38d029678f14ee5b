import { Segments } from "#components/compare/segments.tsx";
import { DiffFrame, SideBySide } from "#components/compare/side-by-side.tsx";
import type { LineRow } from "#lib/compare/compare-messages.ts";
import type { Segment } from "#lib/compare/mark-changes.ts";

type LineDiffProps = { rows: readonly LineRow[]; onlyDifferences: boolean };

/** The request line or the status line, part by part. */
export function LineDiff({ rows, onlyDifferences }: LineDiffProps) {
  const shown = rows.filter((row) => !onlyDifferences || !row.isSame);
  if (shown.length === 0) return null;
  const text = (label: string, segments: Segment[], side: "left" | "right") => (
    <p className="as-sent text-xs leading-5">
      <span className="font-sans text-faint">{label} </span>
      {segments.length === 0 ? (
        <span className="font-sans text-faint">none</span>
      ) : (
        <Segments segments={segments} side={side} />
      )}
    </p>
  );
  return (
    <DiffFrame>
      {shown.map(({ label, isSame, left, right }) => (
        <SideBySide
          key={label}
          kind={isSame ? "same" : "changed"}
          isStop={!isSame}
          left={text(label, left, "left")}
          right={text(label, right, "right")}
        />
      ))}
    </DiffFrame>
  );
}
