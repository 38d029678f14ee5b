import type { Page } from "@playwright/test";
import type { TestBin } from "../lib/testing/server.ts";
import { openBench, openLive, type UiBench } from "./ui-setup.ts";

const MIB = 1024 * 1024;
const ROUNDS = 5;
/** Aims: from the last byte to rows on the screen, and the page's longest task meanwhile. */
const AIMS = { openMs: 1_000, taskMs: 200 };

type Round = { arrival: number; open: number; longest: number; scroll: number };

type Seen = { seen: { clicked: number; rows: number; tasks: number[] } };

/** An export as shops send them: objects with strings, numbers, lists and objects in them. */
function jsonOf(bytes: number): string {
  const items: string[] = [];
  for (let size = 2, id = 1; ; id += 1) {
    const item = JSON.stringify({
      id,
      email: `customer.${id}@example.com`,
      createdAt: new Date(1_700_000_000_000 + id * 1_000).toISOString(),
      total: id * 1.25,
      tags: ["new", "retail"],
      address: { city: "Zürich", zip: String(8000 + (id % 90)) },
    });
    size += Buffer.byteLength(item) + 1;
    if (size > bytes) return `[${items.join(",")}]`;
    items.push(item);
  }
}

async function openOnce(page: Page, bin: TestBin, id: string): Promise<Round> {
  await openLive(page, bin);
  await page.waitForLoadState("networkidle");
  await page.evaluate(() => {
    const seen = { clicked: 0, rows: 0, tasks: [] as number[] };
    Object.assign(window, { seen });
    addEventListener("click", ({ timeStamp }) => (seen.clicked = timeStamp), { capture: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: "longtask" });
    const rows = new MutationObserver(() => {
      if (!document.querySelector("[role='tree'] [role='treeitem']")) return;
      rows.disconnect();
      // Two frames on, they are on the screen.
      requestAnimationFrame(() => requestAnimationFrame(() => (seen.rows = performance.now())));
    });
    rows.observe(document.body, { subtree: true, childList: true });
  });
  await page.locator(`a[href*="${id}"]`).first().click();
  await page.waitForFunction(() => (window as unknown as Seen).seen.rows > 0);
  const { arrived, rows, clicked } = await page.evaluate(() => ({
    arrived: performance.getEntriesByName("inlet:body-arrived").at(-1)!.startTime,
    ...(window as unknown as Seen).seen,
  }));
  const scroll = await page.getByRole("tree").evaluate(async (tree) => {
    let longest = 0;
    let last = performance.now();
    for (let step = 1; step <= 60; step += 1) {
      tree.scrollTop = (tree.scrollHeight / 60) * step;
      await new Promise(requestAnimationFrame);
      longest = Math.max(longest, performance.now() - last);
      last = performance.now();
    }
    return longest;
  });
  const tasks = await page.evaluate(() => (window as unknown as Seen).seen.tasks);
  return {
    arrival: arrived - clicked,
    open: rows - arrived,
    longest: Math.max(0, ...tasks),
    scroll,
  };
}

/** Opens large JSON bodies in the dashboard, and prints how long that and the page's tasks took. */
export async function benchJsonBody(bench: UiBench): Promise<void> {
  console.log("\n## A JSON body opens\n");
  console.log(
    `Aims for 10 MiB: under ${AIMS.openMs} ms from the last byte to rows on the screen, no task of the page over ${AIMS.taskMs} ms.\n`,
  );
  console.log(
    "| body | round | click to last byte | last byte to rows | longest task | slowest frame of scrolling |",
  );
  console.log("| --- | --- | --- | --- | --- | --- |");
  const ms = (value: number) => `${Math.round(value)} ms`;
  for (const size of [1, 10]) {
    const { page, bin } = await openBench(bench);
    const sent = await fetch(bin.captureUrl, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: jsonOf(size * MIB),
    });
    const id = sent.headers.get("inlet-capture")!;
    for (let round = 1; round <= ROUNDS; round += 1) {
      const { arrival, open, longest, scroll } = await openOnce(page, bin, id);
      const task = longest === 0 ? "under 50 ms" : ms(longest);
      console.log(
        `| ${size} MiB | ${round} | ${ms(arrival)} | ${ms(open)} | ${task} | ${ms(scroll)} |`,
      );
    }
    await page.context().close();
  }
}
