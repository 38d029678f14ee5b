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

const toolbar = (page: Page) => page.getByRole("toolbar", { name: "Selected captures" });
const toast = (page: Page) => page.getByRole("button", { name: "Undo" });
const palette = (page: Page) => page.getByRole("dialog", { name: "Command palette" });

test.describe("the command palette", () => {
  test("finds and runs a command by keyboard alone", async ({ page, newBin }) => {
    const bin = await newBin();
    await openDashboard(page, bin);
    await page.keyboard.press("ControlOrMeta+k");
    await expect(palette(page)).toBeVisible();
    await page.keyboard.type("renam");
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Rename bin" });
    await expect(dialog.getByLabel("Name")).toBeFocused();
    await page.keyboard.type("orders");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: "orders" })).toBeVisible();
  });

  test("finds a capture by method and path, and opens it", async ({ page, newBin }) => {
    const bin = await newBin();
    const id = await sendTo(bin, "/invoices/42", { method: "POST" });
    await sendTo(bin, "/other");
    await openDashboard(page, bin);
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("post invo");
    await expect(palette(page).getByRole("option").first()).toContainText("/invoices/42");
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`capture=${id}`));
    await expect(palette(page)).toBeHidden();
  });

  test("finds another bin and goes there", async ({ page, newBin }) => {
    const other = await newBin({ name: "payments" });
    const bin = await newBin({ name: "orders" });
    await openDashboard(page, bin);
    await page.getByRole("button", { name: "Find a command, a bin or a capture" }).click();
    await palette(page).getByRole("combobox").fill("paym");
    await palette(page).getByRole("option", { name: "payments" }).click();
    await expect(page).toHaveURL(new RegExp(other.id));
    await expect(page.getByRole("heading", { name: "payments" })).toBeVisible();
  });

  test("says so when nothing is called that, and closes with Escape", async ({ page, newBin }) => {
    await openDashboard(page, await newBin());
    await page.keyboard.press("ControlOrMeta+k");
    await page.keyboard.type("xyzzy");
    await expect(palette(page)).toContainText("Nothing is called that");
    await page.keyboard.press("Escape");
    await expect(palette(page)).toBeHidden();
  });
});

test("a question mark shows the shortcuts, from the registry", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin, "/1");
  await openDashboard(page, bin);
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press("?");
  const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  for (const title of ["Next capture", "Select all loaded captures", "Copy the capture URL"]) {
    await expect(sheet).toContainText(title);
  }
  await page.keyboard.press("Escape");
  await expect(sheet).toBeHidden();
});

test("keys that are typed into a field are text", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/1");
  await openDashboard(page, bin, id);
  await page.keyboard.press("n");
  const note = captureDetail(page).getByLabel("Note");
  await expect(note).toBeFocused();
  await page.keyboard.type("x? jsk");
  await expect(note).toHaveValue("x? jsk");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(captureDetail(page)).toContainText("x? jsk");
  await expect(toolbar(page)).toBeHidden();
});

test.describe("selecting", () => {
  test("by keyboard: x, Shift with j and k, all, Escape", async ({ page, newBin }) => {
    const bin = await newBin();
    for (const path of ["/1", "/2", "/3", "/4"]) await sendTo(bin, path);
    await openDashboard(page, bin);
    await expect(rows(page)).toHaveCount(4);
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await expect(toolbar(page)).toContainText("1 selected");
    await page.keyboard.press("Shift+j");
    await page.keyboard.press("Shift+j");
    await expect(toolbar(page)).toContainText("3 selected");
    await page.keyboard.press("Shift+k");
    await expect(toolbar(page)).toContainText("2 selected");
    await page.keyboard.press("Escape");
    await expect(toolbar(page)).toBeHidden();
    await page.keyboard.press("ControlOrMeta+a");
    await expect(toolbar(page)).toContainText("4 selected");
  });

  test("by mouse: a checkbox, and Shift for a range", async ({ page, newBin }) => {
    const bin = await newBin();
    for (const path of ["/1", "/2", "/3", "/4"]) await sendTo(bin, path);
    await openDashboard(page, bin);
    await page.getByLabel("Select capture #4").check();
    await page.getByLabel("Select capture #2").click({ modifiers: ["Shift"] });
    await expect(toolbar(page)).toContainText("3 selected");
    await rows(page)
      .last()
      .click({ modifiers: ["Shift"] });
    await expect(toolbar(page)).toContainText("4 selected");
    await expect(page).not.toHaveURL(/capture=/);
    await toolbar(page).getByRole("button", { name: "End the selection" }).click();
    await expect(toolbar(page)).toBeHidden();
    await rows(page).first().click();
    await expect(page).toHaveURL(/capture=/);
  });

  test("what another tab deletes is not selected any more", async ({ page, newBin }) => {
    const bin = await newBin();
    const ids = [await sendTo(bin, "/1"), await sendTo(bin, "/2")];
    await openDashboard(page, bin);
    await expect(rows(page)).toHaveCount(2);
    await page.keyboard.press("ControlOrMeta+a");
    await bin.api(`/captures/${ids[0]}`, { method: "DELETE" });
    await expect(toolbar(page)).toContainText("1 selected");
  });
});

test("a selection is deleted, and undone, by keyboard alone; other tabs follow", async ({
  page,
  context,
  newBin,
}) => {
  const bin = await newBin();
  for (const path of ["/1", "/2", "/3"]) await sendTo(bin, path);
  await openDashboard(page, bin);
  const other = await context.newPage();
  await openDashboard(other, bin);
  await expect(rows(other)).toHaveCount(3);
  await expect(rows(page)).toHaveCount(3);

  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("Shift+j");
  await expect(captureDetail(page)).toContainText("Capture #2");
  await page.keyboard.press("Delete");
  for (const tab of [page, other]) {
    await expect(rows(tab)).toHaveText([/#1/]);
    await expect(captureList(tab)).toContainText("1 capture");
  }
  await expect(toast(page)).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  for (const tab of [page, other]) {
    await expect(rows(tab)).toHaveText([/#3/, /#2/, /#1/]);
    await expect(captureList(tab)).toContainText("3 captures");
  }
  await expect(toast(page)).toBeHidden();
  expect((await bin.get()).storedCount).toBe(3);
});

test("a deletion survives a reload and is final for every reader", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/1");
  await openDashboard(page, bin, id);
  await captureDetail(page).getByRole("button", { name: "Delete this capture" }).click();
  await expect(rows(page)).toHaveCount(0);
  expect((await bin.api(`/captures/${id}`)).status).toBe(404);
  await page.reload();
  await expect(captureList(page)).toContainText("0 captures");
});

test("an undo that comes too late says why", async ({ page, newBin, expectedTrouble }) => {
  expectedTrouble.push(/410/);
  const bin = await newBin();
  const id = await sendTo(bin, "/1");
  await openDashboard(page, bin, id);
  await page.keyboard.press("Delete");
  await expect(toast(page)).toBeVisible();
  await bin.api(`/bins/${bin.id}/captures`, { method: "DELETE" });
  await page.keyboard.press("ControlOrMeta+z");
  await expect(page.getByText("This was not undone")).toBeVisible();
});

test("stars: one by key, a selection with undo; the other tab follows", async ({
  page,
  context,
  newBin,
}) => {
  const bin = await newBin();
  const ids = [await sendTo(bin, "/1"), await sendTo(bin, "/2")];
  await openDashboard(page, bin, ids[0]);
  const other = await context.newPage();
  await openDashboard(other, bin, ids[0]);
  const star = captureDetail(other).getByRole("button", { name: "Star", exact: true });
  await expect(star).toHaveAttribute("aria-pressed", "false");

  await page.keyboard.press("s");
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("ControlOrMeta+a");
  await toolbar(page).getByRole("button", { name: "Star the selected captures" }).click();
  await expect(captureList(other).getByLabel("Starred")).toHaveCount(2);
  await toast(page).click();
  await expect(captureList(other).getByLabel("Starred")).toHaveCount(1);
  expect((await bin.all()).map(({ starred }) => starred)).toEqual([true, false]);
});

test("a note that one tab writes shows in the other", async ({ page, context, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/1");
  await openDashboard(page, bin, id);
  const other = await context.newPage();
  await openDashboard(other, bin, id);
  await page.keyboard.press("n");
  await page.keyboard.type("look at the signature");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(captureDetail(other)).toContainText("look at the signature");
});

test.describe("the reply editor", () => {
  const dialog = (page: Page) => page.getByRole("dialog", { name: "Reply", exact: true });
  const discard = (page: Page) => page.getByRole("dialog", { name: "Discard the changes?" });

  async function openEditor(page: Page) {
    await page.getByRole("button", { name: "Bin actions" }).click();
    await page.getByRole("menuitem", { name: "Edit reply" }).click();
    await expect(dialog(page).getByLabel("Status")).toBeVisible();
  }

  test("says what is sent, and that is what a sender gets", async ({ page, newBin }) => {
    const bin = await newBin();
    await openDashboard(page, bin);
    await openEditor(page);
    const editor = dialog(page);
    await editor.getByLabel("Status").fill("418");
    await editor.getByLabel("Content type of the body").selectOption("application/json");
    await editor.getByRole("button", { name: "Add a header" }).click();
    await page.keyboard.type("X-Odd");
    await editor.getByLabel("Value of header 2").fill("é; 1");
    await editor.getByLabel("Body", { exact: true }).fill('{"a":1}');
    const preview = editor.getByRole("region", { name: "Preview" }).locator("pre");
    await expect(preview).toContainText("HTTP/1.1 418 I'm a Teapot");
    await expect(preview).toContainText("Content-Length: 7");
    const shown = (await preview.textContent())!.split("\n\n")[0]!.split("\n").slice(1);
    await editor.getByRole("button", { name: "Save reply" }).click();
    await expect(editor).toBeHidden();

    const response = await fetch(bin.captureUrl, { method: "POST" });
    expect(response.status).toBe(418);
    expect(await response.text()).toBe('{"a":1}');
    const sent = [...response.headers.keys()].filter(
      (name) => !/^(connection|keep-alive)$/.test(name),
    );
    expect(shown.map((line) => line.split(":")[0]!.toLowerCase()).sort()).toEqual(sent.sort());
    expect(response.headers.get("x-odd")).toBe("é; 1");
  });

  test("refuses what makes no sense, beside the field, as the API does", async ({
    page,
    newBin,
    expectedTrouble,
  }) => {
    expectedTrouble.push(/400/);
    const bin = await newBin();
    await openDashboard(page, bin);
    await openEditor(page);
    const editor = dialog(page);
    await editor.getByLabel("Status").fill("99");
    await editor.getByLabel("Delay in seconds").fill("31");
    await editor.getByRole("button", { name: "Add a header" }).click();
    await editor.getByLabel("Name of header 1").fill("Set-Cookie");
    await editor.getByLabel("Value of header 1").fill("a=1");
    await editor.getByRole("button", { name: "Add a header" }).click();
    await editor.getByLabel("Name of header 2").fill("a b");
    await editor.getByRole("button", { name: "Save reply" }).click();
    await expect(editor).toContainText("Must be a whole number from 200 to 599");
    await expect(editor).toContainText("Must be from 0 to 30 seconds");
    await expect(editor).toContainText("Set-Cookie acts on the whole origin");
    await expect(editor).toContainText("A header name has only letters");
    await expect(editor.getByLabel("Status")).toBeFocused();
    await expect(editor.getByLabel("Name of header 2")).toHaveAttribute("aria-invalid", "true");
    expect((await bin.get()).reply.status).toBe(200);

    await editor.getByLabel("Status").fill("204");
    await editor.getByLabel("Delay in seconds").fill("0.5");
    await editor.getByRole("button", { name: "Remove header 2" }).click();
    await editor.getByRole("button", { name: "Remove header 1" }).click();
    await editor.getByLabel("Body", { exact: true }).fill("x");
    await expect(editor).toContainText("A reply with status 204, 205 or 304 has no body");
    await editor.getByLabel("Body", { exact: true }).fill("");
    await editor.getByRole("button", { name: "Save reply" }).click();
    await expect(editor).toBeHidden();
    expect((await bin.get()).reply).toEqual({ status: 204, headers: [], body: "", delayMs: 500 });
  });

  test("asks before it drops what was changed", async ({ page, newBin }) => {
    const bin = await newBin();
    await openDashboard(page, bin);
    await page.keyboard.press("e");
    await dialog(page).getByRole("button", { name: "429 with Retry-After" }).click();
    await page.mouse.click(5, 5);
    await discard(page).getByRole("button", { name: "Keep editing" }).click();
    await expect(dialog(page).getByLabel("Status")).toHaveValue("429");
    await page.keyboard.press("Escape");
    await expect(discard(page)).toBeVisible();
    await discard(page).getByRole("button", { name: "Discard" }).click();
    await expect(dialog(page)).toBeHidden();
    expect((await bin.get()).reply.status).toBe(200);

    await openEditor(page);
    await expect(dialog(page).getByLabel("Status")).toHaveValue("200");
    await page.keyboard.press("Escape");
    await expect(dialog(page)).toBeHidden();
  });

  test("starts from a preset and goes back to the default", async ({ page, newBin }) => {
    const bin = await newBin({ reply: { status: 500, headers: [], body: "no", delayMs: 0 } });
    await openDashboard(page, bin);
    await page.getByRole("button", { name: "Edit the reply" }).click();
    await dialog(page).getByRole("button", { name: "429 with Retry-After" }).click();
    await dialog(page).getByRole("button", { name: "Save reply" }).click();
    await expect(dialog(page)).toBeHidden();
    expect((await fetch(bin.captureUrl)).headers.get("retry-after")).toBe("30");
    await page.keyboard.press("e");
    await dialog(page).getByRole("button", { name: "Reset to default" }).click();
    await dialog(page).getByRole("button", { name: "Save reply" }).click();
    await expect(dialog(page)).toBeHidden();
    const response = await fetch(bin.captureUrl);
    expect([response.status, await response.text()]).toEqual([200, ""]);
  });
});

test.describe("by touch, at phone width", () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });

  test("a long press starts a selection, taps go on with it, and Undo is in reach", async ({
    page,
    newBin,
  }) => {
    const bin = await newBin();
    for (const path of ["/1", "/2", "/3"]) await sendTo(bin, path);
    await openDashboard(page, bin);
    const finger = { pointerType: "touch", isPrimary: true, button: 0, clientX: 90, clientY: 300 };
    await rows(page).first().dispatchEvent("pointerdown", finger);
    await expect(toolbar(page)).toContainText("1 selected");
    await rows(page).first().dispatchEvent("pointerup", finger);
    await rows(page).last().tap();
    await expect(toolbar(page)).toContainText("2 selected");
    await expect(page).not.toHaveURL(/capture=/);
    await toolbar(page).getByRole("button", { name: "Delete the selected captures" }).tap();
    await expect(rows(page)).toHaveText([/#2/]);
    await toast(page).tap();
    await expect(rows(page)).toHaveCount(3);
  });

  test("the palette and the shortcuts have buttons", async ({ page, newBin }) => {
    await openDashboard(page, await newBin());
    await page.getByRole("button", { name: "Find a command, a bin or a capture" }).tap();
    await palette(page).getByRole("option", { name: "Edit the reply" }).tap();
    await expect(page.getByRole("dialog", { name: "Reply", exact: true })).toBeVisible();
    await page.getByRole("button", { name: "Cancel" }).tap();
    await page.getByRole("button", { name: "Bin actions" }).tap();
    await page.getByRole("menuitem", { name: "Keyboard shortcuts" }).tap();
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  });
});
