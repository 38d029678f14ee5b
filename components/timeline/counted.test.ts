import { expect, test } from "vitest";
import { addCaptures, type Counted, missingCount } from "#components/timeline/counted.ts";
import type { Summary } from "#lib/contract/capture.ts";

const START = Date.parse("2026-03-01T14:00:00.000Z");
const BOUNDS = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY, maxBuckets: 10 };
const NONE = { problem: 0, delete: 0, write: 0, read: 0, other: 0 };

const counted: Counted = {
  timeline: {
    from: new Date(START).toISOString(),
    bucketMs: 1_000,
    buckets: [{ ...NONE, write: 2 }],
    seq: 2,
    sampled: false,
    searchedFrom: null,
  },
  added: new Set(),
  stale: false,
};

function capture(seq: number, seconds: number, change: Partial<Summary> = {}): Summary {
  return {
    id: `id-${seq}`,
    binId: "k3v9q0w2m4x7z1a8b5c6",
    seq,
    receivedAt: new Date(START + seconds * 1_000).toISOString(),
    method: "GET",
    path: "/",
    query: null,
    contentType: null,
    bodySize: 0,
    truncated: false,
    problem: null,
    remoteIp: null,
    note: null,
    starred: false,
    ...change,
  };
}

test("adds what came since to the bucket of its time, and buckets in between", () => {
  const { timeline, stale } = addCaptures(
    counted,
    [capture(3, 0.5), capture(4, 2, { problem: "aborted" })],
    BOUNDS,
  );
  expect(timeline.buckets).toEqual([{ ...NONE, write: 2, read: 1 }, NONE, { ...NONE, problem: 1 }]);
  expect(stale).toBe(false);
});

test("counts nothing twice: not what the server counted, not what came before", () => {
  const once = addCaptures(counted, [capture(2, 0), capture(3, 0), capture(3, 0)], BOUNDS);
  expect(once.timeline.buckets).toEqual([{ ...NONE, write: 2, read: 1 }]);
  expect(addCaptures(once, [capture(3, 0)], BOUNDS)).toBe(once);
});

test("leaves out what lies outside the span, and takes it for counted", () => {
  const bounds = { ...BOUNDS, from: START, to: START + 1_000 };
  const all = [capture(3, -1), capture(4, 1), capture(5, 0.999)];
  const { timeline, added } = addCaptures(counted, all, bounds);
  expect(timeline.buckets).toEqual([{ ...NONE, write: 2, read: 1 }]);
  expect(added.size).toBe(3);
});

test.each([
  ["before the first bucket", -1],
  ["after the last that there is room for", 10],
])("asks anew for what came %s", (_, seconds) => {
  expect(addCaptures(counted, [capture(3, seconds)], BOUNDS).stale).toBe(true);
});

test("asks anew when there was nothing to add to", () => {
  const empty = { ...counted, timeline: { ...counted.timeline, buckets: [], seq: 0 } };
  expect(addCaptures(empty, [capture(1, 0)], BOUNDS).stale).toBe(true);
});

test("knows how many it has not seen", () => {
  expect(missingCount(counted, 2)).toBe(0);
  expect(missingCount(addCaptures(counted, [capture(5, 0)], BOUNDS), 5)).toBe(2);
});
