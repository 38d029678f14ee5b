import { align } from "./align.ts";
import { type DiffRows, RowCollector, rowSide } from "./diff-rows.ts";
import { markChanges, type Segment } from "./mark-changes.ts";

/** Lines with their ends, so that put together they are the text. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+/g) ?? [];
}

export type TextRows = DiffRows & {
  /** The shortest way from one to the other took too long to find. */
  exhausted: boolean;
};

/** Compares line by line, ends of lines included. */
export function compareText(left: string, right: string): TextRows {
  const leftLines = splitLines(left);
  const rightLines = splitLines(right);
  const { pairs, exhausted } = align(leftLines, rightLines);
  const collector = new RowCollector();
  for (const [l, r] of pairs) {
    const before = leftLines[l];
    const after = rightLines[r];
    const kind =
      before === undefined
        ? "added"
        : after === undefined
          ? "removed"
          : before === after
            ? "same"
            : "changed";
    collector.push(kind, () => {
      const shown = [before, after].map((line) => line?.replace(/\r?\n$/, ""));
      const [shownBefore, shownAfter] = shown;
      const marked = kind === "changed" ? markChanges(shownBefore!, shownAfter!) : null;
      const side = (index: number, text: string | undefined, segments?: Segment[]) =>
        text === undefined
          ? null
          : rowSide(index + 1, 0, segments ?? (text === "" ? [] : [{ text, changed: false }]));
      const note = kind === "changed" ? endsNote(before!, after!) : undefined;
      return {
        kind,
        left: side(l, shownBefore, marked?.left),
        right: side(r, shownAfter, marked?.right),
        ...(note !== undefined && { note }),
      };
    });
  }
  return { ...collector.done(), exhausted };
}

function endsNote(before: string, after: string): string | undefined {
  const [from, to] = [lineEnd(before), lineEnd(after)];
  return from === to ? undefined : `line end: ${from}, then ${to}`;
}

function lineEnd(line: string): string {
  if (!line.endsWith("\n")) return "none";
  return line.endsWith("\r\n") ? "CR LF" : "LF";
}
