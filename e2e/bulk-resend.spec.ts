import { createServer, type ServerResponse } from "node:http";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { TestBin } from "#lib/testing/server.ts";
import {
  captureDetail,
  captureList,
  expect,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";

/** Answers after the first `free` only what it is told to; `/broken` gets a 500. */
async function startTarget(free = Number.POSITIVE_INFINITY) {
  const paths: string[] = [];
  const waiting: ServerResponse[] = [];
  let allowed = free;
  const server = createServer((req, res) => {
    req.resume();
    paths.push(req.url!);
    res.statusCode = req.url === "/broken" ? 500 : 200;
    if (paths.length <= allowed) res.end();
    else waiting.push(res);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}/`,
    paths,
    waiting,
    open() {
      allowed = Number.POSITIVE_INFINITY;
      for (const res of waiting.splice(0)) res.end();
    },
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function send(bin: TestBin, count: number, prefix = "/") {
  for (let n = 1; n <= count; n++) {
    await sendTo(bin, `${prefix}${n}`, { method: "POST", body: `{"n":${n}}` });
  }
}

const pathsUpTo = (count: number) => Array.from({ length: count }, (_, i) => `/${i + 1}`);
const dialog = (page: Page) => page.getByRole("dialog", { name: /^Resend / });
const strip = (page: Page) => page.getByRole("region", { name: "Bulk resends" });
const bar = (page: Page) => strip(page).getByRole("progressbar", { name: "Captures sent" });

async function selectAll(page: Page) {
  await page.getByRole("button", { name: "Select captures" }).click();
  await page.getByRole("button", { name: "Select all loaded captures" }).click();
}

async function start(page: Page, url: string) {
  await dialog(page).getByLabel("Target URL").fill(url);
  await dialog(page).getByLabel("At most a second").fill("500");
  await dialog(page)
    .getByRole("button", { name: /^Resend / })
    .click();
  await expect(dialog(page)).toBeHidden();
}

test("a selection is sent again, paused, seen again after a reload, resumed and summed up", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await send(bin, 12);
  const target = await startTarget(3);
  await openDashboard(page, bin);
  await selectAll(page);
  await page.getByRole("button", { name: "Resend the selected captures" }).click();
  await dialog(page).getByLabel("Target URL").fill(target.url);
  await expect(dialog(page)).toContainText(
    `12 captures to ${target.url}, oldest first, each when the one before has ended, at most 10 a second.`,
  );
  await start(page, target.url);
  await expect(bar(page)).toHaveAttribute("aria-valuenow", "3");
  await expect(strip(page)).toContainText("3 of 12 captures · 3 answered with 2xx");
  await strip(page).getByRole("button", { name: "Pause" }).click();
  await expect(strip(page)).toContainText("Paused: resending to");
  target.open();
  // The one that was on its way came to its end, and no other began.
  await expect(bar(page)).toHaveAttribute("aria-valuenow", "4");

  await page.reload();
  await expect(strip(page)).toContainText("4 of 12 captures");
  expect(target.paths).toEqual(pathsUpTo(4));
  await strip(page).getByRole("button", { name: "Resume" }).click();
  await expect(strip(page)).toContainText("12 of 12 captures · 12 answered with 2xx");
  await expect(strip(page)).toContainText("Resent to");
  expect(target.paths).toEqual(pathsUpTo(12));
  await strip(page).getByRole("button", { name: "Close" }).click();
  await expect(strip(page)).toHaveCount(0);
  await page.reload();
  await expect(rows(page)).toHaveCount(12);
  await expect(strip(page)).toHaveCount(0);
  target.stop();
});

test("the dialog, and one that is paused, are accessible", async ({ page, newBin }) => {
  const bin = await newBin();
  await send(bin, 2);
  const target = await startTarget(1);
  await openDashboard(page, bin);
  await selectAll(page);
  await page.getByRole("button", { name: "Resend the selected captures" }).click();
  await dialog(page).getByLabel("Target URL").fill(target.url);
  await expect(dialog(page)).toContainText(`2 captures to ${target.url}`);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await start(page, target.url);
  await strip(page).getByRole("button", { name: "Pause" }).click();
  await expect(strip(page)).toContainText("Paused: resending to");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  target.stop();
});

test("another page of the bin shows it as well, and what one does the other sees", async ({
  page,
  context,
  newBin,
}) => {
  const bin = await newBin();
  await send(bin, 3);
  const target = await startTarget(0);
  await openDashboard(page, bin);
  const other = await context.newPage();
  await openDashboard(other, bin);
  await selectAll(page);
  await page.getByRole("button", { name: "Resend the selected captures" }).click();
  await start(page, target.url);
  await expect(strip(other)).toContainText("0 of 3 captures");
  await strip(other).getByRole("button", { name: "Pause" }).click();
  await expect(strip(page).getByRole("button", { name: "Resume" })).toBeVisible();
  await strip(page).getByRole("button", { name: "Cancel" }).click();
  await expect(strip(other)).toContainText("Cancelled: resending to");
  target.stop();
});

test("cancelling much asks first, and what is on its way is counted", async ({ page, newBin }) => {
  const bin = await newBin();
  await send(bin, 25);
  const target = await startTarget(1);
  await openDashboard(page, bin);
  await selectAll(page);
  await page.getByRole("button", { name: "Resend the selected captures" }).click();
  await start(page, target.url);
  await expect(bar(page)).toHaveAttribute("aria-valuenow", "1");
  await strip(page).getByRole("button", { name: "Cancel" }).click();
  const question = page.getByRole("dialog", { name: "Send no more?" });
  await expect(question).toContainText("24 captures will not be sent");
  await question.getByRole("button", { name: "Send no more" }).click();
  await expect(strip(page)).toContainText("Cancelled: resending to");
  target.open();
  await expect(bar(page)).toHaveAttribute("aria-valuenow", "2");
  expect(target.paths).toEqual(pathsUpTo(2));
  target.stop();
});

test("a search result is sent; what got no 2xx is listed, leads to its capture, and goes again", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await send(bin, 3);
  await sendTo(bin, "/broken", { method: "POST" });
  await sendTo(bin, "/get");
  const target = await startTarget();
  await openDashboard(page, bin);
  await page.getByRole("combobox", { name: "Search captures" }).fill("method:POST");
  await page.getByRole("button", { name: "Resend all 4 that match" }).click();
  await expect(dialog(page)).toContainText("Resend 4 captures");
  await start(page, target.url);
  await expect(strip(page)).toContainText(
    "4 of 4 captures · 3 answered with 2xx, 1 answered with another status",
  );
  expect([...target.paths].sort()).toEqual(["/1", "/2", "/3", "/broken"]);
  await strip(page).getByRole("button", { name: "Without a 2xx" }).click();
  const list = strip(page).getByRole("list", { name: "Captures without a 2xx" });
  await expect(list.getByRole("link")).toHaveText([/#4.*500.*\/broken/]);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await list.getByRole("link").click();
  await expect(captureDetail(page)).toContainText("/broken");

  await strip(page).getByRole("button", { name: "Resend those…" }).click();
  await expect(dialog(page).getByLabel("Target URL")).toHaveValue(target.url);
  await expect(dialog(page)).toContainText("1 capture to");
  await dialog(page)
    .getByRole("button", { name: /^Resend / })
    .click();
  await expect(strip(page).getByRole("article")).toHaveCount(2);
  await expect.poll(() => target.paths.length).toBe(5);
  target.stop();
});

test.describe("what is refused", () => {
  test.use({ expectedTrouble: [/400/] });

  test("is said in the dialog, with all that was typed still there", async ({ page, newBin }) => {
    const bin = await newBin();
    await send(bin, 1);
    await openDashboard(page, bin);
    await selectAll(page);
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "Command palette" });
    await palette.getByRole("combobox").fill("resend selected");
    await palette.getByRole("option", { name: /^Resend the selected captures/ }).click();
    await expect(dialog(page)).toBeVisible();
    await bin.api(`/bins/${bin.id}/captures`, { method: "DELETE" });
    await dialog(page).getByLabel("Target URL").fill("http://127.0.0.1:9/x");
    await dialog(page)
      .getByRole("button", { name: /^Resend / })
      .click();
    await expect(dialog(page).getByRole("alert")).toContainText(
      "None of these captures is in the bin any more",
    );
    await expect(dialog(page).getByLabel("Target URL")).toHaveValue("http://127.0.0.1:9/x");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("it fits the page, dialog and all", async ({ page, newBin }) => {
    const bin = await newBin();
    await send(bin, 4);
    const target = await startTarget(2);
    await openDashboard(page, bin);
    await selectAll(page);
    await page.getByRole("button", { name: "Resend the selected captures" }).click();
    await dialog(page).getByLabel("Target URL").fill(target.url);
    const fits = () =>
      page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
    expect(await fits()).toBe(true);
    await start(page, target.url);
    await expect(bar(page)).toHaveAttribute("aria-valuenow", "2");
    expect(await fits()).toBe(true);
    for (const name of ["Pause", "Cancel"]) {
      const box = await strip(page).getByRole("button", { name }).boundingBox();
      expect(box!.height).toBeGreaterThanOrEqual(44);
    }
    await expect(captureList(page)).toBeVisible();
    target.open();
    await expect(strip(page)).toContainText("Resent to");
    target.stop();
  });
});
