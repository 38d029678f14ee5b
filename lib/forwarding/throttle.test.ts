import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { throttle } from "./throttle.ts";

const settings = { gapMs: 20, retryMs: 50, onError() {} };

test("runs at once when it has rested, and once for all that is wanted meanwhile", async () => {
  vi.useFakeTimers();
  let runs = 0;
  const task = throttle(async () => void runs++, settings);
  for (let i = 0; i < 5; i++) task.want();
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toBe(1);
  task.want();
  task.want();
  await vi.advanceTimersByTimeAsync(10);
  expect(runs).toBe(1);
  await vi.advanceTimersByTimeAsync(15);
  expect(runs).toBe(2);
  task.want();
  task.want(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(runs).toBe(3);
  await task.stop();
  task.want(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(runs).toBe(3);
  vi.useRealTimers();
});

test("is not put off by being wanted all the time", async () => {
  let runs = 0;
  const task = throttle(async () => void runs++, settings);
  while (runs < 3) {
    task.want();
    await new Promise((turn) => setImmediate(turn));
  }
  await task.stop();
});

test("is tried again after a failure, and never runs twice at once", async () => {
  let running = 0;
  let runs = 0;
  const errors: unknown[] = [];
  const task = throttle(
    async () => {
      running += 1;
      runs += 1;
      expect(running).toBe(1);
      await sleep(5);
      running -= 1;
      if (runs === 1) throw new Error("first");
    },
    { ...settings, onError: (error) => errors.push(error) },
  );
  task.want();
  await expect.poll(() => runs).toBe(2);
  expect(errors).toEqual([new Error("first")]);
  await task.stop();
});
