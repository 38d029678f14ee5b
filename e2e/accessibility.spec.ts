import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { captureDetail, expect, openDashboard, rows, sendTo, test } from "./fixtures.ts";

async function expectNothingSerious(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  expect(serious.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test("axe finds nothing serious on any page", async ({ page, newBin, expectedTrouble }) => {
      expectedTrouble.push(/404/);
      await page.goto("/");
      await expectNothingSerious(page);
      await page.goto("/bins");
      await expectNothingSerious(page);
      await page.goto("/bins/aaaaaaaaaaaaaaaaaaaa");
      await expectNothingSerious(page);

      const bin = await newBin({ name: "orders" });
      await openDashboard(page, bin);
      await expectNothingSerious(page);
      const id = await sendTo(bin, "/orders?a=1", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: '{"total": 12.5, "paid": true, "note": null}',
      });
      await openDashboard(page, bin, id);
      await expect(captureDetail(page)).toContainText("total");
      await expectNothingSerious(page);
      await page.getByRole("button", { name: "Bin actions" }).click();
      await page.getByRole("menuitem", { name: "Delete bin" }).click();
      await expect(page.getByText("Delete orders?")).toBeVisible();
      await expectNothingSerious(page);
      await page.goto("/bins");
      await expectNothingSerious(page);
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 800 }, hasTouch: true });

  const overflow = (page: Page) =>
    page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);

  test("every page fits, and the list leads to a capture and back", async ({ page, newBin }) => {
    await page.goto("/");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    const bin = await newBin({ name: "a name that is rather long for a phone, but allowed" });
    await sendTo(bin, `/${"long-path-without-a-space".repeat(20)}`, {
      headers: { "X-Long": "v".repeat(2_000) },
    });
    await page.goto("/bins");
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await openDashboard(page, bin);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await rows(page).first().tap();
    await expect(captureDetail(page)).toContainText("X-Long");
    await expect(rows(page).first()).toBeHidden();
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    await page.getByRole("button", { name: "All captures" }).tap();
    await expect(rows(page).first()).toBeVisible();
  });
});

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing is animated when a capture arrives", async ({ page, newBin }) => {
    const bin = await newBin();
    await openDashboard(page, bin);
    await sendTo(bin, "/arrives");
    await expect(rows(page)).toHaveCount(1);
    const running = await page.evaluate(
      () =>
        document
          .getAnimations()
          .filter((a) => Number(a.effect?.getComputedTiming().activeDuration) > 1).length,
    );
    expect(running).toBe(0);
  });
});
