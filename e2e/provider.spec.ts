import type { Page } from "@playwright/test";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  startOpenIdProvider,
  type TestProvider,
} from "#lib/testing/openid-provider.ts";
import { freePort } from "#lib/testing/postgres.ts";
import { startServer, type TestServer } from "#lib/testing/server.ts";
import { test as base, expect, openDashboard, rows, sendTo } from "./fixtures.ts";

const test = base.extend<object, { provider: TestProvider; port: number; server: TestServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is used
  port: [async ({}, use) => use(await freePort()), { scope: "worker" }],
  provider: [
    async ({ port }, use) => {
      const callbackUrl = `http://localhost:${port}/sign-in/callback`;
      const provider = await startOpenIdProvider({ callbackUrl });
      await use(provider);
      await provider.close();
    },
    { scope: "worker" },
  ],
  server: [
    async ({ port, provider }, use) => {
      const server = await startServer({
        PORT: String(port),
        OIDC_ISSUER: provider.issuer,
        OIDC_CLIENT_ID: CLIENT_ID,
        OIDC_CLIENT_SECRET: CLIENT_SECRET,
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

async function signInAs(page: Page, login: string): Promise<void> {
  await page.getByRole("link", { name: "Sign in with localhost" }).click();
  await page.getByLabel("Name").fill(login);
  await page.getByRole("button", { name: "Continue" }).click();
}

test("signing in at the provider leads back, shows the name, and finds one's bins on another device", async ({
  page,
  browser,
  baseURL,
  newBin,
  takePictures,
}) => {
  await page.goto("/bins?x=1");
  await takePictures.of(page, "sign-in-provider");
  await signInAs(page, "ann");
  await expect(page).toHaveURL("/bins?x=1");
  await expect(page.getByRole("banner")).toContainText("Signed in as ann of the tests");
  const bin = await newBin({ name: "orders" });
  await sendTo(bin, "/one");

  const other = await browser.newContext({ baseURL });
  const phone = await other.newPage();
  await phone.goto(`/bins/${bin.id}`);
  await signInAs(phone, "ann");
  await expect(phone).toHaveURL(`/bins/${bin.id}`);
  await expect(rows(phone)).toHaveCount(1);
  await expect(phone.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  await sendTo(bin, "/two");
  await expect(rows(phone)).toHaveCount(2);
  await other.close();
});

test("another person in the same browser sees nothing of the first one's", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  // The second one is of the provider's own page.
  expectedTrouble.push(/404/, /fonts\.googleapis\.com/);
  await page.goto("/");
  await signInAs(page, "carla");
  await expect(page).toHaveURL("/");
  const bin = await newBin({ name: "payroll" });
  await openDashboard(page, bin);
  await page.goto("/");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("main").getByRole("status")).toContainText("may still know you");
  await page.getByRole("link", { name: "sign out there too" }).click();
  await page.getByRole("button", { name: "Yes, sign me out" }).click();
  await page.goto("/");

  await signInAs(page, "dora");
  await expect(page).toHaveURL("/");
  await expect(page.getByRole("banner")).toContainText("dora of the tests");
  await expect(page.getByText("payroll")).toHaveCount(0);
  const response = await page.goto(`/bins/${bin.id}`);
  expect(response!.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such bin here");
});

test("who cancels, or comes back too late, is told so and can begin again", async ({
  page,
  context,
}) => {
  await page.goto("/bins");
  await page.getByRole("link", { name: "Sign in with localhost" }).click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("did not let you in");

  await page.getByRole("link", { name: "Sign in with localhost" }).click();
  await page.getByLabel("Name").fill("emil");
  await context.clearCookies({ name: "inlet_begun" });
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText("Begin again here");

  // At the provider one is known by now.
  await page.getByRole("link", { name: "Sign in with localhost" }).click();
  await expect(page.getByRole("banner")).toContainText("emil of the tests");
});
