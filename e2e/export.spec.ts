import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { Download, Page } from "@playwright/test";
import { exchange } from "#lib/testing/raw-http.ts";
import { expect, openDashboard, rows, sendTo, test } from "./fixtures.ts";

const run = promisify(execFile);

/** Bytes that no text holds, with headers that a browser would not send. */
const BODY = Buffer.from([0, 255, 13, 10, 39, 92, 128]);

const exporting = (page: Page) => page.getByRole("dialog", { name: "Export captures" });

async function pathsIn(saved: Download): Promise<string[]> {
  const { log } = JSON.parse(await readFile(await saved.path(), "utf8")) as {
    log: { entries: { request: { url: string } }[] };
  };
  return log.entries.map(({ request }) => new URL(request.url).pathname.split("/").at(-1)!);
}

/** Downloads as over a line with this many bytes a second, or as fast as they come. */
async function slowLine(page: Page): Promise<(bytes: number) => Promise<void>> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  return async (bytes) => {
    const conditions = { offline: false, latency: 0, uploadThroughput: -1 };
    await session.send("Network.emulateNetworkConditions", {
      ...conditions,
      downloadThroughput: bytes,
    });
  };
}

const requestTo = (id: string) =>
  Buffer.concat([
    Buffer.from(
      `PUT /in/${id}/a/../b HTTP/1.1\r\nhost: example.com\r\nx-a: 1\r\nX-A: it's\r\nX-Empty: \r\nContent-Length: ${BODY.length}\r\n\r\n`,
    ),
    BODY,
  ]);

test("one click copies as curl, which makes the same capture again", async ({
  page,
  context,
  server,
  newBin,
}, testInfo) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const bin = await newBin();
  await exchange(server.port, requestTo(bin.id));
  await openDashboard(page, bin);
  await rows(page).first().click();
  await page.getByRole("button", { name: "Copy as curl" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect(page.getByRole("status").filter({ hasText: "Copied as curl" })).toBeVisible();
  expect(await clipboard()).toContain("curl ");
  const script = testInfo.outputPath("sent.sh");
  await writeFile(script, await clipboard());
  await run("sh", [script]);
  await expect(rows(page)).toHaveCount(2);
  const [second, first] = (await bin.page()).captures;
  expect((await bin.http(second!.id)).equals(await bin.http(first!.id))).toBe(true);
});

test("the chosen language is shown, says what it changes, is copied, and is remembered", async ({
  page,
  context,
  server,
  newBin,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const bin = await newBin();
  await exchange(server.port, requestTo(bin.id));
  await openDashboard(page, bin);
  await rows(page).first().click();
  await page.getByRole("button", { name: "Copy as… and download" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Copy as").selectOption("go");
  await expect(dialog.getByLabel("Code", { exact: true })).toContainText("package main");
  await expect(dialog.getByLabel("What is not the same")).toContainText("another order");
  await dialog.getByRole("button", { name: "Copy the code" }).click();
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(clipboard).toContain("package main");

  const download = page.waitForEvent("download");
  await dialog.getByRole("link", { name: "Raw body" }).click();
  expect((await readFile(await (await download).path())).equals(BODY)).toBe(true);
  await page.keyboard.press("Escape");
  await page.reload();
  await page.getByRole("button", { name: "Copy as… and download" }).click();
  await expect(dialog.getByLabel("Copy as")).toHaveValue("go");
});

test("the whole bin is exported from its menu", async ({ page, server, newBin }) => {
  const bin = await newBin();
  for (let i = 0; i < 3; i++) await exchange(server.port, requestTo(bin.id));
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Export captures" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("3 captures of this bin");
  const download = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Export", exact: true }).click();
  const saved = await download;
  expect(saved.suggestedFilename()).toBe(`inlet-${bin.id}.har`);
  const { log } = JSON.parse(await readFile(await saved.path(), "utf8")) as {
    log: { entries: { request: { postData: { text: string } } }[] };
  };
  expect(log.entries.map(({ request }) => request.postData.text)).toEqual(
    Array(3).fill(BODY.toString("base64")),
  );
  await expect(dialog).toBeHidden();
});

test("a selection, and what matches the search, from the palette", async ({ page, newBin }) => {
  const bin = await newBin();
  for (const path of ["/a", "/b", "/c", "/d"]) {
    await sendTo(bin, path, { method: path === "/a" || path === "/c" ? "PUT" : "POST" });
  }
  await openDashboard(page, bin);
  await page.getByLabel("Select capture #1").check();
  await page.getByLabel("Select capture #4").check();
  await page.getByRole("button", { name: "Export the selected captures" }).click();
  await expect(exporting(page)).toContainText("2 selected captures");
  let download = page.waitForEvent("download");
  await exporting(page).getByRole("button", { name: "Export", exact: true }).click();
  expect(await pathsIn(await download)).toEqual(["a", "d"]);

  await page.goto(`/bins/${bin.id}?q=method:PUT`);
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("export");
  await expect(
    page.getByRole("option", { name: "Export the captures that match" }),
  ).toHaveAttribute("data-highlighted", "");
  await page.keyboard.press("Enter");
  await expect(exporting(page)).toContainText("match the search");
  download = page.waitForEvent("download");
  await exporting(page).getByRole("button", { name: "Export", exact: true }).click();
  expect(await pathsIn(await download)).toEqual(["a", "c"]);
});

test("an export says how far it is, can be cancelled, and then be made", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const body = "x".repeat(50_000);
  const paths = Array.from({ length: 20 }, (_, i) => `${i}`);
  for (const path of paths) await sendTo(bin, `/${path}`, { method: "POST", body });
  await openDashboard(page, bin);
  const setSpeed = await slowLine(page);
  const downloads: Download[] = [];
  page.on("download", (download) => downloads.push(download));
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Export captures" }).click();
  const start = exporting(page).getByRole("button", { name: "Export", exact: true });
  const progress = exporting(page).getByRole("progressbar");
  await expect(start).toBeEnabled();

  await setSpeed(100_000);
  await start.click();
  await expect(start).toBeDisabled();
  await expect(exporting(page).getByRole("status")).toContainText(/[1-9]\d* of 20 captures, /);
  await expect(progress).toHaveAttribute("max", "20");
  await exporting(page).getByRole("button", { name: "Cancel" }).click();
  await expect(progress).toBeHidden();
  await expect(exporting(page)).toContainText("Cancelled. Nothing was saved.");
  expect(downloads).toEqual([]);

  await setSpeed(-1);
  await start.click();
  await expect(exporting(page)).toBeHidden();
  await expect.poll(() => downloads.length).toBe(1);
  expect(await pathsIn(downloads[0]!)).toEqual(paths);
});

test.describe("where the clipboard refuses", () => {
  test("the message leads to the code, which can be copied by hand", async ({ page, newBin }) => {
    await page.addInitScript(() => {
      const refuse = () => Promise.reject(new DOMException("Not allowed", "NotAllowedError"));
      Object.assign(Clipboard.prototype, { write: refuse, writeText: refuse });
    });
    const bin = await newBin();
    const id = await sendTo(bin, "/x");
    await openDashboard(page, bin, id);
    await page.getByRole("button", { name: "Copy as curl" }).click();
    const message = page.getByRole("region", { name: "Notifications" }).getByRole("alert");
    await expect(message).toContainText("Nothing was copied");
    await message.getByRole("button", { name: "Show the code" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("region", { name: "Code" })).toContainText("curl ");
    await dialog.getByRole("button", { name: "Copy the code" }).click();
    await expect(page.getByText("The browser did not allow it")).toBeVisible();
  });

  test("on plain http, where it is missing, copying still works", async ({
    page,
    context,
    newBin,
  }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.addInitScript(() => {
      const { clipboard } = navigator;
      Object.assign(window, { readClipboard: () => clipboard.readText() });
      Object.defineProperty(navigator, "clipboard", { value: undefined });
    });
    const clipboard = () =>
      page.evaluate(() =>
        (window as unknown as { readClipboard(): Promise<string> }).readClipboard(),
      );
    const bin = await newBin();
    const id = await sendTo(bin, "/x");
    await openDashboard(page, bin, id);
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await expect(page.getByRole("status").filter({ hasText: "Copied as curl" })).toBeVisible();
    expect(await clipboard()).toContain("curl ");
    await page.getByRole("button", { name: "Copy as… and download" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("Copy as").selectOption("go");
    await expect(dialog.getByRole("region", { name: "Code" })).toContainText("package main");
    await dialog.getByRole("button", { name: "Copy the code" }).click();
    await expect(dialog.getByRole("status").filter({ hasText: "Copied" })).toBeAttached();
    expect(await clipboard()).toContain("package main");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test("the dialog fits, and long code scrolls inside of it", async ({ page, newBin }) => {
    const bin = await newBin();
    const id = await sendTo(bin, `/${"long".repeat(100)}`);
    await openDashboard(page, bin, id);
    await page.getByRole("button", { name: "Capture actions" }).tap();
    await page.getByRole("menuitem", { name: "Copy as… and download" }).tap();
    const dialog = page.getByRole("dialog");
    await expect(dialog.getByRole("region", { name: "Code" })).toContainText("curl ");
    const box = (await dialog.boundingBox())!;
    expect(box.x).toBeGreaterThanOrEqual(0);
    expect(box.x + box.width).toBeLessThanOrEqual(390);
    const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow).toBe(0);
  });
});
