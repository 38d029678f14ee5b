import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import { exchange } from "#lib/testing/raw-http.ts";
import { expect, openDashboard, rows, test } from "./fixtures.ts";

const run = promisify(execFile);

/** Bytes that no text holds, with headers that a browser would not send. */
const BODY = Buffer.from([0, 255, 13, 10, 39, 92, 128]);

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
  await expect.poll(clipboard).toContain("curl ");
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
