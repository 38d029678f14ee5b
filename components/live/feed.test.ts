import { describe, expect, test } from "vitest";
import {
  FEED_WINDOW,
  type Feed,
  type FeedAction,
  reduceFeed,
  shownCaptures,
  startFeed,
  waitingCount,
} from "#components/live/feed.ts";
import type { CapturePage, Summary } from "#lib/contract/capture.ts";
import { CATCH_UP_MAX } from "#lib/contract/limits.ts";

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

function range(from: number, to: number): Summary[] {
  return Array.from({ length: to - from + 1 }, (_, i) => capture(from + i));
}

/** Newest first. */
function page(from: number, to: number, hasMore = false): CapturePage {
  return { captures: range(from, to).reverse(), hasMore };
}

function start(from: number, to: number, hasMore = false): Feed {
  return startFeed({ page: page(from, to, hasMore), captureCount: to, storedCount: to });
}

function run(feed: Feed, ...actions: FeedAction[]): Feed {
  return actions.reduce(reduceFeed, feed);
}

function arrived(captures: Summary[], skipped = 0): FeedAction {
  return { type: "arrived", captures, skipped };
}

function seqs(feed: Feed): number[] {
  return shownCaptures(feed).map(({ seq }) => seq);
}

describe("arrivals", () => {
  test("go on top, newest first", () => {
    const feed = run(start(1, 2), arrived(range(3, 4)));
    expect(seqs(feed)).toEqual([4, 3, 2, 1]);
    expect(feed.newestSeq).toBe(4);
    expect(feed.stored).toBe(4);
    expect(feed.gaps).toEqual([]);
  });

  test("are never shown twice", () => {
    const feed = run(start(1, 2), arrived(range(2, 3)), arrived(range(3, 4)));
    expect(seqs(feed)).toEqual([4, 3, 2, 1]);
    expect(feed.stored).toBe(4);
  });

  test("a jump in the numbers opens a gap", () => {
    const feed = run(start(1, 2), arrived(range(5, 6)));
    expect(seqs(feed)).toEqual([6, 5, 2, 1]);
    expect(feed.gaps).toEqual([{ after: 2, before: 5 }]);
  });

  test("a late one fills its gap without a fetch", () => {
    const feed = run(start(1, 2), arrived([capture(4)]), arrived([capture(3)]));
    expect(seqs(feed)).toEqual([4, 3, 2, 1]);
    expect(feed.gaps).toEqual([]);
  });

  test("what was skipped at the end of a message is a gap too", () => {
    const feed = run(start(1, 2), arrived(range(3, 4), 5));
    expect(feed.gaps).toEqual([{ after: 4, before: 10 }]);
    expect(feed.newestSeq).toBe(9);
    expect(run(feed, arrived([capture(10)])).gaps).toEqual([{ after: 4, before: 10 }]);
  });

  test("what was skipped before the message is counted once", () => {
    const feed = run(start(1, 2), arrived(range(8, 9), 5));
    expect(feed.gaps).toEqual([{ after: 2, before: 8 }]);
    expect(feed.newestSeq).toBe(9);
  });

  test("keep memory bounded while followed", () => {
    const feed = run(start(1, 10), arrived(range(11, FEED_WINDOW + 20)));
    expect(feed.captures).toHaveLength(FEED_WINDOW);
    expect(feed.captures.at(-1)?.seq).toBe(21);
    expect(feed.hasOlder).toBe(true);
  });
});

describe("gaps", () => {
  const open = run(start(1, 2), arrived([capture(500)]));
  const gap = { after: 2, before: 500 };

  test("are filled page by page", () => {
    const first = { captures: range(3, 202), hasMore: true };
    const half = run(open, { type: "gapPage", gap, page: first });
    expect(half.gaps).toEqual([{ after: 202, before: 500 }]);
    const second = { captures: range(203, 501), hasMore: false };
    const full = run(half, { type: "gapPage", gap: half.gaps[0]!, page: second });
    expect(full.gaps).toEqual([]);
    expect(full.newestSeq).toBe(501);
    expect(seqs(full)).toEqual(page(1, 501).captures.map(({ seq }) => seq));
  });

  test("are closed by the answer even when their captures were deleted", () => {
    const some = { captures: [capture(7), capture(500)], hasMore: false };
    const feed = run(open, { type: "gapPage", gap, page: some });
    expect(feed.gaps).toEqual([]);
    expect(seqs(feed)).toEqual([500, 7, 2, 1]);
    const none = run(open, { type: "gapPage", gap, page: { captures: [], hasMore: false } });
    expect(none.gaps).toEqual([]);
  });

  test("are closed by a catch-up that covers them", () => {
    const feed = run(open, { type: "caughtUp", after: 2, seq: 500, missed: range(3, 500) });
    expect(feed.gaps).toEqual([]);
    expect(feed.captures).toHaveLength(500);
  });

  test("too wide to fill call for a new first page", () => {
    const feed = run(start(1, 2), arrived([capture(CATCH_UP_MAX + 100)]));
    expect(feed.stale).toBe(true);
    expect(feed.gaps).toEqual([]);
    expect(feed.newestSeq).toBe(CATCH_UP_MAX + 100);
  });
});

describe("coming back", () => {
  test("adds what was missed and remembers the newest number", () => {
    const feed = run(start(1, 2), { type: "caughtUp", after: 2, seq: 5, missed: range(3, 4) });
    expect(seqs(feed)).toEqual([4, 3, 2, 1]);
    expect(feed.newestSeq).toBe(5);
  });

  test("to what was deleted, restored and changed meanwhile calls for a new first page", () => {
    const before = run(start(1, 9), { type: "removed", upTo: 5 }, { type: "removed", ids: ["8"] });
    const feed = run(
      before,
      { type: "missedTooMuch", seq: 9, stored: 7, removedUpTo: 2 },
      { type: "refreshed", page: page(3, 9) },
    );
    expect(seqs(feed)).toEqual([9, 8, 7, 6, 5, 4, 3]);
    expect(feed).toMatchObject({ stale: false, stored: 7, newestSeq: 9 });
  });

  test("a new first page keeps what came while it was on its way as a gap", () => {
    const feed = run(
      start(1, 2),
      { type: "missedTooMuch", seq: 5_000, stored: 5_000, removedUpTo: 0 },
      arrived([capture(5_001)]),
      { type: "refreshed", page: page(4_951, 5_000, true) },
    );
    expect(feed.stale).toBe(false);
    expect(feed.hasOlder).toBe(true);
    expect(seqs(feed)[0]).toBe(5_000);
    expect(feed.gaps).toEqual([{ after: 5_000, before: 5_002 }]);
  });
});

describe("reading further down", () => {
  const held = run(start(11, 20, true), { type: "held" }, arrived(range(21, 23)));

  test("nothing new is shown, but counted", () => {
    expect(seqs(held)[0]).toBe(20);
    expect(waitingCount(held)).toBe(3);
    expect(seqs(run(held, { type: "followed" }))[0]).toBe(23);
  });

  test("older pages are added below", () => {
    const feed = run(held, { type: "olderPage", before: 11, page: page(1, 10) });
    expect(seqs(feed)).toHaveLength(20);
    expect(feed.hasOlder).toBe(false);
  });

  test("an older page that no longer fits is left out", () => {
    const feed = run(
      held,
      { type: "removed", ids: ["id-11"] },
      { type: "olderPage", before: 11, page: page(1, 10) },
    );
    expect(seqs(feed)).toEqual([20, 19, 18, 17, 16, 15, 14, 13, 12]);
    expect(feed.hasOlder).toBe(true);
  });

  test("a flood above is not kept, and fetched anew on the way up", () => {
    const feed = run(held, arrived(range(24, 24 + FEED_WINDOW)));
    expect(feed.captures).toHaveLength(10);
    expect(feed.stale).toBe(true);
    expect(waitingCount(feed)).toBe(FEED_WINDOW + 4);
    expect(run(feed, { type: "followed" }).stale).toBe(true);
  });
});

describe("paused", () => {
  const paused = run(start(1, 2), { type: "paused" }, arrived(range(3, 5)));

  test("nothing new is shown, wherever somebody scrolls to", () => {
    expect(seqs(paused)).toEqual([2, 1]);
    expect(waitingCount(paused)).toBe(3);
    const scrolled = run(paused, { type: "held" }, { type: "followed" }, arrived([capture(6)]));
    expect(seqs(scrolled)).toEqual([2, 1]);
    expect(waitingCount(scrolled)).toBe(4);
  });

  test("and resumed, everything is there", () => {
    const resumed = run(paused, arrived([capture(6)]), { type: "resumed" }, arrived([capture(7)]));
    expect(seqs(resumed)).toEqual([7, 6, 5, 4, 3, 2, 1]);
    expect(waitingCount(resumed)).toBe(0);
  });

  test("while reading further down, keeps to what was shown then", () => {
    const feed = run(start(1, 2), { type: "held" }, arrived([capture(3)]), { type: "paused" });
    expect(waitingCount(feed)).toBe(1);
    expect(seqs(run(feed, { type: "resumed" }))).toEqual([3, 2, 1]);
  });

  test("with nothing to show, what comes waits too", () => {
    const empty = startFeed({ page: page(1, 0), captureCount: 0, storedCount: 0 });
    const feed = run(empty, { type: "paused" }, arrived([capture(1)]));
    expect(seqs(feed)).toEqual([]);
    expect(waitingCount(feed)).toBe(1);
  });
});

describe("removal", () => {
  test("of some", () => {
    const feed = run(start(1, 4), { type: "removed", ids: ["id-2", "id-3"] });
    expect(seqs(feed)).toEqual([4, 1]);
    expect(feed.stored).toBe(2);
    expect(run(feed, { type: "removed", ids: ["id-2"] }).stored).toBe(2);
  });

  test("of the oldest", () => {
    const feed = run(start(5, 8, true), { type: "removed", upTo: 6 });
    expect(seqs(feed)).toEqual([8, 7]);
    expect(feed.hasOlder).toBe(false);
    expect(feed.stored).toBe(2);
  });

  test("of all, while new ones keep coming", () => {
    const feed = run(start(1, 4, true), { type: "removed", all: true }, arrived([capture(5)]));
    expect(seqs(feed)).toEqual([5]);
    expect(feed.stored).toBe(1);
    expect(feed.hasOlder).toBe(false);
  });

  test("is not undone by an answer that was on its way", () => {
    const feed = run(
      start(5, 8, true),
      { type: "removed", upTo: 3 },
      { type: "removed", ids: ["id-9"] },
      { type: "olderPage", before: 5, page: page(2, 4) },
      arrived([capture(9)]),
    );
    expect(seqs(feed)).toEqual([8, 7, 6, 5, 4]);
  });

  test("of everything on screen asks for the next page", () => {
    const feed = run(start(7, 8, true), { type: "removed", ids: ["id-7", "id-8"] });
    expect(feed.stale).toBe(true);
  });
});

describe("an undone removal", () => {
  const back = (...captures: Summary[]): FeedAction => ({
    type: "restored",
    count: captures.length,
    captures,
    after: 0,
  });

  test("brings captures back where they were, and lets them go again", () => {
    const feed = run(
      start(1, 4),
      { type: "removed", ids: ["id-2", "id-4"] },
      back(capture(2), capture(4)),
    );
    expect(seqs(feed)).toEqual([4, 3, 2, 1]);
    expect(feed.stored).toBe(4);
    const again = run(feed, { type: "removed", ids: ["id-2"] });
    expect([seqs(again), again.stored]).toEqual([[4, 3, 1], 3]);
  });

  test("below what is loaded waits for its page", () => {
    const feed = run(start(5, 8, true), back(capture(2)));
    expect(seqs(feed)).toEqual([8, 7, 6, 5]);
    const paged = run(feed, { type: "olderPage", before: 5, page: page(1, 4) });
    expect(seqs(paged)).toEqual([8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test("into an empty list", () => {
    const feed = run(start(1, 2), { type: "removed", ids: ["id-1", "id-2"] }, back(capture(1)));
    expect([seqs(feed), feed.stored]).toEqual([[1], 1]);
  });

  test("of a clear lists anew, and forgets that the numbers were gone", () => {
    const cleared = run(
      start(1, 3),
      { type: "removed", all: true, upTo: 3 },
      arrived([capture(4)]),
    );
    const undone = run(cleared, { type: "restored", count: 3, captures: null, after: 0 });
    expect([undone.stale, undone.stored]).toEqual([true, 4]);
    const feed = run(undone, { type: "refreshed", page: page(1, 4) });
    expect([seqs(feed), feed.stored, feed.stale]).toEqual([[4, 3, 2, 1], 4, false]);
  });
});

test("many that are gone without being named are forgotten, and all is fetched anew", () => {
  const held = run(start(1, 10), { type: "held" });
  const feed = run(held, { type: "removed", ids: ["id-10"] }, { type: "removed", more: 6 });
  expect(feed).toMatchObject({ captures: [], stored: 3, stale: true, hasOlder: true });
  const again = run(feed, { type: "refreshed", page: page(1, 3) });
  expect([seqs(again), again.stored, again.stale]).toEqual([[3, 2, 1], 3, false]);
  // What was named may be among those that come back without a name.
  const back = run(again, { type: "restored", count: 7, captures: null, after: 0 });
  const whole = run(back, { type: "refreshed", page: page(1, 10) });
  expect([seqs(whole).length, whole.stored]).toEqual([10, 10]);
});

test("a changed capture is replaced in place", () => {
  const feed = run(start(1, 3), { type: "changed", captures: [{ id: "id-2", starred: true }] });
  expect(feed.captures.map((c) => c.starred)).toEqual([false, true, false]);
});
