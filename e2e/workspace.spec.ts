import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Locator, Page } from "@playwright/test";
import decodeQR from "qr/decode.js";
import { expect, openDashboard, sendTo, test } from "./fixtures.ts";
import { watchForTrouble } from "./trouble.ts";

const dialog = (page: Page) => page.getByRole("dialog");
const list = (page: Page, name: string) => page.getByRole("list", { name, exact: true });

async function openWorkspace(page: Page): Promise<void> {
  await page.goto("/workspace");
  await expect(page.getByRole("heading", { level: 1, name: "Workspace" })).toBeVisible();
}

/** Another browser, with nothing in it. */
async function newDevice(browser: Browser, baseURL: string) {
  const context = await browser.newContext({ baseURL });
  const page = await context.newPage();
  return { page, context, trouble: await watchForTrouble(page) };
}

/** Asks for a link as a person does, and gives what stands there. */
async function makeLink(page: Page): Promise<string> {
  await page.getByRole("button", { name: "Open on another device" }).click();
  const shown = dialog(page).getByLabel("The link", { exact: true });
  await expect(shown).toHaveText(/\/open\/[\w-]{24}$/);
  return (await shown.textContent())!;
}

/** What a camera would read: the pixels as they are on the screen. */
async function readQrCode(browser: Browser, code: Locator): Promise<string> {
  const png = (await code.screenshot()).toString("base64");
  // A page without a policy of its own, to decode the picture in.
  const context = await browser.newContext();
  const page = await context.newPage();
  const image = await page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const drawing = canvas.getContext("2d")!;
    drawing.drawImage(bitmap, 0, 0);
    const { width, height, data } = drawing.getImageData(0, 0, bitmap.width, bitmap.height);
    return { width, height, data: [...data] };
  }, png);
  await context.close();
  return decodeQR({ ...image, data: Uint8Array.from(image.data) });
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test("the code on the screen is read as the link below it", async ({
      page,
      newBin,
      browser,
    }) => {
      await newBin();
      await openWorkspace(page);
      const url = await makeLink(page);
      const code = dialog(page).getByRole("img", { name: "QR code of the link" });
      expect(await readQrCode(browser, code)).toBe(url);
    });

    test("the workspace's page, its dialogs and the page of a link are accessible", async ({
      page,
      newBin,
      browser,
      server,
    }) => {
      const bin = await newBin({ name: "orders" });
      await sendTo(bin);
      await openWorkspace(page);
      await expectAccessible(page);
      const url = await makeLink(page);
      await expectAccessible(page);
      await dialog(page).getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "New token" }).click();
      await expect(dialog(page).getByLabel("What it is for")).toBeVisible();
      await expectAccessible(page);
      await dialog(page).getByLabel("What it is for").fill("CI");
      await dialog(page).getByRole("button", { name: "Create token" }).click();
      await expect(dialog(page).getByLabel("The new token")).toBeVisible();
      await expectAccessible(page);
      await dialog(page).getByRole("button", { name: "Done" }).click();
      await page.getByRole("button", { name: "Delete everything" }).click();
      await expect(list(page, "Bins that go")).toBeVisible();
      await expectAccessible(page);

      const device = await newDevice(browser, server.publicUrl);
      await device.page.emulateMedia({ colorScheme });
      await device.page.goto(url);
      await expectAccessible(device.page);
      await device.context.close();
    });
  });
}

async function expectAccessible(page: Page): Promise<void> {
  // Colours that are still changing would be judged half-way.
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} at ${target.join(" ")}`));
  expect(found).toEqual([]);
}

test("a workspace is opened on a second device with a link that works once", async ({
  page,
  newBin,
  browser,
  server,
}) => {
  await newBin({ name: "orders" });
  await openWorkspace(page);
  await page.getByLabel("Name", { exact: true }).fill("Team blue");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Saved the name" })).toBeVisible();
  const url = await makeLink(page);
  await expect(dialog(page)).toContainText(/Good for (10:00|9:\d\d)/);

  const device = await newDevice(browser, server.publicUrl);
  await device.page.goto(url);
  await expect(device.page.getByRole("heading", { level: 1 })).toHaveText(
    "Open the workspace “Team blue” in this browser?",
  );
  await expect(device.page).toHaveTitle("Open a workspace · Inlet");
  await device.page.reload();
  await device.page.getByRole("button", { name: "Open it in this browser" }).click();
  await expect(device.page).toHaveURL(/\/bins$/);
  await expect(device.page.getByRole("link", { name: "orders" })).toBeVisible();
  await expect(dialog(page)).toContainText("The link was used");
  await dialog(page).getByRole("button", { name: "Done" }).click();

  const late = await newDevice(browser, server.publicUrl);
  await late.page.goto(url);
  await expect(late.page.getByRole("heading", { level: 1 })).toHaveText("This link opens nothing");
  await expect(late.page.getByRole("main")).toContainText("This link was used: it works once.");
  await late.context.close();
  expect(device.trouble).toEqual([]);
  await device.context.close();
});

test("a device is signed out from another one, and its open page ends", async ({
  page,
  newBin,
  browser,
  server,
}) => {
  const bin = await newBin();
  const made = await bin.api("/workspace/device-links", { method: "POST" });
  const { url } = (await made.json()) as { url: string };
  const device = await newDevice(browser, server.publicUrl);
  await device.context.request.post(`/api/v1/device-links/${url.split("/").at(-1)}`);
  await openDashboard(device.page, bin);
  await openWorkspace(page);
  const browsers = list(page, "Browsers").getByRole("listitem");
  await expect(browsers).toHaveCount(2);
  await browsers.getByRole("button", { name: /^Sign out/ }).click();
  await dialog(page).getByRole("button", { name: "Sign out" }).click();
  await expect(browsers).toHaveCount(1);
  await expect(browsers).toContainText("this browser");
  await expect(device.page.getByRole("status").filter({ hasText: /^Not live$/ })).toBeVisible();
  expect(device.trouble).toEqual([]);
  expect((await device.page.reload())!.status()).toBe(404);
  await device.context.close();
});

test("a link can be cancelled before it is used, and opened where the workspace is already", async ({
  page,
  newBin,
  browser,
  server,
}) => {
  await newBin();
  await openWorkspace(page);
  const url = await makeLink(page);
  const tab = await page.context().newPage();
  await tab.goto(url);
  await expect(tab.getByRole("heading", { level: 1 })).toHaveText("This browser has it already");
  await tab.close();
  await dialog(page).getByRole("button", { name: "Cancel the link" }).click();
  await expect(dialog(page)).toBeHidden();
  const device = await newDevice(browser, server.publicUrl);
  await device.page.goto(url);
  await expect(device.page.getByRole("main")).toContainText("There is no such link");
  await device.context.close();
});

test("a browser that has a workspace is told what happens to it before it opens another", async ({
  page,
  newBin,
  browser,
  server,
}) => {
  await newBin({ name: "orders" });
  await openWorkspace(page);
  const url = await makeLink(page);
  const device = await newDevice(browser, server.publicUrl);
  await device.context.request.post("/api/v1/bins", { data: { name: "mine" } });
  await device.page.goto(url);
  const main = device.page.getByRole("main");
  await expect(main).toContainText("This browser leaves the workspace that it has now");
  await expect(main).toContainText("What is in it stays there: 1 bin with 0 captures.");
  await expect(main).toContainText("No other browser and no write token opens it");
  await expect(main.getByRole("link", { name: "Cancel" })).toHaveAttribute("href", "/");
  await main.getByRole("button", { name: "Open it in this browser" }).click();
  await expect(device.page.getByRole("link", { name: "orders" })).toBeVisible();
  await expect(device.page.getByRole("link", { name: "mine" })).toHaveCount(0);
  expect(device.trouble).toEqual([]);
  await device.context.close();
});

test("a token is made, shown once, works as far as its scope goes, and is revoked", async ({
  page,
  newBin,
  server,
}) => {
  const bin = await newBin();
  await openWorkspace(page);
  await page.getByRole("button", { name: "New token" }).click();
  await dialog(page).getByRole("button", { name: "Create token" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("Say what it is for");
  await dialog(page).getByLabel("What it is for").fill("nightly report");
  await dialog(page).getByLabel("It expires").selectOption("in 30 days");
  await dialog(page).getByRole("button", { name: "Create token" }).click();
  const token = (await dialog(page).getByLabel("The new token").textContent())!;
  expect(token).toMatch(/^inlet_[\w-]{43}$/);
  await expect(dialog(page).getByLabel("A curl line with it")).toHaveText(
    `curl -H 'Authorization: Bearer ${token}' ${server.publicUrl}/api/v1/bins`,
  );
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(page.getByText(token)).toHaveCount(0);

  const item = list(page, "Access tokens").getByRole("listitem").filter({ hasText: "nightly" });
  await expect(item).toContainText("read only");
  await expect(item).toContainText("never used");
  await expect(item).toContainText("expires in 30 days");
  const call = (method: string) =>
    fetch(`${server.publicUrl}/api/v1/bins/${bin.id}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
  expect((await call("GET")).status).toBe(200);
  expect((await call("DELETE")).status).toBe(403);
  await expect(async () => {
    await page.reload();
    await expect(item).toContainText("last used now", { timeout: 1_000 });
  }).toPass();

  await item.getByRole("button", { name: "Revoke nightly report" }).click();
  await dialog(page).getByRole("button", { name: "Revoke token" }).click();
  await expect(item).toHaveCount(0);
  expect((await call("GET")).status).toBe(401);
});

test("leaving warns when it is the last way in, and takes the workspace out of every tab", async ({
  page,
  newBin,
}) => {
  const bin = await newBin({ name: "orders" });
  await openWorkspace(page);
  await page.getByRole("button", { name: "Leave" }).click();
  await expect(dialog(page)).toContainText("This is the last way in.");
  await dialog(page).getByRole("button", { name: "Cancel" }).click();

  await page.getByRole("button", { name: "New token" }).click();
  await dialog(page).getByLabel("What it is for").fill("way back");
  await dialog(page).getByLabel("It may").selectOption("write");
  await dialog(page).getByRole("button", { name: "Create token" }).click();
  await dialog(page).getByRole("button", { name: "Done" }).click();
  await expect(list(page, "Access tokens")).toContainText("way back");
  const tab = await page.context().newPage();
  await openDashboard(tab, bin);

  await page.getByRole("button", { name: "Leave" }).click();
  await expect(dialog(page)).not.toContainText("last way in");
  await dialog(page).getByRole("button", { name: "Leave" }).click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("heading", { name: "Your bins" })).toHaveCount(0);
  await expect(tab.getByRole("status").filter({ hasText: /^Not live$/ })).toBeVisible();
  await page.goto("/workspace");
  await expect(page.getByText("No workspace in this browser yet")).toBeVisible();
  expect((await bin.get()).name).toBe("orders");
});

test("everything is deleted at once, after a list of it and a typed word", async ({
  page,
  newBin,
  browser,
  server,
}) => {
  const bin = await newBin({ name: "orders" });
  await newBin({ name: "payments" });
  await sendTo(bin, "/1", { method: "POST", body: "12345" });
  await sendTo(bin, "/2");
  const watching = await page.context().newPage();
  await openDashboard(watching, bin);
  await openWorkspace(page);
  await page.getByRole("button", { name: "Delete everything" }).click();
  await expect(list(page, "Bins that go").getByRole("listitem")).toHaveText([
    /payments0 captures0 B/,
    /orders2 captures\d+ B/,
  ]);
  await expect(dialog(page)).toContainText("Together 2 bins with 2 captures (");
  const confirm = dialog(page).getByRole("button", { name: "Delete everything" });
  await expect(confirm).toBeDisabled();
  await dialog(page).getByLabel("Type “delete” to confirm").fill("delet");
  await expect(confirm).toBeDisabled();
  await dialog(page).getByLabel("Type “delete” to confirm").fill("delete");
  await confirm.click();
  await expect(page).toHaveURL(/\/$/);
  await expect(page.getByRole("heading", { name: "Your bins" })).toHaveCount(0);
  await expect(watching.getByRole("heading", { level: 1 })).toHaveText("This bin was deleted");
  expect((await fetch(bin.captureUrl)).status).toBe(404);
  expect((await bin.api("/bins")).status).toBe(401);
  const device = await newDevice(browser, server.publicUrl);
  await device.page.goto("/");
  await expect(device.page.getByRole("heading", { name: "Your bins" })).toHaveCount(0);
  await device.context.close();
});

test("the page fits a phone, and is reached from the list of bins and by key", async ({
  page,
  newBin,
}) => {
  const bin = await newBin({ name: "orders" });
  await openDashboard(page, bin);
  await page.keyboard.press("g");
  await page.keyboard.press("w");
  await expect(page).toHaveURL(/\/workspace$/);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto("/bins");
  await page.getByRole("link", { name: "Workspace" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Workspace" })).toBeVisible();
  const overflow = () =>
    page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
  expect(await overflow()).toBe(0);
  await makeLink(page);
  expect(await overflow()).toBe(0);
  await expect(dialog(page).getByRole("button", { name: "Done" })).toBeInViewport();
});
