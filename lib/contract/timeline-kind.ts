import type { Summary } from "./capture.ts";

/**
 * What a capture counts as, the first that fits: one with a problem, else by its method. `read` is
 * GET, HEAD and OPTIONS, `write` is POST, PUT and PATCH.
 */
export const TIMELINE_KINDS = ["problem", "delete", "write", "read", "other"] as const;

export type TimelineKind = (typeof TIMELINE_KINDS)[number];

const KINDS_OF: Readonly<Record<string, TimelineKind>> = {
  GET: "read",
  HEAD: "read",
  OPTIONS: "read",
  POST: "write",
  PUT: "write",
  PATCH: "write",
  DELETE: "delete",
};

export function timelineKind({ method, problem }: Pick<Summary, "method" | "problem">) {
  return problem === null ? (KINDS_OF[method] ?? "other") : "problem";
}
