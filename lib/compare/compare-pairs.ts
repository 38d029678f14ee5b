import type { RowKind } from "./diff-rows.ts";
import { markChanges, type Segment } from "./mark-changes.ts";
import { matchNames, movedIndexes } from "./match-names.ts";

export type Pair = { name: string; value: string | null };

export type PairSide = { name: Segment[]; value: Segment[] | null };

/** A header line or a parameter on both sides. */
export type PairRow = {
  kind: RowKind;
  left: PairSide | null;
  right: PairSide | null;
  /** In words, what else differs: its place, the case of its name. */
  notes: string[];
};

type PairOptions = {
  /** What makes two names the same: the lower case of a header's. */
  key?: (name: string) => string;
  /** Says whether two texts mean the same though they are written differently. */
  means?: (text: string) => string;
};

const plain = (text: string): Segment[] => (text === "" ? [] : [{ text, changed: false }]);

/** Line by line: what was added, removed, changed, moved or written in another case. */
export function comparePairs(
  left: readonly Pair[],
  right: readonly Pair[],
  { key = (name) => name, means }: PairOptions = {},
): PairRow[] {
  const entry = ({ name, value }: Pair) => ({ name: key(name), value });
  const matched = matchNames(left.map(entry), right.map(entry));
  const moved = movedIndexes(matched);
  return matched.map(([l, r]): PairRow => {
    const before = left[l];
    const after = right[r];
    if (!before || !after) {
      const side = (pair: Pair | undefined): PairSide | null =>
        pair
          ? { name: plain(pair.name), value: pair.value === null ? null : plain(pair.value) }
          : null;
      return {
        kind: before ? "removed" : "added",
        left: side(before),
        right: side(after),
        notes: [],
      };
    }
    const notes: string[] = [];
    if (before.name !== after.name) {
      const isCase = before.name.toLowerCase() === after.name.toLowerCase();
      notes.push(isCase ? "name in another case" : "name written differently");
    }
    if (moved.has(r)) notes.push(`moved from place ${l + 1} to ${r + 1}`);
    const isSameValue = before.value === after.value;
    if (!isSameValue && before.value !== null && after.value !== null && means) {
      if (means(before.value) === means(after.value)) notes.push("same when decoded");
    }
    const names = markChanges(before.name, after.name);
    const values = markChanges(before.value ?? "", after.value ?? "");
    return {
      kind: isSameValue && notes.length === 0 ? "same" : "changed",
      left: { name: names.left, value: before.value === null ? null : values.left },
      right: { name: names.right, value: after.value === null ? null : values.right },
      notes,
    };
  });
}
