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

const differences = (page: Page) => captureDetail(page).getByRole("status").first();
const section = (page: Page, name: string) => captureDetail(page).getByRole("region", { name });

function sendJson(bin: TestBin, path: string, body: string, headers: Record<string, string> = {}) {
  return sendTo(bin, path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

test("a capture is compared with the one before of its method and path", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendJson(bin, "/orders?try=1", '{"id":12345678901234567890,"a":1,"b":[1,2]}', {
    "x-a": "1",
  });
  await sendTo(bin, "/other");
  await sendTo(bin, "/orders");
  const id = await sendJson(bin, "/orders?try=2", '{"b":[1,2],"a":1,"id":12345678901234567891}', {
    "x-b": "1",
  });
  await openDashboard(page, bin, id);
  await page.keyboard.press("d");
  await expect(differences(page)).toHaveText("4 differences");
  await expect(section(page, "Request line")).toContainText("Identical.");
  await expect(section(page, "Query")).toContainText("changed: try=1");
  await expect(section(page, "Headers")).toContainText("removed: x-a: 1");
  await expect(section(page, "Headers")).toContainText("added: x-b: 1");
  const body = section(page, "Body");
  await expect(body).toContainText("compared as JSON");
  await expect(body.locator("mark")).toHaveText(
    ["12345678901234567890", "12345678901234567891"].map((n) => n.at(-1)!),
  );

  // The whole view is in the URL.
  await page.reload();
  await expect(differences(page)).toHaveText("4 differences");
  await page.keyboard.press("Escape");
  await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #4");
  await page.goBack();
  await expect(differences(page)).toHaveText("4 differences");
});

test("sides are swapped, equal lines shown, and differences gone through by key", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const older = await sendJson(bin, "/a", '{"a":1,"b":2,"c":3}');
  const newer = await sendJson(bin, "/a", '{"a":9,"b":2,"c":8}');
  await page.goto(`/bins/${bin.id}?capture=${newer}&compare=${older}`);
  await expect(differences(page)).toHaveText("2 differences");
  const body = section(page, "Body");
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("n");
  expect(await focused()).toContain('"a": 9');
  await page.keyboard.press("n");
  expect(await focused()).toContain('"c": 8');
  await page.keyboard.press("n");
  expect(await focused()).toContain('"a": 9');
  await page.keyboard.press("Shift+N");
  expect(await focused()).toContain('"c": 8');

  await expect(section(page, "Headers").getByText("content-length")).toHaveCount(0);
  await page.getByRole("checkbox", { name: "Only differences" }).uncheck();
  await expect(section(page, "Headers").getByText("content-length").first()).toBeVisible();

  await expect(body.locator("mark").first()).toHaveText("1");
  await page.getByRole("button", { name: "Swap sides" }).click();
  await expect(body.locator("mark").first()).toHaveText("9");
  await expect(page).toHaveURL(new RegExp(`capture=${older}&compare=${newer}`));
});

test("the same request twice is identical, and it says what is not compared", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendJson(bin, "/a", '{"a":1}');
  const id = await sendJson(bin, "/a", '{"a":1}');
  await openDashboard(page, bin, id);
  await page.keyboard.press("d");
  await expect(differences(page)).toHaveText("Identical");
  await expect(captureDetail(page)).toContainText("Everything that was sent is the same.");
  await expect(captureDetail(page)).toContainText("Not compared: the time of arrival");
  await expect(section(page, "Body")).toContainText("Identical, byte for byte");
});

test("without an earlier one, another is chosen", async ({ page, newBin }) => {
  const bin = await newBin();
  const other = await sendTo(bin, "/other", { method: "POST", body: "one\ntwo\nthree\n" });
  const id = await sendTo(bin, "/only", { method: "POST", body: "one\n2\nthree\n" });
  await openDashboard(page, bin, id);
  await page.keyboard.press("d");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("There is no earlier capture of POST /only");
  await dialog.getByRole("textbox").fill("nothing like it");
  await expect(dialog).toContainText("None of those that are loaded matches.");
  await dialog.getByRole("textbox").fill("#1");
  await dialog.getByRole("button", { name: "/other" }).click();
  await expect(page).toHaveURL(new RegExp(`compare=${other}`));
  await expect(section(page, "Request line")).toContainText("/other");
  await expect(section(page, "Body")).toContainText("compared by line");
  await expect(section(page, "Body").locator("mark")).toHaveText(["two", "2"]);
});

test("two that are selected in the list are compared, the older on the left", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const older = await sendTo(bin, "/one", { method: "PUT", body: new Uint8Array([0, 1, 2, 255]) });
  const newer = await sendTo(bin, "/two", { method: "PUT", body: new Uint8Array([0, 1, 3, 255]) });
  await openDashboard(page, bin);
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press("Control+a");
  await captureList(page).getByRole("button", { name: "Compare the two" }).click();
  await expect(page).toHaveURL(new RegExp(`capture=${newer}&compare=${older}`));
  await expect(section(page, "Body")).toContainText("The first difference is at byte 2 (0x2).");
});

test.describe("when one of them is gone", () => {
  test.use({ expectedTrouble: [/404/] });

  test("the comparison says so and can be left", async ({ page, newBin }) => {
    const bin = await newBin();
    const gone = await sendTo(bin, "/a");
    const id = await sendTo(bin, "/a");
    await bin.api(`/captures/${gone}`, { method: "DELETE" });
    await page.goto(`/bins/${bin.id}?capture=${id}&compare=${gone}`);
    await expect(captureDetail(page)).toContainText("One of the two could not be read.");
    await captureDetail(page).getByRole("button", { name: "Close the comparison" }).last().click();
    await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #2");
  });
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the sides are below each other and nothing scrolls sideways", async ({ page, newBin }) => {
    const bin = await newBin();
    const long = "wide".repeat(200);
    const older = await sendJson(bin, "/a", JSON.stringify({ [long]: long }), { "x-a": long });
    const newer = await sendJson(bin, "/a", JSON.stringify({ [long]: `${long}!` }), { "x-a": "b" });
    await page.goto(`/bins/${bin.id}?capture=${newer}&compare=${older}`);
    await expect(differences(page)).toHaveText("3 differences");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    const marks = section(page, "Headers").locator("mark");
    const [left, right] = [await marks.first().boundingBox(), await marks.last().boundingBox()];
    expect(right!.y).toBeGreaterThan(left!.y);
  });
});
