import type { Browser, Page } from "@playwright/test";
import type { CreatedShare, CreateShare } from "#lib/contract/share.ts";
import type { TestBin } from "#lib/testing/server.ts";
import { captureDetail, expect, openDashboard, sendTo, test } from "./fixtures.ts";
import { watchForTrouble } from "./trouble.ts";

const SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";

/** A webhook with secrets in every place that has a name for them. */
function sendSecrets(bin: TestBin) {
  return sendTo(bin, `/orders?page=2&access_token=${SECRET}`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${SECRET}`,
      "Stripe-Signature": "t=1492774577,v1=5257a869e7ecebeda32affa62cdca3fa51cad7e7",
      "X-Shop": "blue-shop",
      "Content-Type": "application/json",
    },
    body: JSON.stringify({ id: 7, email: "ada@example.com", api_key: SECRET }),
  });
}

async function share(bin: TestBin, path: string, input: Partial<CreateShare> = {}) {
  const response = await bin.api(`${path}/shares`, {
    method: "POST",
    body: JSON.stringify(input),
    headers: { "content-type": "application/json" },
  });
  expect(response.status).toBe(201);
  return (await response.json()) as CreatedShare;
}

/** A page of somebody who has nothing but a link. */
async function stranger(browser: Browser, options: { javaScriptEnabled?: boolean } = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return { page, trouble: await watchForTrouble(page), close: () => context.close() };
}

const field = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

test("a capture is shared with what was chosen in the preview, and nothing else", async ({
  page,
  browser,
  newBin,
}) => {
  const bin = await newBin();
  const id = await sendSecrets(bin);
  await openDashboard(page, bin, id);
  await page.getByRole("button", { name: "Share this capture" }).click();
  const dialog = page.getByRole("dialog");

  // Hidden by default, shown by default, and both the other way around.
  await expect(field(page, "Hide header authorization")).toHaveAttribute("aria-pressed", "true");
  await expect(field(page, "Hide header x-shop")).toHaveAttribute("aria-pressed", "false");
  await field(page, "Hide JSON /email").click();
  await expect(field(page, "Hide JSON /email")).toHaveAttribute("aria-pressed", "true");
  await field(page, "Hide header stripe-signature").click();
  await expect(field(page, "Hide header stripe-signature")).toHaveAttribute(
    "aria-pressed",
    "false",
  );
  await dialog.getByText("See exactly what they will see").click();
  await expect(dialog.locator("pre")).toContainText('"email": "[redacted]"');

  await dialog.getByLabel("Label, optional").fill("for support");
  await dialog.getByLabel("The link ends").selectOption("in an hour");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const url = (await dialog.getByLabel("The new link").textContent())!;
  expect(url).toMatch(/^http:\/\/localhost:\d+\/s\/[A-Za-z0-9_-]{24}$/);
  await expect(dialog.getByRole("listitem").filter({ hasText: "for support" })).toContainText(
    "0 views",
  );

  const reader = await stranger(browser);
  const response = (await reader.page.goto(url))!;
  expect(response.status()).toBe(200);
  expect(response.headers()).toMatchObject({
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
    "cache-control": expect.stringContaining("no-store"),
  });
  const html = await response.text();
  for (const secret of [SECRET, "ada@example.com", bin.id, "127.0.0.1"]) {
    expect(html).not.toContain(secret);
  }
  await expect(reader.page).toHaveTitle("Shared with you · Inlet");
  await expect(reader.page.locator('meta[property="og:title"]')).toHaveAttribute(
    "content",
    "Shared with you · Inlet",
  );
  const main = reader.page.getByRole("main");
  await expect(main).toContainText("POST /in/[redacted]/orders?page=2&access_token=[redacted]");
  await expect(main).toContainText("Bearer [redacted]");
  await expect(main).toContainText("blue-shop");
  await expect(main).toContainText("v1=5257a869e7ecebeda32affa62cdca3fa51cad7e7");
  await expect(main.getByRole("tree", { name: "JSON" })).toContainText('"api_key": "[redacted]"');
  const [download] = await Promise.all([
    reader.page.waitForEvent("download"),
    reader.page.getByRole("link", { name: "Whole request" }).click(),
  ]);
  const raw = await (await download.createReadStream()).toArray();
  expect(Buffer.concat(raw).toString()).toContain('"email":"[redacted]","api_key":"[redacted]"');
  expect(Buffer.concat(raw).toString()).not.toContain(SECRET);
  expect(reader.trouble).toEqual([]);
  await reader.close();
});

test("a link is read without JavaScript, counted once, and tells nothing when it opens nothing", async ({
  browser,
  newBin,
  server,
}) => {
  const bin = await newBin();
  const id = await sendSecrets(bin);
  const { url, id: shareId } = await share(bin, `/captures/${id}`);
  const reader = await stranger(browser, { javaScriptEnabled: false });
  await reader.page.goto(url);
  await expect(reader.page.getByRole("main")).toContainText('"id": 7');
  await expect(reader.page.getByRole("main").getByRole("button")).toHaveCount(0);
  const { shares } = await (await bin.api("/shares")).json();
  expect(shares).toMatchObject([{ id: shareId, views: 1 }]);

  await bin.api(`/shares/${shareId}`, { method: "DELETE" });
  expect((await reader.page.goto(url))!.status()).toBe(410);
  await expect(reader.page.getByRole("heading", { level: 1 })).toHaveText("This link has ended");
  await expect(reader.page.getByRole("main")).toContainText("taken back");
  await expect(reader.page).toHaveTitle("Shared with you · Inlet");
  expect((await reader.page.goto(`${server.publicUrl}/s/${"A".repeat(24)}`))!.status()).toBe(404);
  await reader.close();
});

test("a shared bin is live and redacted, and an open page is cut off when its link is revoked", async ({
  page,
  browser,
  newBin,
}) => {
  const bin = await newBin();
  await sendSecrets(bin);
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Share" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Label, optional").fill("team");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const url = (await dialog.getByLabel("The new link").textContent())!;

  const reader = await stranger(browser);
  await reader.page.goto(url);
  await expect(reader.page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  const list = reader.page.getByRole("navigation", { name: "Captures" }).getByRole("link");
  await expect(list).toHaveCount(1);
  await sendTo(bin, `/second?token=${SECRET}`, { method: "PUT" });
  await expect(list).toHaveCount(2);
  await expect(list.first()).toContainText("/second?token=[redacted]");
  await list.last().click();
  await expect(reader.page.getByRole("tree", { name: "JSON" })).toContainText(
    '"api_key": "[redacted]"',
  );
  await expect(reader.page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();

  await dialog.getByRole("button", { name: "Revoke the link team" }).click();
  await expect(reader.page.getByRole("main").getByRole("alert")).toContainText(
    "This link has ended",
  );
  await sendTo(bin, "/third");
  await expect(list).toHaveCount(2);
  expect(reader.trouble).toEqual([]);
  expect((await reader.page.reload())!.status()).toBe(410);
  await reader.close();
});

test("an open page is cut off at the moment that its link expires", async ({ browser, newBin }) => {
  const bin = await newBin();
  const { url } = await share(bin, `/bins/${bin.id}`, { expiresIn: 10 });
  const reader = await stranger(browser);
  await reader.page.goto(url);
  await expect(reader.page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  await expect(reader.page.getByRole("main").getByRole("alert")).toContainText(
    "This link has ended",
    { timeout: 20_000 },
  );
  expect((await reader.page.reload())!.status()).toBe(410);
  await reader.close();
});

test("what is hidden can be shown as a whole, after a warning", async ({
  page,
  browser,
  newBin,
}) => {
  const bin = await newBin();
  const id = await sendSecrets(bin);
  await openDashboard(page, bin, id);
  await expect(captureDetail(page)).toContainText(SECRET);
  await page.getByRole("button", { name: "Share this capture" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Hide secrets/).uncheck();
  await expect(dialog).toContainText("Everything is shown as it was sent");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const reader = await stranger(browser);
  await reader.page.goto((await dialog.getByLabel("The new link").textContent())!);
  await expect(reader.page.getByRole("main")).toContainText(`Bearer ${SECRET}`);
  await reader.close();
});
