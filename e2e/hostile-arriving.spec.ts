import type { Page } from "@playwright/test";
import { captureDetail, captureList, expect, openDashboard, rows, test } from "./fixtures.ts";
import { expectUnharmedAtEachWidth, watchForHarm } from "./harm.ts";
import { recordNotifications, setHidden } from "./hidden-tab.ts";
import { CORPUS, HOSTILE_NAMES, MARKUP, sendAll, WORST } from "./hostile-corpus.ts";

const WIDE = { width: 1360, height: 850 };

test("while hostile captures arrive, the tab's title counts them and notifications say them as short text", async ({
  page,
  newBin,
}) => {
  const harm = await watchForHarm(page);
  const shown = await recordNotifications(page, "granted");
  const bin = await newBin({ name: HOSTILE_NAMES[0]! });
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Notify me of new captures" }).click();
  const told = page.evaluate(() => document.title);
  expect(await told).toBe(`${HOSTILE_NAMES[0]} · Inlet`);
  const icon = page.locator("link[rel~=icon]");
  const icons = await icon.evaluateAll((links) => links.map((link) => link.outerHTML));
  await setHidden(page, true);
  for (const [index, hostile] of WORST.entries()) {
    await sendAll(bin, [hostile]);
    await expect(page).toHaveTitle(`(${index + 1}) ${HOSTILE_NAMES[0]} · Inlet`);
    await expect.poll(async () => (await shown()).length).toBe(index + 2);
    const [title, text] = (await shown()).at(-1)!.split(" | ") as [string, string];
    expect(title).toMatch(/: \d new captures?$/);
    expect(text).toMatch(/^POST \//);
    expect(text.length).toBeLessThanOrEqual(120);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
    expect(text).not.toMatch(/[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/);
  }
  expect(await icon.evaluateAll((links) => links.map((link) => link.outerHTML))).toEqual(icons);
  await setHidden(page, false);
  await expect(page).toHaveTitle(`${HOSTILE_NAMES[0]} · Inlet`);
  await expectUnharmedAtEachWidth(page, harm, "after they came");
});

const QUERIES = [
  MARKUP,
  `path:"${MARKUP.replaceAll('"', "")}"`,
  "W".repeat(900),
  `header:${"W".repeat(300)}~"${"i".repeat(300)}"`,
  '\u202egnp.exe\u2066\u200b" OR (',
  `json:$["${"]".repeat(50)}"]=<script>alert(1)</script>`,
  "body:/(a+)+$/ (((((((((",
  `${"(".repeat(200)}a`,
  "javascript:alert(1)",
];

test("a link with a hostile search shows it as text, with its suggestions and what is wrong with it", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const harm = await watchForHarm(page);
  await sendAll(bin, WORST);
  const field = page.getByRole("combobox", { name: "Search captures" });
  for (const query of QUERIES) {
    await page.goto(`/bins/${bin.id}?q=${encodeURIComponent(query)}`);
    await expect(field).toHaveValue(query);
    await expect(page.getByRole("search")).toContainText(/found|[.]/);
    await expectUnharmedAtEachWidth(page, harm, `search ${query.slice(0, 40)}`);
    await field.press("End");
    await field.press("ControlOrMeta+Space");
    await field.pressSequentially(" path:");
    await expectUnharmedAtEachWidth(page, harm, `suggestions after ${query.slice(0, 40)}`);
    await page.setViewportSize(WIDE);
  }
});

test("types of hostile captures and a comparison of them are text", async ({ page, newBin }) => {
  const bin = await newBin();
  const harm = await watchForHarm(page);
  const named = (name: string) => CORPUS.find((hostile) => hostile.name === name)!;
  const json = [named("script in every field"), named("JSON"), named("lone surrogates")];
  const ids = await sendAll(bin, [...json, named("long words"), named("control characters")]);
  for (const id of ids.slice(0, 3)) {
    await openDashboard(page, bin, id);
    await page.getByRole("button", { name: "Make types from the body" }).click();
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(/export |there is no(thing| type) to/i);
    for (const language of await dialog.getByRole("tab").allTextContents()) {
      await dialog.getByRole("tab", { name: language, exact: true }).click();
      await expectUnharmedAtEachWidth(page, harm, `types in ${language}`);
    }
    await page.setViewportSize(WIDE);
  }
  for (const [left, right] of [
    [ids[0], ids[3]],
    [ids[1], ids[4]],
    [ids[3], ids[4]],
  ]) {
    await page.goto(`/bins/${bin.id}?capture=${left}&compare=${right}`);
    await expect(captureDetail(page).getByRole("status").first()).toHaveText(/\d+ differences?/);
    await expectUnharmedAtEachWidth(page, harm, "comparison");
    await page.setViewportSize(WIDE);
  }
});

test("every way to copy and export hostile captures shows them as text", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const harm = await watchForHarm(page);
  const ids = await sendAll(bin, WORST);
  const dialog = page.getByRole("dialog");
  for (const id of ids) {
    await openDashboard(page, bin, id);
    await page.getByRole("button", { name: "Copy as… and download" }).click();
    await expect(dialog.getByRole("region", { name: "Code" })).toBeVisible();
    const formats = dialog.getByLabel("Copy as");
    for (const format of await formats.locator("option").evaluateAll(valuesOf)) {
      await formats.selectOption(format);
      await expectUnharmedAtEachWidth(page, harm, `copy as ${format}`);
    }
    await page.setViewportSize(WIDE);
    await page.keyboard.press("Escape");
  }
  await page.goto(`/bins/${bin.id}?q=${encodeURIComponent(QUERIES[1]!)}`);
  await page.keyboard.press("ControlOrMeta+k");
  await page.getByRole("dialog", { name: "Command palette" }).getByRole("combobox").fill("export");
  await expectUnharmedAtEachWidth(page, harm, "commands of export");
  await page.setViewportSize(WIDE);
  await page.keyboard.press("Escape");
  await openDashboard(page, bin);
  await selectAll(page);
  await captureList(page).getByRole("button", { name: "Export the selected captures" }).click();
  await expect(dialog).toBeVisible();
  await expectUnharmedAtEachWidth(page, harm, "export dialog");
});

const valuesOf = (options: (HTMLElement | SVGElement)[]) =>
  options.map((option) => (option as HTMLOptionElement).value);

async function selectAll(page: Page) {
  await expect(rows(page)).toHaveCount(WORST.length);
  await page.getByRole("button", { name: "Select captures" }).click();
  await page.getByRole("button", { name: "Select all loaded captures" }).click();
}
