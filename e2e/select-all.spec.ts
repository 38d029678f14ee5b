import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { connectRaw } from "#lib/testing/raw-http.ts";
import type { TestBin } from "#lib/testing/server.ts";
import { captureList, expect, openDashboard, rows, sendTo, test } from "./fixtures.ts";

const toolbar = (page: Page) => page.getByRole("toolbar", { name: "Selected captures" });
const button = (page: Page, name: string | RegExp) =>
  captureList(page).getByRole("button", { name, exact: true });
const field = (page: Page) => page.getByRole("combobox", { name: "Search captures" });
const found = (page: Page) => page.getByRole("search").getByRole("status");
const undo = (page: Page) => page.getByRole("button", { name: "Undo" });
const palette = (page: Page) => page.getByRole("dialog", { name: "Command palette" });

/** Every third of so many is a PUT; sent on one connection, which is quick. */
async function send(port: number, bin: TestBin, count: number): Promise<void> {
  const connection = await connectRaw(port);
  for (let n = 1; n <= count; n++) {
    const method = n % 3 === 0 ? "PUT" : "POST";
    connection.send(
      `${method} /in/${bin.id}/${n} HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n`,
    );
  }
  for (let n = 1; n <= count; n++) expect((await connection.response()).status).toBe(200);
  connection.socket.destroy();
}

const methods = async (bin: TestBin) => (await bin.all()).map(({ method }) => method);

/** Whole on a phone's screen, and large enough for a finger. */
async function expectFits(shown: Locator): Promise<void> {
  await expect(shown).toBeVisible();
  const { x, width, height } = (await shown.boundingBox())!;
  // What is too wide is scrolled to where it is tapped.
  expect(x).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(390);
  expect(height).toBeGreaterThanOrEqual(44);
}

test("all that match a search are selected, deleted and brought back, and what comes meanwhile stays", async ({
  page,
  server,
  newBin,
}) => {
  const bin = await newBin();
  await send(server.port, bin, 240);
  await openDashboard(page, bin);
  await field(page).fill("method:PUT");
  await expect(found(page)).toHaveText("50+ found");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ControlOrMeta+a");
  await expect(toolbar(page)).toContainText("50 selected");
  await expect(captureList(page)).toContainText("The 50 that are loaded are selected.");
  await button(page, "Select all 80 that match").click();
  await expect(toolbar(page)).toContainText("80 selected");

  await sendTo(bin, "/late", { method: "PUT" });
  await expect(rows(page).first()).toContainText("#241");
  await expect(page.getByLabel("Select capture #241")).not.toBeChecked();
  await expect(page.getByLabel("Select capture #240")).toBeChecked();
  await expect(toolbar(page)).toContainText("80 selected");

  await page.keyboard.press("Delete");
  await expect(rows(page)).toHaveText([/#241/]);
  await expect(page.getByText("Deleted 80 captures")).toBeVisible();
  await expect(toolbar(page)).toBeHidden();
  expect((await methods(bin)).filter((method) => method === "PUT")).toHaveLength(1);
  expect((await bin.get()).storedCount).toBe(161);

  await undo(page).click();
  await expect(found(page)).toHaveText("50+ found");
  await expect(rows(page).nth(1)).toContainText("#240");
  expect((await bin.get()).storedCount).toBe(241);
});

test("the whole bin is selected with a second Ctrl-A; taking one out leaves those that are loaded", async ({
  page,
  server,
  newBin,
}) => {
  const bin = await newBin();
  await send(server.port, bin, 120);
  await openDashboard(page, bin);
  await expect(rows(page).first()).toContainText("#120");
  await page.keyboard.press("ControlOrMeta+a");
  await expect(button(page, "Select all 120 in the bin")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await expect(toolbar(page)).toContainText("120 selected");
  await expect(captureList(page)).toContainText("loaded or not. New ones are not.");
  await page.getByLabel("Select capture #119").uncheck();
  await expect(toolbar(page)).toContainText("49 selected");
  await expect(captureList(page)).not.toContainText("loaded or not");

  await button(page, "Select all loaded captures").click();
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("select all 120");
  await expect(palette(page).getByRole("option").first()).toContainText("in the bin");
  await page.keyboard.press("Enter");
  await expect(toolbar(page)).toContainText("120 selected");
  await button(page, "Select only the 50 loaded").click();
  await expect(toolbar(page)).toContainText("50 selected");
  await page.keyboard.press("ControlOrMeta+a");
  await sendTo(bin, "/late");
  await expect(rows(page).first()).toContainText("#121");
  await button(page, "Delete the selected captures").click();
  await expect(rows(page)).toHaveText([/#121/]);
  await expect(page.getByText("Deleted 120 captures")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(rows(page).nth(1)).toContainText("#120");
  await expect(captureList(page)).toContainText("121 captures");
});

test("all that match are exported and sent again, not only what is loaded", async ({
  page,
  server,
  newBin,
}) => {
  const bin = await newBin();
  const target = await newBin();
  await send(server.port, bin, 160);
  await page.goto(`/bins/${bin.id}?q=method:PUT`);
  await expect(found(page)).toHaveText("50+ found");
  await page.keyboard.press("ControlOrMeta+a");
  await button(page, "Select all 53 that match").click();
  await sendTo(bin, "/late", { method: "PUT" });
  await expect(rows(page).first()).toContainText("#161");

  await button(page, "Export the selected captures").click();
  const dialog = page.getByRole("dialog", { name: "Export captures" });
  await expect(dialog).toContainText("53 captures that match the search, oldest first.");
  await dialog.getByLabel("Format").selectOption("ndjson");
  const [saved] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Export" }).click(),
  ]);
  const lines = (await readFile(await saved.path(), "utf8")).trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).seq)).toEqual(
    Array.from({ length: 53 }, (_, i) => 3 * (i + 1)),
  );

  await button(page, "Resend the selected captures").click();
  const resend = page.getByRole("dialog", { name: "Resend 53 captures" });
  await resend.getByLabel("Target URL").fill(target.captureUrl);
  await resend.getByLabel("At most a second").fill("500");
  await resend.getByRole("button", { name: "Resend 53 captures" }).click();
  await expect(page.getByRole("region", { name: "Bulk resends" })).toContainText("of 53 captures");
});

test("from the palette, all that match go without being selected", async ({
  page,
  server,
  newBin,
}) => {
  const bin = await newBin();
  await send(server.port, bin, 240);
  await page.goto(`/bins/${bin.id}?q=method:POST`);
  await expect(found(page)).toHaveText("50+ found");
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("delete all captures that match");
  await expect(palette(page).getByRole("option").first()).toContainText("match the search");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Deleted 160 captures")).toBeVisible();
  await expect(page.getByText("No captures match")).toBeVisible();
  expect(new Set(await methods(bin))).toEqual(new Set(["PUT"]));
});

test("another tab lists anew when too many went to be named, also while it is paused", async ({
  page,
  context,
  server,
  newBin,
}) => {
  const bin = await newBin();
  await send(server.port, bin, 2_400);
  await openDashboard(page, bin);
  const other = await context.newPage();
  await openDashboard(other, bin);
  await other.keyboard.press("p");
  await expect(rows(other).first()).toContainText("#2400");
  await page.keyboard.press("ControlOrMeta+k");
  await page.goto(`/bins/${bin.id}?q=method:POST`);
  await expect(found(page)).toHaveText("50+ found");
  await page.keyboard.press("ControlOrMeta+a");
  await button(page, "Select all 1,600 that match").click();
  await button(page, "Delete the selected captures").click();
  await expect(page.getByText("Deleted 1,600 captures")).toBeVisible();
  for (const tab of [page, other]) await expect(captureList(tab)).toContainText("800 captures");
  await expect(rows(other).nth(1)).toContainText("#2397");
  await expect(captureList(other)).toContainText("paused");
  await undo(page).click();
  for (const tab of [page, other]) await expect(captureList(tab)).toContainText("2,400 captures");
  await expect(rows(other).nth(1)).toContainText("#2399");
});

test("when they cannot be counted, it says so, and all can be selected still", async ({
  page,
  server,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(/503/);
  const bin = await newBin();
  await send(server.port, bin, 60);
  await openDashboard(page, bin);
  await expect(rows(page).first()).toContainText("#60");
  await page.route("**/captures/count?*", (route) =>
    route.fulfill({
      status: 503,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "about:blank", title: "Unavailable", status: 503, detail: "x" }),
    }),
  );
  await page.keyboard.press("ControlOrMeta+a");
  await expect(captureList(page)).toContainText("They could not be counted.");
  await page.unroute("**/captures/count?*");
  await button(page, "Select all in the bin").click();
  await expect(toolbar(page)).toContainText("All selected");
  await button(page, "Count again").click();
  await expect(toolbar(page)).toContainText("60 selected");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`on a phone the offer fits and can be tapped, ${colorScheme}`, async ({
    browser,
    server,
    page: owner,
    newBin,
  }) => {
    const bin = await newBin();
    await send(server.port, bin, 120);
    const context = await browser.newContext({
      baseURL: server.publicUrl,
      storageState: await owner.context().storageState(),
      viewport: { width: 390, height: 844 },
      hasTouch: true,
      isMobile: true,
      colorScheme,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    await openDashboard(page, bin);
    await button(page, "Select captures").tap();
    await button(page, "Select all loaded captures").tap();
    await expectFits(button(page, "Select all 120 in the bin"));
    await button(page, "Select all 120 in the bin").tap();
    await expect(toolbar(page)).toContainText("120 selected");
    await expectFits(button(page, "Select only the 50 loaded"));
    await expectFits(button(page, "Delete the selected captures"));
    await expectFits(toolbar(page));
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations).toEqual([]);
    await context.close();
  });
}
