import type { Page } from "@playwright/test";
import autocannon from "autocannon";
import type { TestBin } from "../lib/testing/server.ts";
import { describeFrames, type Frames, recordFrames } from "./ui-frames.ts";
import { openBench, openLive, type UiBench } from "./ui-setup.ts";

const CAPTURES = 10_000;
const RATE = 1_000;
/** Aims, in milliseconds. */
const FRAME_AIM = 50;
const TASK_AIM = 100;

const body = JSON.stringify({ id: "evt_1", type: "invoice.paid", data: "x".repeat(400) });

/** Every one of them answered 200; with `rate` so many a second. */
async function send(bin: TestBin, amount: number, rate?: number): Promise<number> {
  const started = performance.now();
  const { "2xx": ok } = await autocannon({
    url: `${bin.captureUrl}/hooks/[<id>]?attempt=1`,
    idReplacement: true,
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
    amount,
    connections: 20,
    ...(rate !== undefined && { overallRate: rate }),
  });
  if (ok !== amount) throw new Error(`${amount - ok} of ${amount} were not captured`);
  return (performance.now() - started) / 1_000;
}

const list = (page: Page) =>
  page.getByRole("region", { name: "Captures", exact: true }).getByRole("list", { name: /newest/ });

/** Through the whole list, so much in every frame; resolves at the end that it goes to. */
function scroll(page: Page, step: number): Promise<void> {
  return list(page).evaluate(
    (ul, by) =>
      new Promise<void>((done) => {
        const scroller = ul.parentElement!;
        const steps = {
          frame() {
            const before = scroller.scrollTop;
            scroller.scrollTop += by;
            if (scroller.scrollTop === before) done();
            else requestAnimationFrame(steps.frame);
          },
        };
        requestAnimationFrame(steps.frame);
      }),
    step,
  );
}

/** Down to the oldest capture, with every page that is fetched on the way. */
async function loadAll(page: Page, bin: TestBin): Promise<void> {
  const oldest = list(page).getByText("#1", { exact: true });
  while ((await oldest.count()) === 0) {
    await scroll(page, 2_000);
    await page.waitForTimeout(20);
  }
  const loaded = await list(page).getAttribute("aria-label");
  const { storedCount } = await bin.get();
  console.log(`- ${storedCount.toLocaleString("en")} captures stored; the list: ${loaded}`);
}

function report(name: string, frames: Frames, aim: string, met: boolean): void {
  console.log(`- **${name}: ${met ? "met" : "MISSED"}** (${aim}): ${describeFrames(frames)}`);
}

async function benchScrolling(bench: UiBench): Promise<void> {
  const { page, bin } = await openBench(bench);
  await send(bin, CAPTURES);
  await openLive(page, bin);
  const aim = `no frame over ${FRAME_AIM} ms`;
  const loading = await recordFrames(page, () => loadAll(page, bin));
  report("down to the oldest, loading pages", loading, aim, loading.over50 === 0);
  for (const [name, step] of [
    ["up at 1,500 px a frame", -1_500],
    ["down at 500 px a frame", 500],
    ["up at 8,000 px a frame", -8_000],
  ] as const) {
    const frames = await recordFrames(page, () => scroll(page, step));
    report(name, frames, aim, frames.over50 === 0);
  }
  await page.context().close();
}

/** What is shown after a burst has to be what is stored, to the last one. */
async function checkList(page: Page, bin: TestBin, amount: number): Promise<void> {
  const region = page.getByRole("region", { name: "Captures", exact: true });
  await region.getByText(`${amount.toLocaleString("en")} captures`, { exact: true }).waitFor();
  await list(page).getByText(`#${amount}`, { exact: true }).waitFor();
  const newest = await list(page).getByRole("link").first().getAttribute("href");
  const { captures } = await bin.page("limit=1");
  const isRight = newest?.includes(captures[0]!.id) ?? false;
  console.log(`- the newest row is the newest capture: ${isRight ? "yes" : "NO"}`);
  const counts = await page
    .getByRole("region", { name: "Timeline" })
    .getByRole("listitem")
    .allTextContents();
  console.log(`- the timeline's counts: ${counts.join(", ")}`);
}

async function benchBurst(bench: UiBench): Promise<void> {
  const { page, bin } = await openBench(bench);
  await openLive(page, bin);
  let seconds = 0;
  const frames = await recordFrames(page, async () => {
    seconds = await send(bin, CAPTURES, RATE);
    await checkList(page, bin, CAPTURES);
  });
  const aim = `no task over ${TASK_AIM} ms, with ${Math.round(CAPTURES / seconds).toLocaleString("en")} captures a second for ${seconds.toFixed(1)} s`;
  report("burst while watching", frames, aim, frames.longestTask <= TASK_AIM);
  await page.context().close();
}

/** The list of a full bin, and of one that a burst comes to. */
export async function benchList(bench: UiBench): Promise<void> {
  console.log(`\n## The list: scrolling through ${CAPTURES.toLocaleString("en")} captures\n`);
  await benchScrolling(bench);
  console.log("\n## The list: a burst\n");
  await benchBurst(bench);
}
