import { DiffFrame } from "#components/compare/side-by-side.tsx";
import { cn } from "#components/ui/cn.ts";
import { formatCount } from "#components/ui/format-count.ts";
import type { BytesComparison, HexRow } from "#lib/compare/compare-bytes.ts";

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, "0");

/** The bytes around the first that differs, beside each other. */
export function BytesDiff({ bytes }: { bytes: BytesComparison }) {
  const { first, differing, rows } = bytes;
  return (
    <>
      <p className="text-muted text-sm">
        The first difference is at byte {first.toLocaleString("en")} (0x{hex(first, 1)}).{" "}
        {formatCount(differing, "byte")} {differing === 1 ? "differs" : "differ"}, compared offset
        by offset.
      </p>
      <DiffFrame>
        {rows.map((row) => {
          const isChanged = row.left.join() !== row.right.join();
          const isStop = row.offset === first - (first % 16);
          return (
            <div
              key={row.offset}
              {...(isStop && { "data-difference": true, tabIndex: -1 })}
              className="ring-inset-focus grid grid-cols-1 focus:outline-2 focus:outline-accent @2xl:grid-cols-2"
            >
              <HexLine row={row} side="left" isChanged={isChanged} />
              <HexLine row={row} side="right" isChanged={isChanged} />
            </div>
          );
        })}
      </DiffFrame>
    </>
  );
}

type HexLineProps = { row: HexRow; side: "left" | "right"; isChanged: boolean };

function HexLine({ row, side, isChanged }: HexLineProps) {
  const own = row[side];
  const other = row[side === "left" ? "right" : "left"];
  return (
    <p
      className={cn(
        "whitespace-pre-wrap py-0.5 pr-2 pl-[12ch] indent-[-11ch] font-mono text-[11px] leading-5",
        isChanged && (side === "left" ? "bg-red-soft" : "bg-green-soft"),
        !isChanged && side === "left" && "@max-2xl:hidden",
        side === "right" && "@2xl:border-l",
      )}
    >
      <span aria-hidden={!isChanged} className={side === "left" ? "text-red" : "text-green"}>
        {isChanged ? (side === "left" ? "−" : "+") : " "}
      </span>{" "}
      <span className="text-faint">{hex(row.offset, 8)} </span>
      {own.map((byte, i) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a byte is its place
          key={i}
          className={cn(
            other[i] !== byte && "font-semibold underline",
            other[i] !== byte && (side === "left" ? "bg-red-line" : "bg-green-line"),
          )}
        >
          {` ${hex(byte, 2)}`}
        </span>
      ))}
    </p>
  );
}
