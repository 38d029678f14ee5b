import type { TimelineKind } from "#lib/contract/timeline-kind.ts";

type Shown = {
  one: string;
  many: string;
  /** What counts as it. */
  title: string;
  fill: string;
};

/** From the bottom of a bar to its top, and in the legend from left to right. */
export const SHOWN_KINDS: readonly TimelineKind[] = ["read", "write", "delete", "other", "problem"];

export const KINDS: Readonly<Record<TimelineKind, Shown>> = {
  read: { one: "read", many: "reads", title: "GET, HEAD and OPTIONS", fill: "var(--blue)" },
  write: { one: "write", many: "writes", title: "POST, PUT and PATCH", fill: "var(--green)" },
  delete: { one: "delete", many: "deletes", title: "DELETE", fill: "var(--red)" },
  other: { one: "other", many: "others", title: "Any other method", fill: "var(--faint)" },
  problem: {
    one: "problem",
    many: "problems",
    title: "Truncated, aborted, malformed and the like, whatever the method",
    fill: "url(#timeline-problem)",
  },
};
