import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { binClient, startServer, type TestBin, type TestServer } from "#lib/testing/server.ts";
import { test as base, captureList, expect, openDashboard } from "./fixtures.ts";

const LIMIT = 60_000;
const BODY = "x".repeat(5_000);

/** A server of its own, with limits that a test reaches. */
const test = base.extend<object, { server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is used
    async ({}, use) => {
      const server = await startServer({
        MAX_STORED_BYTES_PER_WORKSPACE: String(LIMIT),
        MAX_CAPTURES_PER_BIN: "10",
        BIN_RATE_LIMIT: "6/h",
        MAX_SOCKETS_PER_ADDRESS: "2",
        TRUST_PROXY: "loopback",
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

const send = async (bin: TestBin, body = BODY) =>
  (await fetch(bin.captureUrl, { method: "POST", body })).status;

async function fill(bin: TestBin): Promise<void> {
  for (let i = 0; i < 50; i++) if ((await send(bin)) !== 200) return;
  throw new Error("it is never full");
}

/** As somebody with an address of their own, so that tests do not use up each other's bins. */
const comeFrom = (address: string) => ({ "X-Forwarded-For": address });

async function makeBin(page: Page, server: TestServer, address: string): Promise<TestBin> {
  const headers = comeFrom(address);
  await page.setExtraHTTPHeaders(headers);
  const response = await page.request.post("/api/v1/bins", { data: {}, headers });
  expect(response.status()).toBe(201);
  const { token, ...bin } = await response.json();
  return binClient(server.url, bin, token);
}

const notice = (page: Page) => page.getByRole("region", { name: "Storage" });

test("a workspace shows what it stores, says when it is nearly full and full, and takes captures again once some are deleted", async ({
  page,
  server,
}) => {
  const bin = await makeBin(page, server, "192.0.2.1");
  await openDashboard(page, bin);
  const bins = page.getByRole("navigation", { name: "Bins" });
  await expect(bins.getByText("0 B of 59 KiB")).toBeVisible();
  await expect(notice(page)).toHaveCount(0);

  for (let i = 0; i < 2; i++) await send(bin, "x".repeat(27_500));
  await expect(notice(page)).toContainText("This workspace is nearly full");
  await expect(bins.getByText("54 KiB of 59 KiB")).toBeVisible();

  await fill(bin);
  await expect(notice(page)).toContainText("This workspace is full: senders get 429.");
  await page.reload();
  await expect(notice(page)).toContainText("This workspace is full: senders get 429.");

  await notice(page).getByRole("button", { name: "Delete captures…" }).click();
  const dialog = page.getByRole("dialog", { name: "Delete all captures of this bin?" });
  await expect(dialog).toContainText("this cannot be undone");
  await dialog.getByRole("button", { name: "Delete captures" }).click();
  await expect(notice(page)).toHaveCount(0);
  await expect(bins.getByText("0 B of 59 KiB")).toBeVisible();
  await expect(
    page.getByText(/^Deleted all \d captures for good: the room is needed$/),
  ).toBeVisible();
  expect(await send(bin)).toBe(200);
  await expect(captureList(page).getByText("1 capture", { exact: true })).toBeVisible();
});

test("a bin that has nearly all the captures that it may says that the oldest make room", async ({
  page,
  server,
}) => {
  const bin = await makeBin(page, server, "192.0.2.3");
  await openDashboard(page, bin);
  await send(bin, "1");
  await expect(captureList(page).getByText("1 capture", { exact: true })).toBeVisible();
  for (let i = 0; i < 12; i++) await send(bin, "1");
  await expect(captureList(page).getByText("10 of 10 captures")).toBeVisible();
  await expect(captureList(page).getByText("the oldest make room")).toBeVisible();
});

test.describe("whoever has made all bins that an address may make", () => {
  test.use({ expectedTrouble: [/429/] });

  test("is told before, and then when to try again", async ({ page, server }) => {
    const address = "192.0.2.4";
    await makeBin(page, server, address);
    await page.goto("/");
    await expect(
      page.getByText("5 more bins can be made from your address in the next 60 minutes."),
    ).toBeVisible();
    for (let i = 0; i < 5; i++) await makeAnother(page, address);
    for (const path of ["/", "/bins"]) {
      await page.goto(path);
      const left = page.getByText(/^No more bins can be made from your address/);
      await expect(left).toBeVisible();
      await page.getByRole("button", { name: "Create a bin" }).click();
      const message = page.getByRole("main").getByRole("alert");
      await expect(message).toContainText("Try again in 60 minutes");
      // What was left before it was asked for is not what is to be said now.
      await expect(left).toHaveCount(0);
      await expect(page.getByRole("button", { name: "Create a bin" })).toBeEnabled();
      await expectAccessible(page);
    }
  });
});

test("a full workspace says so on the page of all bins, and is cleared by a command", async ({
  page,
  server,
}) => {
  const bin = await makeBin(page, server, "192.0.2.5");
  for (let i = 0; i < 2; i++) await send(bin, "x".repeat(27_500));
  await page.goto("/bins");
  await expect(notice(page)).toContainText(/^This workspace is nearly full: [\d.]+ KiB left\./);
  await expectAccessible(page);
  await fill(bin);
  await page.reload();
  await expect(notice(page)).toContainText("This workspace is full: senders get 429.");
  await expect(page.getByText(/^5[89](\.\d)? KiB of 59 KiB$/)).toBeVisible();
  await expectAccessible(page);

  await openDashboard(page, bin);
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill("clear captures");
  await palette.getByRole("option").first().click();
  const question = page.getByRole("dialog", { name: "Delete all captures of this bin?" });
  await expect(question).toContainText("The room is needed, so this cannot be undone.");
  await question.getByRole("button", { name: "Delete captures" }).click();
  await expect(question).toHaveCount(0);
  await expect(notice(page)).toHaveCount(0);
  await expect(page.getByText(/for good: the room is needed$/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" })).toHaveCount(0);
  expect(await send(bin)).toBe(200);
  await page.goto("/bins");
  await expect(notice(page)).toHaveCount(0);
});

test("a tab too many says so, still shows what there is, and goes live once another is closed", async ({
  page,
  context,
  server,
  expectedTrouble,
}) => {
  // What the browser says of a connection that is refused.
  expectedTrouble.push(/WebSocket|socket\.io/);
  const bin = await makeBin(page, server, "192.0.2.6");
  await context.setExtraHTTPHeaders(comeFrom("192.0.2.6"));
  const [first, second] = [await context.newPage(), await context.newPage()];
  await openDashboard(first, bin);
  await openDashboard(second, bin);
  await send(bin, "1");
  await page.clock.install();
  await page.goto(`/bins/${bin.id}`);
  const state = page.getByRole("status").filter({ hasText: "Too many open" });
  await expect(state).toBeVisible();
  const why = page.getByRole("region", { name: "Connection" });
  await expect(why).toContainText("Close other tabs, and this one goes live by itself");
  await expect(captureList(page).getByText("1 capture", { exact: true })).toBeVisible();
  await expectAccessible(page);

  await send(bin, "2");
  await second.close();
  // The page waits before it asks again.
  await page.clock.runFor(60_000);
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  await expect(why).toHaveCount(0);
  await expect(captureList(page).getByText("2 captures", { exact: true })).toBeVisible();
});

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
}

async function makeAnother(page: Page, address: string): Promise<void> {
  const headers = comeFrom(address);
  expect((await page.request.post("/api/v1/bins", { data: {}, headers })).status()).toBe(201);
}
