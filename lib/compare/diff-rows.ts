import type { Segment } from "./mark-changes.ts";

export type RowKind = "same" | "changed" | "added" | "removed";

/** One line of one side. */
export type RowSide = {
  /** From 1, of what is shown. */
  number: number;
  /** Levels. */
  indent: number;
  segments: Segment[];
  /** Characters of a very long line that are left out, before and after. */
  omitted: [before: number, after: number];
};

export type DiffRow = {
  kind: RowKind;
  left: RowSide | null;
  right: RowSide | null;
  /** What there is to say about it besides: "same number, written differently". */
  note?: string;
  /** Where in the value it is, as a JSON path. */
  path?: string;
};

/** Lines that are the same on both sides and left out. */
export type Fold = { kind: "fold"; count: number };

export type DiffRows = {
  /** All lines where there are few enough, else those around a difference. */
  rows: (DiffRow | Fold)[];
  isFolded: boolean;
  /** Lines altogether. */
  total: number;
  /** Runs of lines that differ. */
  differences: number;
  /** Runs that did not fit and are not in `rows`. */
  cut: number;
};

/** Rows that a page gets at most: what it takes without a pause. */
export const MAX_ROWS = 20_000;
/** Lines that are shown around a difference. */
export const CONTEXT = 3;

type Make = () => DiffRow;

/** Collects rows, and of too many the differing ones with what is around them. */
export class RowCollector {
  private all: DiffRow[] | null = [];
  private readonly folded: (DiffRow | Fold)[] = [];
  /** The last rows that are the same and not taken yet. */
  private before: Make[] = [];
  private skipped = 0;
  private after = 0;
  private total = 0;
  private differences = 0;
  private cut = 0;
  private wasSame = true;

  constructor(private readonly most = MAX_ROWS) {}

  /** `make` is called for rows that are kept alone. */
  push(kind: RowKind, make: Make): void {
    this.total += 1;
    const isSame = kind === "same";
    if (!isSame && this.wasSame) {
      this.differences += 1;
      if (this.folded.length >= this.most) this.cut += 1;
    }
    this.wasSame = isSame;
    if (this.all && this.all.length >= this.most) this.all = null;
    const row = this.all && make();
    if (row) this.all?.push(row);
    const again = row ? () => row : make;
    if (!isSame) this.takeDifferent(again);
    else if (this.after > 0) this.takeSame(again);
    else this.hold(again);
  }

  done(): DiffRows {
    const { all, total, differences, cut } = this;
    this.skipped += this.before.length;
    this.closeFold();
    return {
      rows: all ?? this.folded,
      isFolded: all === null,
      total,
      differences,
      cut: all ? 0 : cut,
    };
  }

  private takeDifferent(make: Make): void {
    if (this.folded.length >= this.most) return;
    this.closeFold();
    for (const held of this.before) this.folded.push(held());
    this.before = [];
    this.folded.push(make());
    this.after = CONTEXT;
  }

  private takeSame(make: Make): void {
    this.after -= 1;
    if (this.folded.length < this.most) this.folded.push(make());
  }

  private hold(make: Make): void {
    this.before.push(make);
    if (this.before.length <= CONTEXT) return;
    this.before.shift();
    this.skipped += 1;
  }

  private closeFold(): void {
    if (this.skipped > 0) this.folded.push({ kind: "fold", count: this.skipped });
    this.skipped = 0;
  }
}

/** Leaves out lines that are the same on both sides, but for those next to a difference. */
export function foldRows(rows: readonly (DiffRow | Fold)[]): (DiffRow | Fold)[] {
  const out: (DiffRow | Fold)[] = [];
  const isNear = new Uint8Array(rows.length);
  rows.forEach((row, i) => {
    if (row.kind === "same" || row.kind === "fold") return;
    isNear.fill(1, Math.max(0, i - CONTEXT), i + CONTEXT + 1);
  });
  rows.forEach((row, i) => {
    const last = out.at(-1);
    if (isNear[i]) out.push(row);
    else if (last?.kind === "fold") last.count += row.kind === "fold" ? row.count : 1;
    else out.push({ kind: "fold", count: row.kind === "fold" ? row.count : 1 });
  });
  return out;
}

/** Characters of a line that are shown at most. */
const LINE_MAX = 2_000;
const LEAD = 120;

/** A long line is cut to what is around its first change. */
export function rowSide(number: number, indent: number, segments: Segment[]): RowSide {
  const length = segments.reduce((sum, { text }) => sum + text.length, 0);
  if (length <= LINE_MAX) return { number, indent, segments, omitted: [0, 0] };
  let change = 0;
  for (const segment of segments) {
    if (segment.changed) break;
    change += segment.text.length;
  }
  const from = change >= length || change < LINE_MAX - LEAD ? 0 : change - LEAD;
  const to = Math.min(length, from + LINE_MAX);
  const kept: Segment[] = [];
  let at = 0;
  for (const { text, changed } of segments) {
    const part = text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (part !== "") kept.push({ text: part, changed });
    at += text.length;
  }
  return { number, indent, segments: kept, omitted: [from, length - to] };
}
