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

async function chooseAction(page: Page, trigger: string, action: string): Promise<void> {
  await page.getByRole("button", { name: trigger }).click();
  await page.getByRole("menuitem", { name: action }).click();
}

const dialog = (page: Page) => page.getByRole("alertdialog").or(page.getByRole("dialog"));

test("without a bin the list says so and makes the first one", async ({ page }) => {
  await page.goto("/bins");
  await expect(page.getByRole("main")).toContainText(/no bins/i);
  await page.getByRole("button", { name: /create a bin/i }).click();
  await expect(page).toHaveURL(/\/bins\/[a-z0-9]{20}$/);
});

test("the list has the workspace's bins with their counts, and leads to them", async ({
  page,
  newBin,
}) => {
  const bin = await newBin({ name: "orders" });
  await newBin({ name: "payments" });
  await sendTo(bin, "/a");
  await page.goto("/bins");
  const items = page.getByRole("listitem");
  await expect(items).toHaveCount(2);
  await expect(items.filter({ hasText: "orders" })).toContainText("1 capture");
  await page.getByRole("link", { name: "orders" }).click();
  await expect(page).toHaveURL(`/bins/${bin.id}`);
});

test("a bin can be renamed from the list", async ({ page, newBin }) => {
  const bin = await newBin({ name: "before" });
  await page.goto("/bins");
  await chooseAction(page, "Actions for before", "Rename");
  await page.getByLabel("Name").last().fill("after");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("link", { name: "after" })).toBeVisible();
  expect((await bin.get()).name).toBe("after");
});

test("deleting a bin asks first, by its name and what goes with it", async ({ page, newBin }) => {
  const bin = await newBin({ name: "doomed" });
  await sendTo(bin, "/a");
  await sendTo(bin, "/b");
  await page.goto("/bins");
  await chooseAction(page, "Actions for doomed", "Delete bin");
  await expect(dialog(page)).toContainText("Delete doomed?");
  await expect(dialog(page)).toContainText("2 captures");
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await expect(dialog(page)).toBeHidden();
  expect((await bin.get()).storedCount).toBe(2);

  await chooseAction(page, "Actions for doomed", "Delete bin");
  await dialog(page).getByRole("button", { name: "Delete bin" }).click();
  await expect(page.getByRole("link", { name: "doomed" })).toBeHidden();
  expect((await bin.api(`/bins/${bin.id}`)).status).toBe(404);
  expect((await fetch(bin.captureUrl)).status).toBe(404);
});

test("clearing a bin asks first, and leaves the bin and its URL", async ({ page, newBin }) => {
  const bin = await newBin({ name: "full" });
  await sendTo(bin, "/a");
  await sendTo(bin, "/b");
  await openDashboard(page, bin);
  await expect(rows(page)).toHaveCount(2);
  await chooseAction(page, "Bin actions", "Clear captures");
  await expect(dialog(page)).toContainText("Clear full?");
  await expect(dialog(page)).toContainText("2 captures");
  await dialog(page).getByRole("button", { name: "Clear captures" }).click();
  await expect(rows(page)).toHaveCount(0);
  await sendTo(bin, "/after");
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).first()).toContainText("#3");
});

test("deleting one capture asks first and takes it from the list", async ({ page, newBin }) => {
  const bin = await newBin();
  const gone = await sendTo(bin, "/gone");
  await sendTo(bin, "/kept");
  await openDashboard(page, bin, gone);
  await captureDetail(page).getByRole("button", { name: "Delete this capture" }).click();
  await expect(dialog(page)).toContainText("Delete capture #1?");
  await dialog(page).getByRole("button", { name: "Delete capture" }).click();
  await expect(rows(page)).toHaveText([/\/kept/]);
  await expect(captureList(page)).toContainText("1 capture");
  expect((await bin.api(`/captures/${gone}`)).status).toBe(404);
});
