import { gzipSync } from "node:zlib";
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

const field = (page: Page) => page.getByRole("combobox", { name: "Search captures" });
const options = (page: Page) =>
  page.getByRole("listbox", { name: "Completions" }).getByRole("option");
const about = (page: Page) => page.getByRole("search");

async function sendOrder(bin: TestBin, number: number, action: string): Promise<string> {
  return sendTo(bin, `/orders/${number}?page=${number}`, {
    method: number % 2 ? "POST" : "PUT",
    headers: { "content-type": "application/json", "x-event": `order.${action}` },
    body: JSON.stringify({ action, order: { id: number } }),
  });
}

async function sendOrders(bin: TestBin): Promise<void> {
  for (const number of [1, 2, 3]) await sendOrder(bin, number, number === 2 ? "closed" : "opened");
  await sendTo(bin, "/ping");
}

const urlQuery = (page: Page) => new URL(page.url()).searchParams.get("q");

test("each filter finds its captures, and says in plain words what it looks for", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await expect(rows(page)).toHaveCount(4);
  for (const [query, found, explained] of [
    ["json:$.action=opened", [/#3/, /#1/], "JSON at $.action is “opened”"],
    ["method:get", [/#4/], "method is GET"],
    ["-method:get -json:$.order.id>1", [/#1/], "All captures but those where"],
    ["header:x-event~closed", [/#2/], "header x-event contains “closed”"],
    ["path:/orders body:closed", [/#2/], "path contains “/orders”"],
    ["closed OR size:0", [/#4/, /#2/], "body is empty"],
  ] as const) {
    await field(page).fill(query);
    await expect(about(page)).toContainText(explained);
    await expect(about(page).getByRole("status")).toHaveText(`${found.length} found`);
    await expect(rows(page)).toHaveText([...found]);
  }
});

test("a search of bodies that finds nothing says what is not searched", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendTo(bin, "/packed", {
    method: "POST",
    headers: { "content-encoding": "gzip" },
    body: gzipSync("the refund failed"),
  });
  await page.goto(`/bins/${bin.id}?q=body:refund`);
  await expect(page.getByText("No captures match")).toBeVisible();
  await expect(captureList(page)).toContainText("sent compressed is searched as it was sent");
  await field(page).fill("header:content-encoding");
  await expect(rows(page)).toHaveText([/packed/]);
  await field(page).fill("method:PATCH");
  await expect(page.getByText("No captures match")).toBeVisible();
  await expect(captureList(page)).not.toContainText("sent compressed");
});

test("a search is in the URL: reload, link and back keep it", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await field(page).fill("method:PUT");
  await expect(rows(page)).toHaveText([/#2/]);
  expect(urlQuery(page)).toBe("method:PUT");
  await page.reload();
  await expect(field(page)).toHaveValue("method:PUT");
  await expect(rows(page)).toHaveText([/#2/]);
  await rows(page).click();
  await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #2");
  expect(urlQuery(page)).toBe("method:PUT");
  await page.getByRole("button", { name: "Clear the search" }).click();
  await expect(rows(page)).toHaveCount(4);
  expect(urlQuery(page)).toBeNull();
  await page.goBack();
  await expect(field(page)).toHaveValue("method:PUT");
  await expect(rows(page)).toHaveText([/#2/]);
});

test("back takes away what was typed in one go", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await field(page).fill("method:PUT");
  await expect.poll(() => urlQuery(page)).toBe("method:PUT");
  await field(page).fill("method:PUT path:/orders");
  await expect.poll(() => urlQuery(page)).toBe("method:PUT path:/orders");
  await page.goBack();
  await expect(field(page)).toHaveValue("");
  await expect(rows(page)).toHaveCount(4);
});

test("by keys alone: slash, complete, search, leave", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await page.keyboard.press("/");
  await expect(field(page)).toBeFocused();
  await expect(options(page).first()).toContainText("method:");
  await page.keyboard.type("met");
  await expect(options(page)).toHaveCount(1);
  await page.keyboard.press("ArrowDown");
  await expect(options(page)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveValue("method:");
  // The values that were seen come first, the commonest of them on top.
  await expect(options(page).first()).toContainText("POST");
  await page.keyboard.type("P");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await expect(field(page)).toHaveValue("method:POST ");
  await page.keyboard.type("opened");
  await page.keyboard.press("Enter");
  await expect(rows(page)).toHaveText([/#3/, /#1/]);
  await page.keyboard.press("Escape");
  await page.keyboard.press("j");
  await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #3");
});

test("by mouse: a filter and its value are chosen", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await field(page).click();
  await options(page).filter({ hasText: "is:" }).click();
  await expect(field(page)).toBeFocused();
  await options(page).filter({ hasText: "it is starred" }).click();
  await expect(field(page)).toHaveValue("is:starred ");
  await expect(captureList(page)).toContainText("No captures match");
  await captureList(page).getByRole("button", { name: "Clear the search" }).last().click();
  await expect(rows(page)).toHaveCount(4);
  await expect(field(page)).toHaveValue("");
});

test("an error stands below the field and leads to its place", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await field(page).fill("path:/orders metod:GET");
  await expect(about(page).getByRole("alert")).toContainText("Did you mean method:?");
  await expect(about(page).locator("mark")).toHaveText("metod:");
  await expect(field(page)).toHaveAttribute("aria-invalid", "true");
  await page.getByRole("button", { name: "Select the place in the search" }).click();
  await page.keyboard.type("method:");
  await expect(field(page)).toHaveValue("path:/orders method:GET");
  await expect(about(page).getByRole("alert")).toHaveCount(0);

  await page.goto(`/bins/${bin.id}?q=size:big`);
  await expect(captureList(page)).toContainText("This search cannot be read");
  await captureList(page).getByRole("button", { name: "Clear the search" }).last().click();
  await expect(rows(page)).toHaveCount(4);
});

test("what is not finished is not called wrong while it is typed", async ({ page, newBin }) => {
  const bin = await newBin();
  await openDashboard(page, bin);
  await field(page).fill("method:");
  await expect(about(page)).toContainText("Write a value right after method:");
  await expect(about(page).getByRole("alert")).toHaveCount(0);
  await field(page).blur();
  await expect(about(page).getByRole("alert")).toContainText("Write a value right after method:");
});

test("the list stays live: what matches comes in, what does not stays out", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await field(page).fill("json:$.action=opened");
  await expect(rows(page)).toHaveText([/#3/, /#1/]);
  await sendOrder(bin, 4, "closed");
  await sendOrder(bin, 5, "opened");
  await expect(rows(page)).toHaveText([/#6/, /#3/, /#1/]);
  await Promise.all(
    Array.from({ length: 150 }, (_, i) => sendOrder(bin, i, i % 3 ? "closed" : "opened")),
  );
  await expect(about(page).getByRole("status")).toHaveText("53 found");

  const removed = (await bin.page("q=json:$.action=opened&limit=1")).captures[0]!;
  await bin.api(`/captures/${removed.id}`, { method: "DELETE" });
  await expect(about(page).getByRole("status")).toHaveText("52 found");
});

test("a star that is taken away takes the capture out of is:starred", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendOrder(bin, 1, "opened");
  const star = (starred: boolean) =>
    bin.api(`/captures/${id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ starred }),
    });
  await openDashboard(page, bin);
  await field(page).fill("is:starred");
  await expect(captureList(page)).toContainText("No captures match");
  await star(true);
  await expect(rows(page)).toHaveText([/#1/]);
  await star(false);
  await expect(captureList(page)).toContainText("No captures match");
});

test("more matches than a page come while one scrolls", async ({ page, newBin }) => {
  const bin = await newBin();
  for (let i = 0; i < 13; i++) {
    await Promise.all(Array.from({ length: 20 }, (_, j) => sendTo(bin, j % 2 ? "/yes" : "/no")));
  }
  await openDashboard(page, bin);
  await field(page).fill("path:/yes");
  await expect(about(page).getByRole("status")).toHaveText("50+ found");
  const list = page.getByRole("list", { name: /newest first/ }).locator("..");
  await expect(async () => {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await expect(about(page).getByRole("status")).toHaveText("130 found", { timeout: 500 });
  }).toPass();
  await expect(rows(page).filter({ hasText: "/no" })).toHaveCount(0);
});

test("a search that fails can be tried again", async ({ page, newBin, expectedTrouble }) => {
  expectedTrouble.push(/503|Failed to load/);
  const bin = await newBin();
  await sendOrders(bin);
  await openDashboard(page, bin);
  await page.route(/captures\?q=/, (route) => route.fulfill({ status: 503, body: "{}" }));
  await field(page).fill("method:PUT");
  await expect(captureList(page)).toContainText("The search did not get through");
  await page.unroute(/captures\?q=/);
  await captureList(page).getByRole("button", { name: "Try again" }).click();
  await expect(rows(page)).toHaveText([/#2/]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a search fits, and is done by touch", async ({ page, newBin }) => {
    const bin = await newBin();
    await sendOrders(bin);
    await openDashboard(page, bin);
    await field(page).tap();
    await options(page).filter({ hasText: "method:" }).tap();
    await options(page).filter({ hasText: "PUT" }).tap();
    await expect(rows(page)).toHaveText([/#2/]);
    await field(page).fill(`body:${"x".repeat(300)}`);
    await expect(captureList(page)).toContainText("No captures match");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
  });
});
