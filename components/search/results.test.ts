import { describe, expect, test } from "vitest";
import {
  presentResults,
  RESULTS_WINDOW,
  type Results,
  type ResultsAction,
  reduceResults,
} from "#components/search/results.ts";
import type { CapturePage, Summary } from "#lib/contract/capture.ts";

function capture(seq: number): Summary {
  return {
    id: `id-${seq}`,
    binId: "k3v9q0w2m4x7z1a8b5c6",
    seq,
    receivedAt: "2026-03-01T14:02:11.042Z",
    method: "POST",
    path: "/",
    query: null,
    contentType: null,
    bodySize: 0,
    truncated: false,
    problem: null,
    remoteIp: null,
    note: null,
    starred: false,
  };
}

function page(seqs: number[], next?: number): CapturePage {
  return { captures: seqs.map(capture), hasMore: next !== undefined, next };
}

const found = (first: CapturePage, seq: number, paused = false): ResultsAction => ({
  type: "found",
  page: first,
  seq,
  paused,
});

const run = (...actions: ResultsAction[]) =>
  actions.reduce<Results | null>(reduceResults, null) as Results;
const seqs = (results: Results) => results.captures.map(({ seq }) => seq);
const nothingGone = { removedUpTo: 0, removedIds: new Set<string>() };

test("nothing counts before the first page is there", () => {
  expect(reduceResults(null, { type: "olderPage", before: 5, page: page([1]) })).toBeNull();
});

test("older pages go below, and only the one that is waited for", () => {
  const first = run(found(page([9, 7], 7), 9));
  const more = reduceResults(first, { type: "olderPage", before: 7, page: page([3], 3) })!;
  expect(seqs(more)).toEqual([9, 7, 3]);
  expect(more.next).toBe(3);
  expect(reduceResults(more, { type: "olderPage", before: 7, page: page([5]) })).toBe(more);
});

test("a page that found nothing still leads on", () => {
  const first = run(found(page([], 400), 900));
  expect(first.next).toBe(400);
});

describe("newer ones", () => {
  const first = run(found(page([4]), 5));

  test("go on top, and all up to the newest number counts as searched", () => {
    const action = { type: "newerPage", after: 5, page: page([7]), seq: 9 } as const;
    const more = reduceResults(first, action)!;
    expect(seqs(more)).toEqual([7, 4]);
    expect(more.searchedSeq).toBe(9);
    expect(reduceResults(more, action)).toBe(more);
  });

  test("of a page that is followed by another leave the rest to it", () => {
    const action = { type: "newerPage", after: 5, page: page([7], 8), seq: 50 } as const;
    expect(reduceResults(first, action)!.searchedSeq).toBe(8);
  });

  test("are counted, not shown, while somebody reads further down", () => {
    const held = reduceResults(first, { type: "held" })!;
    const more = reduceResults(held, { type: "newerPage", after: 5, page: page([7]), seq: 9 })!;
    const { shown, waiting } = presentResults(more, nothingGone);
    expect(shown.map(({ seq }) => seq)).toEqual([4]);
    expect(waiting).toBe(1);
    const followed = reduceResults(more, { type: "followed" })!;
    expect(presentResults(followed, nothingGone)).toMatchObject({ waiting: 0 });
  });

  test("wait when the list was paused before the search", () => {
    const paused = run(found(page([4]), 5, true));
    const more = reduceResults(paused, { type: "newerPage", after: 5, page: page([7]), seq: 9 })!;
    expect(presentResults(more, nothingGone).waiting).toBe(1);
  });

  test("keep memory bounded: the oldest are paged in again", () => {
    const many = Array.from({ length: RESULTS_WINDOW }, (_, i) => RESULTS_WINDOW - i);
    const full = run(found(page(many), RESULTS_WINDOW));
    const more = reduceResults(full, {
      type: "newerPage",
      after: RESULTS_WINDOW,
      page: page([RESULTS_WINDOW + 1]),
      seq: RESULTS_WINDOW + 1,
    })!;
    expect(more.captures).toHaveLength(RESULTS_WINDOW);
    expect(more.next).toBe(2);
  });
});

test("what was removed is not shown, and is again when that is undone", () => {
  const results = run(found(page([5, 4, 3]), 5));
  const shown = (gone: Parameters<typeof presentResults>[1]) =>
    presentResults(results, gone).shown.map(({ seq }) => seq);
  expect(shown({ removedUpTo: 3, removedIds: new Set(["id-5"]) })).toEqual([4]);
  expect(shown(nothingGone)).toEqual([5, 4, 3]);
});

test("a change shows, and takes out what matches no longer", () => {
  const results = run(found(page([5, 4]), 5));
  const change = (isMatch: boolean) =>
    reduceResults(results, {
      type: "changed",
      captures: [{ id: "id-4", note: "x", starred: true }],
      isMatch: () => isMatch,
    })!;
  expect(change(true).captures[1]).toMatchObject({ seq: 4, note: "x", starred: true });
  expect(seqs(change(false))).toEqual([5]);
});
