import type { CapturePage, Summary } from "#lib/contract/capture.ts";
import type { ChangedEvent } from "#lib/contract/events.ts";

/** Matches kept in memory; older ones are paged in again. */
export const RESULTS_WINDOW = 2_000;

/** What a search has found so far. */
export type Results = {
  /** Newest first, no number twice. */
  captures: readonly Summary[];
  /** Everything up to this number, and down to `next`, has been searched. */
  searchedSeq: number;
  /** Where to go on for older ones; null when there are none. */
  next: number | null;
  /** While somebody reads further down, or paused: the newest number that they are shown. */
  heldAt: number | null;
};

export type ResultsAction =
  /** A first page. `seq` was the bin's newest number when it was asked for. */
  | { type: "found"; page: CapturePage; seq: number; paused: boolean }
  | { type: "olderPage"; before: number; page: CapturePage }
  /** Oldest first, of what came after `after`. */
  | { type: "newerPage"; after: number; page: CapturePage; seq: number }
  | { type: "changed"; captures: ChangedEvent["captures"]; isMatch: (capture: Summary) => boolean }
  | { type: "held" }
  | { type: "followed" };

type Found = Extract<ResultsAction, { type: "found" }>;

/** Null until the first page is there. */
export function reduceResults(results: Results | null, action: ResultsAction): Results | null {
  if (action.type === "found") return start(results, action);
  if (!results) return null;
  switch (action.type) {
    case "olderPage": {
      if (results.next !== action.before) return results;
      const captures = merge(results.captures, action.page.captures);
      return { ...results, captures, next: nextOf(action.page) };
    }
    case "newerPage": {
      if (results.searchedSeq !== action.after) return results;
      const last = action.page.captures.at(-1)?.seq ?? 0;
      const searchedSeq = nextOf(action.page) ?? Math.max(action.seq, last);
      return trim({
        ...results,
        searchedSeq,
        captures: merge(results.captures, action.page.captures),
      });
    }
    case "changed": {
      const changes = new Map(action.captures.map((change) => [change.id, change]));
      const captures = results.captures.flatMap((capture) => {
        const change = changes.get(capture.id);
        if (!change) return capture;
        const changed = { ...capture, ...change };
        return action.isMatch(changed) ? changed : [];
      });
      return { ...results, captures };
    }
    case "held":
      if (results.heldAt !== null) return results;
      return { ...results, heldAt: results.captures[0]?.seq ?? results.searchedSeq };
    case "followed":
      return results.heldAt === null ? results : trim({ ...results, heldAt: null });
  }
}

/** The same search anew keeps what is held. */
function start(old: Results | null, { page, seq, paused }: Found): Results {
  const searchedSeq = Math.max(seq, page.captures[0]?.seq ?? 0);
  const heldAt = old?.heldAt ?? (paused ? searchedSeq : null);
  return { captures: page.captures, searchedSeq, next: nextOf(page), heldAt };
}

const nextOf = (page: CapturePage) => (page.hasMore ? (page.next ?? null) : null);

function merge(captures: readonly Summary[], incoming: readonly Summary[]): readonly Summary[] {
  if (incoming.length === 0) return captures;
  const bySeq = new Map(captures.map((capture) => [capture.seq, capture]));
  for (const capture of incoming) bySeq.set(capture.seq, capture);
  return [...bySeq.values()].sort((a, b) => b.seq - a.seq);
}

/** Keeps memory bounded while the newest are followed, by dropping the oldest. */
function trim(results: Results): Results {
  if (results.heldAt !== null || results.captures.length <= RESULTS_WINDOW) return results;
  const captures = results.captures.slice(0, RESULTS_WINDOW);
  return { ...results, captures, next: captures.at(-1)!.seq };
}

type Gone = { removedUpTo: number; removedIds: ReadonlySet<string> };

/** What is there still, newest first: all, and what is shown of it while held. */
export function presentResults({ captures, heldAt }: Results, gone: Gone) {
  const known = captures.filter(
    ({ id, seq }) => seq > gone.removedUpTo && !gone.removedIds.has(id),
  );
  const shown = heldAt === null ? known : known.filter(({ seq }) => seq <= heldAt);
  return { shown, known, waiting: known.length - shown.length };
}
