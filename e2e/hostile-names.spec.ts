import type { Page } from "@playwright/test";
import type { TestBin } from "#lib/testing/server.ts";
import { expect, openDashboard, test } from "./fixtures.ts";
import { expectUnharmedAtEachWidth, watchForHarm } from "./harm.ts";
import { HOSTILE_NAMES, sendAll, WORST } from "./hostile-corpus.ts";
import { share, stranger } from "./sharing.ts";

const WIDE = { width: 1360, height: 850 };

async function call(bin: TestBin, method: string, path: string, input: object): Promise<void> {
  const response = await bin.api(path, {
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  expect(response.ok, `${path} ${await response.clone().text()}`).toBe(true);
}

test.describe("for a browser that calls itself something hostile", () => {
  test.use({ userAgent: `Mozilla/5.0 <img src=x onerror=alert(1)>/1 ${"W".repeat(200)}/2` });

  test("the workspace's page shows hostile names, labels and browsers as text", async ({
    page,
    browser,
    newBin,
  }) => {
    const bin = await newBin({ name: HOSTILE_NAMES[0]! });
    const harm = await watchForHarm(page);
    for (const name of HOSTILE_NAMES) {
      await newBin({ name });
      await call(bin, "POST", "/workspace/tokens", { label: name, scope: "read" });
    }
    // Browsers that say other things of themselves, each with a link of its own.
    for (const userAgent of [`${"W".repeat(480)}`, "\u0085<svg onload=alert(1)>(iPhone)"]) {
      const link = await bin.api("/workspace/device-links", { method: "POST" });
      const { url } = (await link.json()) as { url: string };
      const context = await browser.newContext({ userAgent });
      const other = await context.newPage();
      await other.goto(url);
      await other.getByRole("button", { name: "Open it in this browser" }).click();
      await expect(other.getByRole("heading", { level: 1 })).toHaveText("Your bins");
      await context.close();
    }
    for (const name of HOSTILE_NAMES) {
      await call(bin, "PATCH", "/workspace", { name });
      await page.goto("/workspace");
      await expect(page.getByRole("list", { name: "Browsers" }).getByRole("listitem")).toHaveCount(
        3,
      );
      await expectUnharmedAtEachWidth(page, harm, `workspace called ${name.slice(0, 20)}`);
      await page.setViewportSize(WIDE);
    }
    for (const ask of [
      page.getByRole("button", { name: /^Sign out / }).first(),
      page.getByRole("button", { name: /^Revoke W/ }),
      page.getByRole("button", { name: /^Revoke <\// }),
      page.getByRole("button", { name: "Delete everything" }),
      page.getByRole("button", { name: "Leave" }),
    ]) {
      await ask.click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expectUnharmedAtEachWidth(page, harm, `asked by ${ask}`);
      await page.setViewportSize(WIDE);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    const link = await bin.api("/workspace/device-links", { method: "POST" });
    const { url } = (await link.json()) as { url: string };
    const reader = await stranger(browser);
    const readerHarm = await watchForHarm(reader.page);
    await reader.page.goto(url);
    await expectUnharmedAtEachWidth(reader.page, readerHarm, "page of a link to another device");
    expect(reader.trouble).toEqual([]);
    await reader.close();
  });
});

test("bins with hostile names are text in every list, menu and dialog", async ({
  page,
  newBin,
}) => {
  const harm = await watchForHarm(page);
  const bins = [];
  for (const name of HOSTILE_NAMES) bins.push(await newBin({ name }));
  await sendAll(bins[0]!, WORST);
  await page.goto("/bins");
  const list = page.getByRole("main").getByRole("listitem");
  await expect(list).toHaveCount(HOSTILE_NAMES.length);
  await expectUnharmedAtEachWidth(page, harm, "all bins");
  await page.setViewportSize(WIDE);
  for (const bin of bins) {
    await openDashboard(page, bin);
    await expectUnharmedAtEachWidth(page, harm, "dashboard");
    await page.setViewportSize(WIDE);
    for (const item of ["Rename", "Delete bin", "Share"]) {
      await page.getByRole("button", { name: "Bin actions" }).click();
      await expectUnharmedAtEachWidth(page, harm, "menu of the bin");
      await page.setViewportSize(WIDE);
      await page.getByRole("menuitem", { name: new RegExp(`^${item}`) }).click();
      await expect(page.getByRole("dialog")).toBeVisible();
      await expect(page.getByRole("menu")).toHaveCount(0);
      await expectUnharmedAtEachWidth(page, harm, `${item} of the bin`);
      await page.setViewportSize(WIDE);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toHaveCount(0);
    }
    await page.keyboard.press("ControlOrMeta+k");
    await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill("w");
    await expectUnharmedAtEachWidth(page, harm, "commands");
    await page.setViewportSize(WIDE);
    await page.keyboard.press("Escape");
  }
});

test("links with hostile labels, and what they lead to, are text", async ({
  page,
  browser,
  newBin,
}) => {
  const harm = await watchForHarm(page);
  const bin = await newBin({ name: HOSTILE_NAMES[0]! });
  const [id] = await sendAll(bin, WORST);
  const links = [];
  for (const name of HOSTILE_NAMES) {
    await call(bin, "PATCH", `/bins/${bin.id}`, { name });
    links.push(await share(bin, `/bins/${bin.id}`, { label: name, redact: false }));
    links.push(await share(bin, `/captures/${id}`, { label: name }));
  }
  await openShares(page, bin, "Bin actions");
  await expectUnharmedAtEachWidth(page, harm, "links of the bin");
  await page.setViewportSize(WIDE);
  const revoke = page.getByRole("dialog").getByRole("button", { name: /^(Revoke|End|Take back)/ });
  await revoke.first().click();
  await expectUnharmedAtEachWidth(page, harm, "taking a link back");
  await page.setViewportSize(WIDE);
  await openDashboard(page, bin, id);
  await page.getByRole("button", { name: "Share this capture" }).click();
  await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
  await expectUnharmedAtEachWidth(page, harm, "links of the capture");

  for (const name of HOSTILE_NAMES) {
    await call(bin, "PATCH", `/bins/${bin.id}`, { name });
    for (const javaScriptEnabled of [true, false]) {
      const reader = await stranger(browser, { javaScriptEnabled });
      const readerHarm = await watchForHarm(reader.page);
      await reader.page.goto(links[0]!.url);
      await expect(reader.page.getByRole("heading", { level: 1 })).toHaveText(/^Shared/);
      await expectUnharmedAtEachWidth(reader.page, readerHarm, "shared bin");
      await reader.close();
    }
  }
});

async function openShares(page: Page, bin: TestBin, menu: string): Promise<void> {
  await openDashboard(page, bin);
  await page.getByRole("button", { name: menu }).click();
  await page.getByRole("menuitem", { name: /^Share/ }).click();
  await expect(page.getByRole("dialog").getByRole("listitem").first()).toBeVisible();
}
