import { setImmediate } from "node:timers/promises";
import type { CaptureProblem } from "../contract/capture.ts";
import { TIMELINE_EXACT_MAX } from "../contract/limits.ts";
import type { Timeline, TimelineBucket } from "../contract/timeline.ts";
import { TIMELINE_KINDS, type TimelineKind, timelineKind } from "../contract/timeline-kind.ts";
import type { PrismaClient } from "./connect.ts";

export type TimelineRange = { from?: Date; to?: Date; buckets: number };

/** Rows in one query. SQLite answers on the serving thread, which captures are waiting for too. */
const CHUNK = 1_000;
/** `samples`: captures that are looked at where there are too many to look at all. */
const AMOUNTS = { exactMax: TIMELINE_EXACT_MAX, samples: 4_000 };
/** Of two captures, the later in `seq` may have arrived earlier: its body took longer to come. */
const OUT_OF_ORDER = 1_000;

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Lengths of a bucket that a clock face knows. */
const STEPS = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000].map((n) => n * DAY),
];
/** With nothing said about the span, a burst is not spread out until it looks like traffic. */
const SHORTEST_UNASKED = SECOND;

export type Point = { at: number; kind: TimelineKind };

/**
 * How many captures of a bin that is there came when. Takes no index of its own, which every
 * capture would have to pay for: `seq` nearly follows the time, so a span of time is a span of
 * `seq`, and of a very long one evenly spaced rows give a picture that is right to the pixel.
 */
export async function timelineOf(
  db: PrismaClient,
  binId: string,
  range: TimelineRange,
  { exactMax, samples } = AMOUNTS,
): Promise<Timeline> {
  const { first, last, about, seq } = await timelineSpan(db, binId, range);
  const stride = about > exactMax ? Math.ceil(about / samples) : 1;
  const points: Point[] = [];
  for (let from = first; from <= last; from += CHUNK * stride) {
    const upTo = Math.min(last, from + CHUNK * stride - 1);
    points.push(...(await readPoints(db, binId, from, upTo, stride)));
    await setImmediate();
  }
  const counts = countPoints(points, range, stride);
  return { ...counts, seq, sampled: stride > 1, searchedFrom: null };
}

export type TimelineSpan = Span & {
  /** How many numbers there are in it, as far as time and number go together. */
  about: number;
  /** The bin's newest one. */
  seq: number;
};

/** The numbers among which all captures of a range of time are, and some around them. */
export async function timelineSpan(
  db: PrismaClient,
  binId: string,
  range: Omit<TimelineRange, "buckets">,
): Promise<TimelineSpan> {
  const bin = await db.bin.findUnique({
    where: { id: binId },
    select: { clearedSeq: true, captureCount: true },
  });
  const seq = bin?.captureCount ?? 0;
  const stored = { first: (bin?.clearedSeq ?? 0) + 1, last: seq };
  const within = await seqsWithin(db, binId, stored, range);
  return {
    first: Math.max(stored.first, within.first - OUT_OF_ORDER),
    last: Math.min(stored.last, within.last + OUT_OF_ORDER),
    about: within.last - within.first + 1,
    seq,
  };
}

async function readPoints(
  db: PrismaClient,
  binId: string,
  from: number,
  upTo: number,
  stride: number,
): Promise<Point[]> {
  const some = Array.from(
    { length: Math.ceil((upTo - from + 1) / stride) },
    (_, i) => from + i * stride,
  );
  const rows = await db.capture.findMany({
    where: { binId, seq: stride === 1 ? { gte: from, lte: upTo } : { in: some } },
    select: { receivedAt: true, method: true, problem: true },
  });
  return rows.map(({ receivedAt, method, problem }) => ({
    at: receivedAt.getTime(),
    kind: timelineKind({ method, problem: problem as CaptureProblem | null }),
  }));
}

type Span = { first: number; last: number };

/** All that is in the range, but for those that are out of order. */
async function seqsWithin(
  db: PrismaClient,
  binId: string,
  { first, last }: Span,
  { from, to }: Omit<TimelineRange, "buckets">,
): Promise<Span> {
  /** The first `seq` whose capture came at this time or later. */
  const seqAt = async (time: number): Promise<number> => {
    let [low, high] = [first, last + 1];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const row = await db.capture.findFirst({
        where: { binId, seq: { gte: middle, lt: high } },
        orderBy: { seq: "asc" },
        select: { seq: true, receivedAt: true },
      });
      if (row === null || row.receivedAt.getTime() >= time) high = middle;
      else low = row.seq + 1;
    }
    return low;
  };
  return {
    first: from ? await seqAt(from.getTime()) : first,
    last: to ? (await seqAt(to.getTime())) - 1 : last,
  };
}

const EMPTY = Object.fromEntries(TIMELINE_KINDS.map((kind) => [kind, 0])) as TimelineBucket;

/** `weight`: how many captures each point stands for. */
export function countPoints(
  points: readonly Point[],
  range: TimelineRange,
  weight = 1,
): Pick<Timeline, "from" | "bucketMs" | "buckets"> {
  const wanted = points.filter(
    ({ at }) => (!range.from || at >= +range.from) && (!range.to || at < +range.to),
  );
  let [earliest, latest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { at } of wanted) {
    earliest = Math.min(earliest, at);
    latest = Math.max(latest, at);
  }
  const from = range.from?.getTime() ?? earliest;
  const to = range.to?.getTime() ?? latest + 1;
  if (!Number.isFinite(from) || !Number.isFinite(to) || to <= from) {
    return { from: new Date(0).toISOString(), bucketMs: SHORTEST_UNASKED, buckets: [] };
  }
  const shortest = range.from && range.to ? 1 : SHORTEST_UNASKED;
  const bucketMs = chooseStep(from, to, range.buckets, shortest);
  const start = Math.floor(from / bucketMs);
  const buckets = Array.from({ length: Math.ceil(to / bucketMs) - start }, () => ({ ...EMPTY }));
  for (const { at, kind } of wanted) buckets[Math.floor(at / bucketMs) - start]![kind] += weight;
  return { from: new Date(start * bucketMs).toISOString(), bucketMs, buckets };
}

/** The shortest that needs no more buckets than asked for, which begin at whole multiples of it. */
function chooseStep(from: number, to: number, buckets: number, shortest: number): number {
  const fits = (step: number) =>
    step >= shortest && Math.ceil(to / step) - Math.floor(from / step) <= buckets;
  let step = STEPS.find(fits);
  for (let days = STEPS.at(-1)!; step === undefined; days *= 2) if (fits(days)) step = days;
  return step;
}
