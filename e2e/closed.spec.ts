import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { startServer, type TestServer } from "#lib/testing/server.ts";
import { test as base, expect, openDashboard, rows, sendTo } from "./fixtures.ts";

const PASSWORD = "correct horse battery";

/** What the browser says of an answer with an error, such as the page for a wrong password. */
const ANSWERS = [/Failed to load resource/, /^4\d\d /];

const test = base.extend<object, { server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is used
    async ({}, use) => {
      const server = await startServer({ INSTANCE_PASSWORD: PASSWORD });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

/** All tests here come from one address, which may try 20 times in ten minutes. */
async function signIn(page: Page, password = PASSWORD): Promise<void> {
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
}

test("a wrong password is said beside the field, the right one leads to where one wanted to go", async ({
  page,
  expectedTrouble,
}) => {
  expectedTrouble.push(...ANSWERS);
  await page.goto("/bins?from=mail");
  await expect(page).toHaveURL("/sign-in?next=%2Fbins%3Ffrom%3Dmail");
  await expect(page.getByText("Capture URLs and share links work for everybody")).toBeVisible();
  await expect(page.getByLabel("Password")).toBeFocused();

  await signIn(page, "Correct horse battery");
  const field = page.getByLabel("Password");
  await expect(field).toHaveAccessibleDescription(/not the password of this instance/);
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveValue("");
  await expectAccessible(page);

  await signIn(page);
  await expect(page).toHaveURL("/bins?from=mail");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your bins");
  await page.goto("/sign-in");
  await expect(page).toHaveURL("/");
});

test("signing in and out needs no scripts", async ({ browser, server, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL });
  const page = await context.newPage();
  await page.goto("/bins");
  await signIn(page, "wrong password");
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "not the password of this instance",
  );
  await signIn(page);
  await expect(page).toHaveURL("/bins");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(`${server.publicUrl}/sign-in`);
  await page.goto("/bins");
  await expect(page).toHaveURL(/\/sign-in/);
  await context.close();
});

test("a dashboard that is open elsewhere says so when its browser signs out, and goes on afterwards", async ({
  page,
  context,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(/401/);
  await page.goto("/");
  await signIn(page);
  const bin = await newBin({ name: "orders" });
  const capture = await sendTo(bin, "/before");
  await openDashboard(page, bin, capture);

  const other = await context.newPage();
  await openDashboard(other, bin);
  await other.getByRole("button", { name: "Bin actions" }).click();
  await other.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(other).toHaveURL("/sign-in");

  const again = page.getByRole("link", { name: "Sign in again" });
  await expect(again).toBeVisible();
  await sendTo(bin, "/meanwhile");
  await again.click();
  await signIn(page);
  await expect(page).toHaveURL(`/bins/${bin.id}?capture=${capture}`);
  await expect(rows(page)).toHaveCount(2);
});

test("the palette signs out, and the start page too", async ({ page, newBin }) => {
  await page.goto("/");
  await signIn(page);
  const bin = await newBin();
  await openDashboard(page, bin);
  await page.keyboard.press("ControlOrMeta+k");
  await page.keyboard.type("sign out");
  await page.getByRole("option", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
  // Nothing of it is left to go back to.
  await page.goBack();
  await expect(page).toHaveURL(`/sign-in?next=%2Fbins%2F${bin.id}`);
  await signIn(page);
  await expect(page).toHaveURL(`/bins/${bin.id}`);
  await page.goto("/");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL("/sign-in");
});

test("who tries too often is told when to try again", async ({ browser, expectedTrouble }) => {
  expectedTrouble.push(...ANSWERS);
  const own = await startServer({ INSTANCE_PASSWORD: PASSWORD });
  const context = await browser.newContext({ baseURL: own.publicUrl });
  const page = await context.newPage();
  for (let i = 0; i < 20; i++) {
    await page.request.post("/sign-in", { form: { password: "wrong" } });
  }
  await page.goto("/");
  await signIn(page);
  await expect(page.getByLabel("Password")).toHaveAccessibleDescription(
    /^Too many tries from your network\. Try again in (10|9) minutes\.$/,
  );
  await context.close();
  await own.stop();
});

test("a share link and its live feed need no signing in", async ({ page, newBin, browser }) => {
  await page.goto("/");
  await signIn(page);
  const bin = await newBin();
  await sendTo(bin, "/first");
  const response = await bin.api(`/bins/${bin.id}/shares`, { method: "POST" });
  const { url } = (await response.json()) as { url: string };
  const context = await browser.newContext();
  const reader = await context.newPage();
  await reader.goto(url);
  await expect(reader.getByText("/first")).toBeVisible();
  await sendTo(bin, "/second");
  await expect(reader.getByText("/second")).toBeVisible();
  await context.close();
});

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test("the page for signing in is accessible and fits a phone", async ({
      page,
      expectedTrouble,
      takePictures,
    }) => {
      expectedTrouble.push(...ANSWERS);
      await page.goto("/bins");
      await expectAccessible(page);
      await takePictures.of(page, `sign-in-${colorScheme}`);
      await page.setViewportSize({ width: 390, height: 844 });
      await signIn(page, "wrong password");
      await expect(page.getByRole("main").getByRole("alert")).toBeVisible();
      await expectAccessible(page);
      const width = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(width).toBeLessThanOrEqual(390);
      await takePictures.of(page, `sign-in-wrong-${colorScheme}-phone`);
      await signIn(page);
      await expect(page).toHaveURL("/bins");
      await expectAccessible(page);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
        390,
      );
      await takePictures.of(page, `signed-in-${colorScheme}-phone`);
    });
  });
}
