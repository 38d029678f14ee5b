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
import { recordNotifications, setHidden } from "./hidden-tab.ts";

const bins = (page: Page) => page.getByRole("navigation", { name: "Bins", exact: true });
const heading = (page: Page) => captureDetail(page).getByRole("heading", { level: 2 });
const widthOf = async (page: Page) => (await captureList(page).boundingBox())!.width;
const separator = (page: Page) => page.getByRole("separator", { name: "Width of the list" });

/** As when another tab is brought to the front. */
test("a link to a view gives that view at once, and keeps what it does not know", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const first = await sendTo(bin, "/one");
  await sendTo(bin, "/two");
  // Without a search, which only the browser asks for.
  const answer = await page.request.get(`/bins/${bin.id}?capture=${first}&x=1`);
  expect(await answer.text()).toContain('aria-current="true"');
  await page.goto(`/bins/${bin.id}?capture=${first}&q=method:GET&x=1`);
  await expect(heading(page)).toHaveText("Capture #1");
  await rows(page).filter({ hasText: "/two" }).click();
  await expect(heading(page)).toHaveText("Capture #2");
  await expect(page).toHaveURL(/q=method%3AGET/);
  await expect(page).toHaveURL(/x=1/);
});

test("going back to the list leaves no entry of it twice", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin, "/one");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/bins");
  await page.getByRole("main").getByRole("link", { name: bin.id }).click();
  await rows(page).first().click();
  await page.getByRole("button", { name: "All captures" }).click();
  await expect(rows(page).first()).toBeVisible();
  await expect(page).not.toHaveURL(/capture=/);
  await page.goBack();
  await expect(page.getByRole("heading", { level: 1, name: "Your bins" })).toBeVisible();
});

test("steps by key leave one entry behind them", async ({ page, newBin }) => {
  const bin = await newBin();
  for (const path of ["/one", "/two", "/three"]) await sendTo(bin, path);
  await openDashboard(page, bin);
  for (const seq of [3, 2, 1]) {
    await page.keyboard.press("j");
    await expect(heading(page)).toHaveText(`Capture #${seq}`);
  }
  await page.goBack();
  await expect(heading(page)).toHaveText("Select a capture to read it");
});

test("panels are resized by mouse and by key, and come back as they were left", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendTo(bin);
  await openDashboard(page, bin);
  const before = await widthOf(page);

  const { x, y, height } = (await separator(page).boundingBox())!;
  await page.mouse.move(x, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + 100, y + height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => widthOf(page)).toBeCloseTo(before + 100, -1);

  const dragged = await widthOf(page);
  await separator(page).focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => widthOf(page)).toBeLessThan(dragged - 5);

  const left = await widthOf(page);
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  expect(await widthOf(page)).toBeCloseTo(left, -1);
});

test("the panels beside the detail are put away and fetched back", async ({ page, newBin }) => {
  const bin = await newBin({ name: "orders" });
  await sendTo(bin);
  await openDashboard(page, bin);
  await expect(bins(page)).toBeVisible();
  const toggle = page.getByRole("button", { name: "Bins", exact: true });
  await toggle.click();
  await expect(bins(page)).toBeHidden();
  await expect(toggle).toHaveAttribute("aria-pressed", "false");
  await page.reload();
  await expect(rows(page)).toHaveCount(1);
  await expect(bins(page)).toBeHidden();
  await toggle.click();
  await expect(bins(page).getByRole("link", { name: "orders" })).toHaveAttribute(
    "aria-current",
    "page",
  );

  await page.getByRole("button", { name: "List of captures" }).click();
  await expect(captureList(page)).toBeHidden();
  await page.getByRole("button", { name: "List of captures" }).click();
  await expect(rows(page)).toHaveCount(1);
});

test("another bin of the workspace says how many came since it was looked at", async ({
  page,
  newBin,
}) => {
  const other = await newBin({ name: "other" });
  const bin = await newBin({ name: "this" });
  await sendTo(other);
  await openDashboard(page, bin);
  const link = bins(page).getByRole("link", { name: "other" });
  await expect(link).toHaveText("other");
  for (let i = 0; i < 3; i++) await sendTo(other);
  await setHidden(page, true);
  await setHidden(page, false);
  await expect(link).toContainText("3 new captures");
  await link.click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("other");
  await expect(rows(page)).toHaveCount(4);
  await bins(page).getByRole("link", { name: "this" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("this");
  await expect(link).toHaveText("other");
});

test("a paused list stays as it is and counts what comes; resumed, it has all of it", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  for (const path of ["/one", "/two"]) await sendTo(bin, path);
  await openDashboard(page, bin);
  await captureList(page).getByRole("button", { name: "Pause the live list" }).click();
  for (let i = 0; i < 12; i++) await sendTo(bin, `/later-${i}`);
  await expect(captureList(page).getByRole("button", { name: "12 new" })).toBeVisible();
  await expect(captureList(page)).toContainText("paused");
  await expect(rows(page)).toHaveText([/\/two/, /\/one/]);

  await captureList(page).getByRole("button", { name: "Resume the live list" }).click();
  await expect(rows(page).first()).toContainText("/later-11");
  await expect(rows(page)).toHaveCount(14);
  await expect(captureList(page)).not.toContainText("paused");
  await sendTo(bin, "/live-again");
  await expect(rows(page).first()).toContainText("/live-again");
});

test("the title counts what comes while the tab is hidden, until it is seen", async ({
  page,
  newBin,
}) => {
  const bin = await newBin({ name: "orders" });
  await sendTo(bin);
  await openDashboard(page, bin);
  await expect(page).toHaveTitle("orders · Inlet");
  await setHidden(page, true);
  for (let i = 0; i < 2; i++) await sendTo(bin);
  await expect(page).toHaveTitle("(2) orders · Inlet");
  await setHidden(page, false);
  await expect(page).toHaveTitle("orders · Inlet");
});

test.describe("notifications", () => {
  const button = (page: Page) => page.getByRole("button", { name: "Notify me of new captures" });

  test("are off until asked for, and tell of what comes to a hidden tab", async ({
    page,
    newBin,
  }) => {
    const shown = await recordNotifications(page, "granted");
    const bin = await newBin({ name: "orders" });
    await openDashboard(page, bin);
    await expect(button(page)).toHaveAttribute("aria-pressed", "false");
    await button(page).click();
    await expect(button(page)).toHaveAttribute("aria-pressed", "true");
    await sendTo(bin, "/seen");
    await expect(rows(page)).toHaveCount(1);
    expect(await shown()).toHaveLength(1);

    await setHidden(page, true);
    await sendTo(bin, "/paid", { method: "POST" });
    await expect.poll(shown).toHaveLength(2);
    expect((await shown())[1]).toBe("orders: 1 new capture | POST /paid");
    for (let i = 0; i < 5; i++) await sendTo(bin, "/burst");
    await expect.poll(shown).toHaveLength(3);
    expect((await shown())[2]).toBe("orders: 6 new captures | GET /burst");
  });

  test("that the browser denies are explained", async ({ page, newBin }) => {
    await recordNotifications(page, "denied");
    await openDashboard(page, await newBin());
    await button(page).click();
    await expect(page.getByRole("dialog")).toContainText("does not let this site show");
    await page.getByRole("button", { name: "Close" }).click();
    await expect(button(page)).toHaveAttribute("aria-pressed", "false");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("one pane is shown at a time, with a way back and targets for a finger", async ({
    page,
    newBin,
  }) => {
    const bin = await newBin({ name: "orders" });
    await sendTo(bin, "/one");
    await openDashboard(page, bin);
    await expect(captureDetail(page)).toBeHidden();
    await expect(bins(page)).toBeHidden();
    await rows(page).first().tap();
    await expect(heading(page)).toHaveText("Capture #1");
    await expect(captureList(page)).toBeHidden();
    const back = page.getByRole("button", { name: "All captures" });
    const actions = page.getByRole("button", { name: "Capture actions" });
    for (const target of [back, actions]) {
      expect((await target.boundingBox())!.height).toBeGreaterThanOrEqual(44);
    }
    await actions.tap();
    await expect(page.getByRole("menuitem", { name: /Delete/ })).toBeVisible();
    await page.keyboard.press("Escape");
    await back.tap();
    await expect(rows(page)).toHaveCount(1);
    await expect(captureDetail(page)).toBeHidden();
  });
});
