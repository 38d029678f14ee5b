import type { Page } from "@playwright/test";
import {
  captureDetail,
  captureList,
  expect,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";

const bins = (page: Page) => page.getByRole("main").getByRole("listitem");

test("a browser without bins is told how to get one", async ({ page }) => {
  await page.goto("/bins");
  await expect(page.getByText("No bins in this browser yet")).toBeVisible();
  await page.getByRole("button", { name: "Create a bin" }).click();
  await expect(page.getByText("Waiting for the first request")).toBeVisible();
  await page.getByRole("link", { name: "Your bins" }).click();
  await expect(bins(page)).toHaveCount(1);
});

test("the list has this browser's bins, the newest first, with what they hold", async ({
  page,
  newBin,
  server,
}) => {
  await server.createBin({ name: "of somebody else" });
  const first = await newBin({ name: "first" });
  const second = await newBin();
  for (const path of ["/1", "/2"]) await sendTo(first, path);
  await page.goto("/bins");
  await expect(bins(page)).toHaveText([
    new RegExp(`${second.id}.*${second.captureUrl}.*0 captures.*nothing captured yet.*expires in`),
    new RegExp(`first.*${first.captureUrl}.*2 captures.*last now.*expires in 30 days`),
  ]);
  await bins(page).getByRole("link", { name: "first" }).click();
  await expect(rows(page)).toHaveCount(2);

  // The start page has them, too.
  await page.getByRole("link", { name: "Inlet, start page" }).click();
  await expect(page.getByRole("region", { name: "Your bins" }).getByRole("listitem")).toHaveCount(
    2,
  );
});

test("a capture URL can be copied from the list", async ({ page, context, newBin }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const bin = await newBin({ name: "orders" });
  await page.goto("/bins");
  await page.getByRole("button", { name: "Copy capture URL of orders" }).click();
  await expect(bins(page).getByText("Copied")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(bin.captureUrl);
});

test("a bin can be renamed from the list, and go by its id again", async ({ page, newBin }) => {
  const bin = await newBin({ name: "before" });
  await page.goto("/bins");
  await page.getByRole("button", { name: "Actions for before" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  const name = page.getByRole("dialog").getByLabel("Name");
  await expect(name).toHaveValue("before");
  await name.fill("thrown away");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  expect((await bin.get()).name).toBe("before");

  await page.getByRole("button", { name: "Actions for before" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await name.fill("  after ");
  await page.keyboard.press("Enter");
  await expect(bins(page).getByRole("link")).toHaveText("after");
  expect((await bin.get()).name).toBe("after");

  await page.getByRole("button", { name: "Actions for after" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await name.fill("");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(bins(page).getByRole("link")).toHaveText(bin.id);
  expect((await bin.get()).name).toBeNull();
});

test("a bin can be renamed on its dashboard", async ({ page, newBin }) => {
  const bin = await newBin();
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("orders");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("orders");
  await expect(page).toHaveTitle("orders · Inlet");
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("orders");
});

test("deleting a bin from the list says which one and what goes with it, and can be cancelled", async ({
  page,
  newBin,
}) => {
  const kept = await newBin({ name: "kept" });
  const bin = await newBin({ name: "orders" });
  for (const path of ["/1", "/2", "/3"]) await sendTo(bin, path);
  await page.goto("/bins");
  await page.getByRole("button", { name: "Actions for orders" }).click();
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  // What the page knows is what it was loaded with: the question has to be up to date.
  const dialog = page.getByRole("dialog", { name: "Delete orders?" });
  await expect(dialog).toContainText("The bin goes, and with it 3 captures.");
  await expect(dialog).toContainText("senders get a 404. This cannot be undone.");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await expect(bins(page)).toHaveCount(2);
  expect((await bin.get()).storedCount).toBe(3);

  await sendTo(bin, "/4");
  await page.getByRole("button", { name: "Actions for orders" }).click();
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  await expect(dialog).toContainText("The bin goes, and with it 4 captures.");
  await dialog.getByRole("button", { name: "Delete bin" }).click();
  await expect(dialog).toBeHidden();
  await expect(bins(page)).toHaveText([/kept/]);
  expect((await bin.api(`/bins/${bin.id}`)).status).toBe(404);
  expect((await fetch(bin.captureUrl, { method: "POST" })).status).toBe(404);
  expect((await kept.get()).name).toBe("kept");
});

test("deleting a bin on its dashboard leads to the list", async ({ page, newBin }) => {
  const bin = await newBin({ name: "orders" });
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete orders?" });
  await expect(dialog).toContainText("with it no captures");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(page).toHaveURL(new RegExp(bin.id));

  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  await dialog.getByRole("button", { name: "Delete bin" }).click();
  await expect(page).toHaveURL(/\/bins$/);
  await expect(page.getByText("No bins in this browser yet")).toBeVisible();
  expect((await bin.api(`/bins/${bin.id}`)).status).toBe(404);
});

test("clearing a bin keeps it, goes on counting, and can be undone", async ({ page, newBin }) => {
  const bin = await newBin({ name: "orders" });
  for (const path of ["/1", "/2"]) await sendTo(bin, path);
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Clear captures" }).click();
  await expect(rows(page)).toHaveCount(0);
  await expect(captureList(page)).toContainText("0 captures");
  expect((await bin.get()).storedCount).toBe(0);

  await sendTo(bin, "/after");
  await expect(rows(page)).toHaveText([/\/after.*#3/]);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveText([/#3/, /#2/, /#1/]);
  await expect(captureList(page)).toContainText("3 captures");
  expect((await bin.get()).storedCount).toBe(3);
});

test("deleting a capture gives up what is still being asked about it", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/1");
  // The answer never comes before the deletion.
  await page.route(/\/deliveries\?/, () => {});
  const asked = page.waitForRequest(/\/deliveries\?/);
  await openDashboard(page, bin, id);
  await asked;
  const givenUp = page.waitForEvent("requestfailed", (request) =>
    /\/deliveries\?/.test(request.url()),
  );
  await captureDetail(page).getByRole("button", { name: "Delete this capture" }).click();
  await givenUp;
  await expect(rows(page)).toHaveCount(0);
});

test("deleting one capture leaves the others and goes on to the next", async ({ page, newBin }) => {
  const bin = await newBin();
  const ids = [];
  for (const path of ["/1", "/2", "/3"]) ids.push(await sendTo(bin, path));
  await openDashboard(page, bin, ids[1]);
  await captureDetail(page).getByRole("button", { name: "Delete this capture" }).click();
  await expect(rows(page)).toHaveText([/#3/, /#1/]);
  await expect(captureList(page)).toContainText("2 captures");
  await expect(page).toHaveURL(new RegExp(`capture=${ids[0]}`));
  expect((await bin.all()).map(({ seq }) => seq)).toEqual([1, 3]);

  await page.getByRole("button", { name: "Undo" }).click();
  await expect(rows(page)).toHaveText([/#3/, /#2/, /#1/]);
  expect((await bin.all()).map(({ seq }) => seq)).toEqual([1, 2, 3]);
});
