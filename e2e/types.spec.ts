import { captureList, expect, openDashboard, rows, sendTo, test } from "./fixtures.ts";

const post = (body: string) => ({ method: "POST", body });

test("types are made from one capture, and from all of its path", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin, "/orders", post("no json"));
  await sendTo(bin, "/orders", post('{"id":"a"}'));
  await sendTo(bin, "/other", post('{"other":true}'));
  const id = await sendTo(
    bin,
    "/orders",
    post('{"id":12345678901234567890,"note":"x","note":"y"}'),
  );
  await openDashboard(page, bin, id);
  await page.getByRole("button", { name: "Make types from the body" }).click();
  const dialog = page.getByRole("dialog");
  const types = dialog.getByRole("region", { name: "The types" });
  await expect(types).toContainText("export interface Orders");
  await expect(types).toContainText(/id: +number;/);
  await expect(dialog).toContainText("Some numbers are longer than a JavaScript number keeps.");

  await dialog.getByRole("checkbox").check();
  await expect(types).toContainText(/id: +number \| string;/);
  await expect(types).toContainText(/note\?: +string;/);
  await expect(dialog).toContainText("From 2 bodies. 1 of 3 is not JSON.");

  await dialog.getByRole("textbox", { name: "Name" }).fill("Invoice");
  await expect(types).toContainText("export interface Invoice");
  await dialog.getByRole("tab", { name: "JSON Schema" }).click();
  await expect(types).toContainText('"$schema"');
  for (const [language, text] of [
    ["Zod", "z.object"],
    ["Go", "type Invoice struct"],
    ["Python", "class Invoice"],
  ] as const) {
    await dialog.getByRole("tab", { name: language }).click();
    await expect(types).toContainText(text);
  }
  const downloading = page.waitForEvent("download");
  await dialog.getByRole("button", { name: "Download" }).click();
  expect((await downloading).suggestedFilename()).toBe("Invoice.py");
});

test("types are made from a selection, and what is no JSON is said", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin, "/a", post("text"));
  await sendTo(bin, "/b");
  await openDashboard(page, bin);
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press("Control+a");
  await captureList(page)
    .getByRole("button", { name: /^Make types/ })
    .click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("There is nothing to make types from.");
  await expect(dialog).toContainText("1 of 2 is not JSON. 1 of 2 has no body.");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
});
