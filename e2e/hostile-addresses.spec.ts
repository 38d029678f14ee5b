import { startServer, type TestServer } from "#lib/testing/server.ts";
import { test as base, expect } from "./fixtures.ts";
import { expectUnharmedAtEachWidth, watchForHarm } from "./harm.ts";
import { EVIL, MARKUP } from "./hostile-corpus.ts";

const PASSWORD = "correct horse battery";

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

/** Addresses that lead away from here, or run, in some reading of them. */
const ELSEWHERE = [
  "//evil.test",
  "///evil.test/a",
  "/\\evil.test",
  "\\\\evil.test",
  `${EVIL}/`,
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)//",
  "data:text/html,<script>alert(1)</script>",
  "/%0d%0aSet-Cookie:%20x=1",
  "/\r\nLocation: https://evil.test",
  "/\t/evil.test",
  "/bins\u0000//evil.test",
  "/.//evil.test",
  "/..//evil.test",
  "/sign-in/../\\evil.test",
  `/bins?${MARKUP}`,
  `/${"W".repeat(3_000)}`,
  "/\u202e/evil",
];

test("signing in leads to no other place than this instance, whatever the address says", async ({
  page,
  server,
  expectedTrouble,
}) => {
  // Some of these lead to a page that there is not.
  expectedTrouble.push(/status of 404/, /^404 http:\/\/localhost/);
  const harm = await watchForHarm(page);
  for (const next of ELSEWHERE) {
    await page.context().clearCookies();
    await page.goto(`/sign-in?next=${encodeURIComponent(next)}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
    await expectUnharmedAtEachWidth(page, harm, `signing in to ${next}`);
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    expect(new URL(page.url()).origin, next).toBe(server.publicUrl);
    await expectUnharmedAtEachWidth(page, harm, `signed in to ${next}`);
    expect((await page.context().cookies()).map(({ name }) => name)).not.toContain("x");
  }
});

test("what is wrong with a sign-in is said in our words alone", async ({ page }) => {
  const harm = await watchForHarm(page);
  const text = encodeURIComponent(`${MARKUP}evil words ${"W".repeat(500)}`);
  await page.goto(`/sign-in?fault=${text}&code=${text}&retry=${text}&next=${text}&error=${text}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Sign in");
  await expect(page.getByRole("main")).not.toContainText(/evil words|WWW/);
  await expectUnharmedAtEachWidth(page, harm, "sign-in with a fault");
});

const PATHS = [
  `/${encodeURIComponent(MARKUP)}`,
  `/bins/${encodeURIComponent(MARKUP)}`,
  `/bins/${"W".repeat(2_000)}`,
  `/s/${encodeURIComponent(MARKUP)}`,
  `/s/${"W".repeat(24)}?capture=${encodeURIComponent(MARKUP)}`,
  `/open/${encodeURIComponent(MARKUP)}`,
  `/open/${"W".repeat(24)}`,
  "/%E2%80%AE/%00/%0d%0aSet-Cookie:%20x=1",
  "/%ED%A0%80",
  "/%",
  "//evil.test/%2f..",
];

test("addresses that lead nowhere say so, and show nothing of what was in them", async ({
  page,
  server,
  expectedTrouble,
}) => {
  expectedTrouble.push(/status of 4\d\d/, /^4\d\d http:\/\/localhost/);
  const harm = await watchForHarm(page);
  await page.goto("/sign-in");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  for (const path of PATHS) {
    const response = await page.goto(server.publicUrl + path);
    // The page of a link to another device says itself that there is no such link.
    expect(path.startsWith("/open/") ? [200] : [400, 404, 410], path).toContain(response!.status());
    expect(await response!.headerValue("set-cookie"), path).toBeNull();
    await expect(page.locator("body"), path).not.toContainText(/onerror|WWW|evil/);
    if (response!.status() !== 400) {
      await expect(page.getByRole("heading", { level: 1 }), path).toBeVisible();
      await expectUnharmedAtEachWidth(page, harm, path.slice(0, 60));
    }
  }
});
