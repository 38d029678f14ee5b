import type { Page } from "@playwright/test";

export type Frames = {
  frames: number;
  /** Milliseconds between two frames. */
  longest: number;
  p99: number;
  over50: number;
  /** Main-thread tasks, in milliseconds; only those over 50 are known. */
  longestTask: number;
  longTasks: number;
};

type Recorder = { stop(): Frames };
type Recording = { inletFrames?: Recorder };

/**
 * Records frames and long tasks of the page while `work` runs. In the page there are methods only: the loader gives
 * every other function its name by a helper that the page does not have.
 */
export async function recordFrames(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = [];
    const tasks: number[] = [];
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(entry.duration);
    });
    observer.observe({ type: "longtask" });
    const recorder = {
      running: true,
      frame(now: number) {
        times.push(now);
        if (recorder.running) requestAnimationFrame(recorder.frame);
      },
      stop() {
        recorder.running = false;
        for (const entry of observer.takeRecords()) tasks.push(entry.duration);
        observer.disconnect();
        const deltas = times.slice(1).map((time, i) => time - times[i]!);
        deltas.sort((a, b) => a - b);
        return {
          frames: deltas.length,
          longest: deltas.at(-1) ?? 0,
          p99: deltas[Math.floor(deltas.length * 0.99)] ?? 0,
          over50: deltas.filter((delta) => delta > 50).length,
          longestTask: Math.max(0, ...tasks),
          longTasks: tasks.length,
        };
      },
    };
    (window as Recording).inletFrames = recorder;
    requestAnimationFrame(recorder.frame);
  });
  await work();
  return page.evaluate(() => (window as Recording).inletFrames!.stop());
}

export function describeFrames(frames: Frames): string {
  const { frames: count, longest, p99, over50, longestTask, longTasks } = frames;
  const tasks =
    longTasks === 0 ? "none over 50" : `${longTasks}, the longest ${longestTask.toFixed(0)}`;
  return `${count} frames, p99 ${p99.toFixed(0)} ms, longest ${longest.toFixed(0)} ms, ${over50} over 50 ms; long tasks: ${tasks} ms`;
}
