import { describe, expect, test } from "vitest";
import { type BulkItem, type BulkRunOptions, startBulkRun } from "./bulk-run.ts";
import { fakeClock, settle } from "./testing.ts";

const BEGINNING = Date.parse("2026-11-21T12:00:00Z");

type Sent = { index: number; at: number };

/** A run over captures that came so many milliseconds after the first one. */
function start(offsets: number[], options: Partial<BulkRunOptions> = {}) {
  const { clock, advance } = fakeClock();
  const sent: Sent[] = [];
  const errors: unknown[] = [];
  const loads: number[][] = [];
  const run = startBulkRun({
    total: offsets.length,
    position: 0,
    ahead: [],
    ratePerSecond: 500,
    concurrency: 1,
    gaps: "none",
    clock,
    async load(indexes) {
      loads.push(indexes);
      return indexes.map((index) => itemOf(index, offsets[index]!));
    },
    takePlace: async () => () => {},
    onError: (error) => errors.push(error),
    ...options,
    async send(item) {
      sent.push({ index: item.index, at: clock.now() });
      await options.send?.(item);
    },
  });
  const state: { ended: boolean | null } = { ended: null };
  void run.ended.then((isWhole) => {
    state.ended = isWhole;
  });
  const times = () => sent.map(({ at }) => Math.round(at));
  const indexes = () => sent.map(({ index }) => index);
  return { run, clock, advance, sent, errors, loads, state, times, indexes };
}

const itemOf = (index: number, offset: number): BulkItem => ({
  index,
  captureId: `capture ${index}`,
  receivedAt: new Date(BEGINNING + offset),
});

const many = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Sendings that end when they are told to. */
function held() {
  const waiting = new Map<number, (error?: Error) => void>();
  return {
    send: ({ index }: BulkItem) =>
      new Promise<void>((resolve, reject) => {
        waiting.set(index, (error) => (error ? reject(error) : resolve()));
      }),
    async end(index: number, error?: Error) {
      waiting.get(index)!(error);
      await settle();
    },
  };
}

describe("a bulk run", () => {
  test("sends all of them in order, and looks them up in parts", async () => {
    const { advance, indexes, state, loads } = start(many(250));
    await advance();
    expect(indexes()).toEqual(many(250));
    expect(loads.map(({ length }) => length)).toEqual([100, 100, 50]);
    expect(state.ended).toBe(true);
  });

  test("keeps to the rate", async () => {
    const { advance, times } = start(many(5), { ratePerSecond: 4 });
    await advance();
    expect(times()).toEqual([0, 250, 500, 750, 1000]);
  });

  test.each([
    ["1x", [0, 1_000, 1_000, 3_600_000]],
    ["10x", [0, 100, 100, 360_000]],
    ["none", [0, 0, 0, 0]],
  ] as const)("with gaps %s", async (gaps, expected) => {
    const { advance, times } = start([0, 1_000, 900, 3_600_000], { gaps });
    await advance();
    // The rate of 500 a second puts 2 ms at least between two of them.
    for (const [i, at] of times().entries()) expect(at - expected[i]!).toBeLessThanOrEqual(2 * i);
    for (const [i, at] of times().entries()) expect(at).toBeGreaterThanOrEqual(expected[i]!);
  });

  test("the rate holds where captures came faster than it, and what is late is made up for", async () => {
    const { advance, times } = start([0, 1, 2, 3, 10_000], { gaps: "1x", ratePerSecond: 1 });
    await advance();
    expect(times()).toEqual([0, 1000, 2000, 3000, 10_000]);
  });

  test("has no more of them on their way than it may", async () => {
    const sending = held();
    const { indexes, advance } = start(many(6), { concurrency: 3, ...sending });
    await advance(1_000);
    expect(indexes()).toEqual([0, 1, 2]);
    await sending.end(1);
    await advance(1_000);
    expect(indexes()).toEqual([0, 1, 2, 3]);
  });

  test("with one at a time, each waits for the end of the one before", async () => {
    const sending = held();
    const { indexes, advance } = start(many(3), sending);
    await advance(60_000);
    expect(indexes()).toEqual([0]);
    await sending.end(0);
    await advance(60_000);
    expect(indexes()).toEqual([0, 1]);
  });

  test("one that takes long does not let the others run ahead without end", async () => {
    const sending = held();
    const send = (item: BulkItem) => (item.index === 0 ? sending.send(item) : Promise.resolve());
    const { indexes, advance, state } = start(many(700), { concurrency: 2, send });
    await advance();
    expect(indexes()).toHaveLength(501);
    await sending.end(0);
    await advance();
    expect(indexes()).toEqual(many(700));
    expect(state.ended).toBe(true);
  });

  test("goes on where it was left, without those that had ended", async () => {
    const { indexes, advance } = start(many(10), { position: 3, ahead: [4, 6] });
    await advance();
    expect(indexes()).toEqual([3, 5, 7, 8, 9]);
  });

  test("begins nothing while it is paused; then gaps count from where it goes on", async () => {
    const { run, indexes, advance, times } = start([0, 1_000, 2_000, 3_000], { gaps: "1x" });
    await advance(1_500);
    run.pause();
    await advance(60_000);
    expect(indexes()).toEqual([0, 1]);
    run.resume();
    await advance();
    expect(times()).toEqual([0, 1_000, 61_500, 62_500]);
  });

  test("a pause during a long gap holds, and so does the end of one that is on its way", async () => {
    const sending = held();
    const { run, indexes, advance } = start([0, 0, 0], { concurrency: 2, ...sending });
    await advance(100);
    run.pause();
    await sending.end(0);
    await advance(60_000);
    expect(indexes()).toEqual([0, 1]);
  });

  test("stopped, it ends once those on their way have", async () => {
    const sending = held();
    const { run, state, indexes, advance } = start(many(5), sending);
    await advance(10);
    run.stop();
    run.resume();
    await settle();
    expect(state.ended).toBeNull();
    await sending.end(0);
    expect(state.ended).toBe(false);
    expect(indexes()).toEqual([0]);
  });

  test("stopped while paused and while it waits for a gap, it ends at once", async () => {
    for (const paused of [true, false]) {
      const { run, state, advance } = start([0, 3_600_000], { gaps: "1x" });
      await advance(10);
      if (paused) run.pause();
      run.stop();
      await settle();
      expect(state.ended).toBe(false);
    }
  });

  test("what could not be stored is sent again, a second later and before the others", async () => {
    let isAway = true;
    const send = async ({ index }: BulkItem) => {
      if (index !== 1 || !isAway) return;
      isAway = false;
      throw new Error("away");
    };
    const { indexes, advance, times, errors, state } = start(many(3), { send });
    await advance();
    expect(indexes()).toEqual([0, 1, 1, 2]);
    expect(times()[2]! - times()[1]!).toBe(1_000);
    expect(errors).toHaveLength(1);
    expect(state.ended).toBe(true);
  });

  test("the last one too, when it was the only one left", async () => {
    let tries = 0;
    const send = async () => {
      tries += 1;
      if (tries < 3) throw new Error("away");
    };
    const { advance, state } = start([0], { send });
    await advance();
    expect([tries, state.ended]).toEqual([3, true]);
  });

  test("captures that cannot be looked up are looked up again", async () => {
    let tries = 0;
    const load = async (indexes: number[]) => {
      tries += 1;
      if (tries < 3) throw new Error("away");
      return indexes.map((index) => itemOf(index, 0));
    };
    const { indexes, advance } = start(many(3), { load });
    await advance();
    expect(indexes()).toEqual([0, 1, 2]);
  });

  test("a pause that comes while it waits for a place holds, and gives the place back", async () => {
    let give = () => {};
    let released = 0;
    const takePlace = () =>
      new Promise<() => void>((resolve) => {
        give = () => resolve(() => (released += 1));
      });
    const { run, indexes } = start(many(2), { takePlace });
    await settle();
    give();
    run.pause();
    await settle();
    expect([indexes(), released]).toEqual([[], 1]);
  });
});
