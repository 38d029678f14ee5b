import { exec } from "node:child_process";
import { promisify } from "node:util";
import type { Capture } from "#lib/contract/capture.ts";
import { exchange } from "#lib/testing/raw-http.ts";
import type { TestBin } from "#lib/testing/server.ts";
import {
  bodyRows,
  captureDetail,
  captureList,
  expect,
  expectLines,
  expectPairs,
  MAX_BODY_BYTES,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";
import { sendBrokenOff, sendWebhook, WEBHOOKS } from "./webhooks.ts";

const run = promisify(exec);

const CAPTURE_URL = /^http:\/\/localhost:\d+\/in\/[a-z0-9]{20}$/;

test("one click on the start page makes a bin, and its capture URL can be copied", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  await page.getByRole("button", { name: "Create a bin" }).click();

  const captureUrl = page.getByLabel("Capture URL", { exact: true });
  await expect(captureUrl).toHaveText(CAPTURE_URL);
  await expect(page).toHaveURL(/\/bins\/[a-z0-9]{20}$/);
  await page.getByRole("button", { name: "Copy capture URL" }).click();
  await expect(page.getByText("Copy URL")).toBeHidden();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(await captureUrl.textContent());
});

test("a bin made with a name goes by it", async ({ page }) => {
  await page.goto("/");
  await page.getByLabel("Name of the bin, optional").fill("orders");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "orders" })).toBeVisible();
  await expect(page).toHaveTitle("orders · Inlet");
});

test("the curl line of an empty bin works as it is shown, and what it sends appears without a reload", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await openDashboard(page, bin);
  await expect(page.getByText("Waiting for the first request")).toBeVisible();
  await expect(captureList(page)).toContainText("0 captures");
  await page.evaluate(() => document.body.setAttribute("data-not-reloaded", ""));

  const curl = page.locator("code", { hasText: "curl" });
  await run((await curl.textContent())!);

  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page)).toContainText("POST");
  await expect(rows(page)).toContainText("#1");
  await expect(rows(page)).toContainText("json");
  await expect(rows(page)).toContainText("17 B");
  await expect(captureList(page)).toContainText("1 capture");
  await expect(page.locator("body")).toHaveAttribute("data-not-reloaded");
  await rows(page).click();
  await expectLines(bodyRows(page, "JSON"), ["{", '  "hello": "world"', "}"]);
  const [capture] = await bin.all();
  expect((await bin.body(capture!.id)).toString()).toBe('{"hello":"world"}');
});

test("the test request of an empty bin is captured too", async ({ page, newBin }) => {
  const bin = await newBin();
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Send a test request" }).click();
  await expect(rows(page).filter({ hasText: "POST" })).toHaveCount(1);
  expect((await bin.body((await bin.all())[0]!.id)).toString()).toBe('{"hello":"world"}');
});

test("the request line and the headers are shown as they were sent: order, case and duplicates", async ({
  page,
  newBin,
  server,
}) => {
  const bin = await newBin();
  const target = `/in/${bin.id}/Hooks/%7Bid%7D//x?b=2&a=%20`;
  const headers = [
    ["hOST", "inlet.test"],
    ["X-Second", "2"],
    ["x-first", "1"],
    ["Set-Cookie", "a=1"],
    ["X-SECOND", "two, again"],
    ["Set-Cookie", "a=1"],
    ["X-Empty", ""],
  ] as const;
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  await exchange(
    server.port,
    `${["PURGE", target, "HTTP/1.1"].join(" ")}\r\n${lines.join("\r\n")}\r\n\r\n`,
  );
  const [capture] = await bin.all();

  await openDashboard(page, bin, capture!.id);
  await expect(captureDetail(page).getByText(`PURGE ${target} HTTP/1.1`)).toBeVisible();
  await expectPairs(
    page,
    "Headers",
    headers.map(([name, value]) => [name, value === "" ? "empty" : value]),
  );
  await expect(rows(page)).toContainText("/Hooks/%7Bid%7D//x?b=2&a=%20");
  await expect(captureDetail(page)).toContainText("No body was sent.");
});

test("the query is shown decoded, in its order, and as it was sent", async ({ page, newBin }) => {
  const bin = await newBin();
  const query = "q=caf%C3%A9+au+lait&tag=b&tag=a&flag&bad=%zz";
  const id = await sendTo(bin, `?${query}`);
  await openDashboard(page, bin, id);
  await expectPairs(page, "Query", [
    ["q", "café au lait"],
    ["tag", "b"],
    ["tag", "a"],
    ["flag", "no value"],
    ["bad", "%zz"],
  ]);
  const section = captureDetail(page).getByRole("region", { name: "Query" });
  await expect(section).toContainText("decoded");
  await expect(section).toContainText(`as sent ?${query}`);
});

test("JSON is indented with its big numbers, duplicate keys and escapes as they were sent", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const body = '{"id":12345678901234567890,"price":1.10,"a":1,"a":2,"name":"caf\\u00e9 é"}';
  const headers = { "content-type": "application/json" };
  const id = await sendTo(bin, "", { method: "POST", headers, body });
  await openDashboard(page, bin, id);

  const section = captureDetail(page).getByRole("region", { name: "Body" });
  await expect(section.getByRole("tab", { selected: true })).toHaveText("JSON");
  await expect(section).toContainText("indented");
  await expectLines(bodyRows(page, "JSON"), [
    "{",
    '  "id": 12345678901234567890,',
    '  "price": 1.10,',
    '  "a": 1,',
    '  "a": 2,',
    '  "name": "caf\\u00e9 é"',
    "}",
  ]);

  await section.getByRole("tab", { name: "Text" }).click();
  await expectLines(bodyRows(page, "Text"), [body]);
  await expect(section).not.toContainText("indented");

  await section.getByRole("tab", { name: "Hex" }).click();
  const hex = bodyRows(page, "Hex");
  await expect(hex).toContainText("00000000  7b 22 69 64 22 3a 31 32  33 34 35 36 37 38 39 30");
  await expect(hex).toContainText('{"id":1234567890');

  const size = Buffer.byteLength(body);
  await expect(captureDetail(page)).toContainText(`Body${size} bytes`);
  await expect(rows(page)).toContainText(`${size} B`);
});

test("text, forms and binary bodies each open in the view that reads them", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const post = (type: string, body: BodyInit) =>
    sendTo(bin, "", { method: "POST", headers: { "content-type": type }, body });
  const text = await post("text/plain", "first line\n  second line");
  const form = await post("application/x-www-form-urlencoded", "name=J%C3%BCrgen&b=1+2&b=");
  const binary = await post("image/png", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]));

  const section = captureDetail(page).getByRole("region", { name: "Body" });
  const selectedTab = section.getByRole("tab", { selected: true });
  await openDashboard(page, bin, text);
  await expect(selectedTab).toHaveText("Text");
  await expectLines(bodyRows(page, "Text"), ["first line", "  second line"]);

  await rows(page).filter({ hasText: "form" }).click();
  await expect(page).toHaveURL(new RegExp(form));
  await expect(selectedTab).toHaveText("Form");
  await expectPairs(page, "Body", [
    ["name", "Jürgen"],
    ["b", "1 2"],
    ["b", "empty"],
  ]);

  await rows(page).filter({ hasText: "png" }).click();
  await expect(page).toHaveURL(new RegExp(binary));
  await expect(selectedTab).toHaveText("Image");
  await expect(section).toContainText("The browser cannot show this as an image.");
  await section.getByRole("tab", { name: "Hex" }).click();
  await expect(bodyRows(page, "Hex")).toContainText("89 50 4e 47 00 ff");
  await expect(captureDetail(page)).toContainText("6 bytes");
});

test("a body that was cut off and bytes that are not HTTP say what happened", async ({
  page,
  newBin,
  server,
}) => {
  const bin = await newBin();
  const declared = MAX_BODY_BYTES + 10 * 1024;
  const tooLong = await fetch(bin.captureUrl, { method: "POST", body: "x".repeat(declared) });
  expect(tooLong.status).toBe(413);
  const malformed = await exchange(
    server.port,
    `GET /in/${bin.id} HTTP/1.1\r\nBad Name: 1\r\n\r\n`,
  );
  expect(malformed.status).toBe(400);

  await openDashboard(page, bin);
  const detail = captureDetail(page);
  await rows(page).filter({ hasText: "truncated" }).click();
  await expect(detail).toContainText("The body was longer than this server keeps");
  await expect(detail).toContainText(
    "Inlet kept the first 64 KiB of the 74 KiB that it announced and answered 413",
  );
  await expect(detail).toContainText("64 KiB (65,536 bytes), 75,776 announced");

  await rows(page).filter({ hasText: "malformed" }).click();
  await expect(detail).toContainText("This is not valid HTTP");
  await expect(detail).toContainText("It kept the bytes, shown below, and closed the connection.");
  await expect(detail).toContainText("HPE_INVALID_HEADER_TOKEN");
  const bytes = detail.getByRole("region", { name: "The bytes as they came" });
  await expect(bytes).toContainText(`GET /in/${bin.id} HTTP/1.1`);
  await expect(bytes).toContainText("Bad Name: 1");
});

test("the selection lives in the URL, through reload, back and forward", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  for (const path of ["/one", "/two", "/three"]) await sendTo(bin, path);
  const heading = captureDetail(page).getByRole("heading", { level: 2 });
  await openDashboard(page, bin);
  await expect(heading).toHaveText("Select a capture to read it");

  await rows(page).filter({ hasText: "/one" }).click();
  await expect(heading).toHaveText("Capture #1");
  await rows(page).filter({ hasText: "/three" }).click();
  await expect(heading).toHaveText("Capture #3");
  await expect(rows(page).filter({ hasText: "/three" })).toHaveAttribute("aria-current", "true");

  await page.reload();
  await expect(heading).toHaveText("Capture #3");
  await page.goBack();
  await expect(heading).toHaveText("Capture #1");
  await expect(rows(page).filter({ hasText: "/one" })).toHaveAttribute("aria-current", "true");
  await page.goForward();
  await expect(heading).toHaveText("Capture #3");
  await page.goBack();
  await page.goBack();
  await expect(heading).toHaveText("Select a capture to read it");
});

test("j and k go through the captures, but not while somebody types", async ({ page, newBin }) => {
  const bin = await newBin();
  for (const path of ["/one", "/two", "/three"]) await sendTo(bin, path);
  const heading = captureDetail(page).getByRole("heading", { level: 2 });
  await openDashboard(page, bin);
  await page.keyboard.press("j");
  await expect(heading).toHaveText("Capture #3");
  await page.keyboard.press("j");
  await expect(heading).toHaveText("Capture #2");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect(heading).toHaveText("Capture #1");
  await page.keyboard.press("k");
  await expect(heading).toHaveText("Capture #2");

  await page.getByRole("button", { name: "Add a note" }).click();
  await page.keyboard.type("jk");
  await expect(page.getByLabel("Note", { exact: true })).toHaveValue("jk");
  await expect(heading).toHaveText("Capture #2");
});

test("a star and a note are kept", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/paid");
  await openDashboard(page, bin, id);
  const star = page.getByRole("button", { name: "Star", exact: true });
  await star.click();
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByLabel("Note", { exact: true }).fill("The one that\nfailed");
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(page.getByLabel("Note", { exact: true })).toBeHidden();

  await page.reload();
  await expect(star).toHaveAttribute("aria-pressed", "true");
  await expect(captureDetail(page).getByText("The one that failed")).toBeVisible();
  await expect(rows(page).getByLabel("Starred")).toBeVisible();
  await expect(rows(page).getByLabel("Has a note")).toBeVisible();
  expect(await bin.capture(id)).toMatchObject({ starred: true, note: "The one that\nfailed" });

  await star.click();
  await expect(rows(page).getByLabel("Starred")).toBeHidden();
});

test("a bin that fills with webhooks shows them as a list that can be read", async ({
  page,
  newBin,
  server,
  takePictures,
}) => {
  test.setTimeout(120_000);
  await page.setViewportSize({ width: 1360, height: 600 });
  await page.goto("/");
  await takePictures.of(page, "landing");
  await page.setViewportSize({ width: 1360, height: 850 });
  const bin = await newBin({ name: "stripe-test" });
  await openDashboard(page, bin);
  const half = WEBHOOKS.length / 2;
  for (const webhook of WEBHOOKS.slice(0, half)) {
    await takePictures.pause();
    expect((await sendWebhook(server, bin.id, webhook)).status).toBe(200);
  }
  expect((await sendBrokenOff(server, bin.id)).status).toBe(400);
  for (const webhook of WEBHOOKS.slice(half)) {
    await takePictures.pause();
    expect((await sendWebhook(server, bin.id, webhook)).status).toBe(200);
  }

  await expect(rows(page)).toHaveCount(WEBHOOKS.length + 1);
  await expect(rows(page).filter({ hasText: "aborted" })).toHaveCount(1);
  const starred = rows(page).filter({ hasText: "form" });
  await starred.click();
  await page.getByRole("button", { name: "Star", exact: true }).click();
  await expect(starred.getByLabel("Starred")).toBeVisible();
  const checkout = await findCapture(bin, "checkout.session.completed");
  await rows(page)
    .filter({ hasText: `#${checkout.seq}` })
    .click();
  const detail = captureDetail(page);
  await expect(detail.getByRole("heading", { level: 2 })).toHaveText(`Capture #${checkout.seq}`);
  await expect(bodyRows(page, "JSON")).toContainText('"type": "checkout.session.completed"');
  await takePictures.of(page, "dashboard");

  await page.emulateMedia({ colorScheme: "dark" });
  await takePictures.of(page, "dashboard-dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(captureList(page)).toBeHidden();
  await page.getByRole("button", { name: "All captures" }).click();
  await expect(rows(page).first()).toBeVisible();
  await takePictures.of(page, "dashboard-phone");
});

/** The capture whose body says this. */
async function findCapture(bin: TestBin, words: string): Promise<Capture> {
  const captures = await Promise.all((await bin.all()).map(({ id }) => bin.capture(id)));
  return captures.find(({ text }) => text?.includes(words))!;
}
