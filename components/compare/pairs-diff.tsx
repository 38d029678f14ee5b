import { Segments } from "#components/compare/segments.tsx";
import { DiffFrame, SideBySide } from "#components/compare/side-by-side.tsx";
import type { PairRow, PairSide } from "#lib/compare/compare-pairs.ts";

type PairsDiffProps = {
  rows: readonly PairRow[];
  /** Between a name and its value, as it is sent: a colon or an equals sign. */
  separator: ":" | "=";
  onlyDifferences: boolean;
};

/** Headers or parameters, each beside its counterpart. */
export function PairsDiff({ rows, separator, onlyDifferences }: PairsDiffProps) {
  const shown = onlyDifferences ? rows.filter(({ kind }) => kind !== "same") : rows;
  if (shown.length === 0) return null;
  const text = (pair: PairSide | null, side: "left" | "right") =>
    pair && (
      <p className="as-sent whitespace-pre-wrap text-xs leading-5">
        <span className="text-muted">
          <Segments segments={pair.name} side={side} />
          {pair.value !== null && separator}
        </span>
        {separator === ":" && " "}
        {pair.value?.length === 0 && <span className="font-sans text-faint">empty</span>}
        {pair.value && <Segments segments={pair.value} side={side} />}
      </p>
    );
  return (
    <DiffFrame>
      {shown.map(({ kind, left, right, notes }, index) => (
        <SideBySide
          // biome-ignore lint/suspicious/noArrayIndexKey: a comparison never changes, and names repeat
          key={index}
          kind={kind}
          isStop={kind !== "same"}
          left={text(left, "left")}
          right={text(right, "right")}
          note={notes.length > 0 ? notes.join(", ") : undefined}
        />
      ))}
    </DiffFrame>
  );
}
