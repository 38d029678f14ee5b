import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import type { TestBin } from "#lib/testing/server.ts";
import {
  bodyRows,
  captureDetail,
  captureList,
  expect,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";
import { sendBrokenOff, sendWebhook, WEBHOOKS } from "./webhooks.ts";

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  const found = grave.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
  expect(found).toEqual([]);
}

async function openDeleteDialog(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Delete bin" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("This cannot be undone.");
  await expectSettled(page);
}

/** Colours that are still changing would be judged half-way. */
async function expectSettled(page: Page): Promise<void> {
  await expect.poll(() => page.evaluate(() => document.getAnimations().length)).toBe(0);
}

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in the ${colorScheme} scheme`, () => {
    test.use({ colorScheme });

    test("the start page is accessible, with and without bins", async ({ page, newBin }) => {
      await page.goto("/");
      await expectAccessible(page);
      await newBin({ name: "orders" });
      await page.reload();
      await expect(page.getByRole("link", { name: "orders" })).toBeVisible();
      await expectAccessible(page);
    });

    test("the palette, the shortcuts, a selection and the reply editor are accessible", async ({
      page,
      newBin,
    }) => {
      const bin = await newBin({ name: "orders" });
      await newBin({ name: "payments" });
      for (const path of ["/1", "/2"]) await sendTo(bin, path);
      await openDashboard(page, bin);
      await expect(rows(page)).toHaveCount(2);

      await page.keyboard.press("ControlOrMeta+k");
      const palette = page.getByRole("dialog", { name: "Command palette" });
      await expect(palette.getByRole("option").first()).toBeVisible();
      await expectSettled(page);
      await expectAccessible(page);
      await palette.getByRole("combobox").fill("get /1");
      await expect(palette.getByRole("option")).toHaveCount(1);
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(palette).toBeHidden();

      await page.keyboard.press("?");
      const sheet = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await expect(sheet).toContainText("Next capture");
      await expectSettled(page);
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(sheet).toBeHidden();

      await page.keyboard.press("ControlOrMeta+a");
      await expect(page.getByRole("toolbar", { name: "Selected captures" })).toBeVisible();
      await expectAccessible(page);
      await page.keyboard.press("Delete");
      await expect(page.getByRole("button", { name: "Undo" })).toBeVisible();
      await expectSettled(page);
      await expectAccessible(page);

      await page.keyboard.press("e");
      const editor = page.getByRole("dialog", { name: "Reply", exact: true });
      await editor.getByRole("button", { name: "429 with Retry-After" }).click();
      await editor.getByLabel("Status").fill("99");
      await editor.getByRole("button", { name: "Save reply" }).click();
      await expect(editor).toContainText("Must be a whole number");
      await expectSettled(page);
      await expectAccessible(page);
    });

    test("the list of bins is accessible, full and empty", async ({ page, newBin }) => {
      await page.goto("/bins");
      await expect(page.getByText("No bins in this browser yet")).toBeVisible();
      await expectAccessible(page);
      await sendTo(await newBin({ name: "orders" }));
      await newBin();
      await page.reload();
      await expect(page.getByRole("link", { name: "orders" })).toBeVisible();
      await expectAccessible(page);
    });

    test("an empty dashboard, its menu and a dialog are accessible", async ({ page, newBin }) => {
      const bin = await newBin({ name: "orders" });
      await openDashboard(page, bin);
      await expectAccessible(page);
      await page.getByRole("button", { name: "Bin actions" }).click();
      await expect(page.getByRole("menu")).toBeVisible();
      await expectSettled(page);
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("menu")).toBeHidden();
      await openDeleteDialog(page);
      await expectAccessible(page);
    });

    test("a dashboard with captures, one of them open, is accessible", async ({
      page,
      newBin,
      server,
    }) => {
      const bin = await newBin({ name: "orders" });
      for (const webhook of WEBHOOKS) await sendWebhook(server, bin.id, webhook);
      await sendBrokenOff(server, bin.id);
      await openDashboard(page, bin);
      const kinds = ["checkout", "form", "binary", "aborted", "challenge"];
      await expect(rows(page)).toHaveCount(WEBHOOKS.length + 1);
      for (const kind of kinds) {
        const row = rows(page).filter({ hasText: kind === "checkout" ? "#9" : kind });
        await row.click();
        await expect(row).toHaveAttribute("aria-current", "true");
        await expect(captureDetail(page).getByRole("article")).toHaveAttribute(
          "aria-busy",
          "false",
        );
        await expectSettled(page);
        await expectAccessible(page);
      }
    });

    test("a comparison, its picker and the types of a capture are accessible", async ({
      page,
      newBin,
    }) => {
      const bin = await newBin();
      const post = (body: string) =>
        sendTo(bin, "/orders", {
          method: "POST",
          headers: { "content-type": "application/json" },
          body,
        });
      await post('{"id":1,"items":[{"id":1,"qty":2}],"note":"x"}');
      const id = await post('{"id":2,"items":[{"id":1,"qty":3},{"id":2}],"paid":true}');
      await openDashboard(page, bin, id);
      await page.getByRole("button", { name: "Make types from the body" }).click();
      await expect(page.getByRole("region", { name: "The types" })).toContainText("interface");
      await expectSettled(page);
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();

      await page.keyboard.press("d");
      await expect(page.getByText(/^\d+ differences$/)).toBeVisible();
      await expectSettled(page);
      await expectAccessible(page);
      await page.getByRole("checkbox", { name: "Only differences" }).uncheck();
      await page.keyboard.press("n");
      await expectAccessible(page);
      await page.getByRole("button", { name: "Choose another capture than #1" }).click();
      await expect(page.getByRole("dialog")).toContainText("There is no other capture");
      await expectSettled(page);
      await expectAccessible(page);
    });

    test("the pages for what is not there are accessible", async ({ page, expectedTrouble }) => {
      expectedTrouble.push(/404/);
      for (const path of ["/nowhere", "/bins/aaaaaaaaaaaaaaaaaaaa"]) {
        await page.goto(path);
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        await expectAccessible(page);
      }
    });
  });
}

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  const expectNoSidewaysScroll = async (page: Page) => {
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, page.url()).toBeLessThanOrEqual(390);
  };

  async function sendWideThings(bin: TestBin): Promise<string> {
    const long = "wide".repeat(200);
    return sendTo(bin, `/${long}?${long}=${long}`, {
      method: "POST",
      headers: { "content-type": "application/json", [`x-${long}`]: long },
      body: JSON.stringify({ [long]: long }),
    });
  }

  test("no page scrolls sideways, whatever was sent", async ({ page, newBin, expectedTrouble }) => {
    expectedTrouble.push(/404/);
    const bin = await newBin({ name: "a name as long as a name may be ".repeat(3) });
    const empty = await newBin({ name: "empty" });
    const id = await sendWideThings(bin);
    for (const path of ["/", "/bins", "/nowhere", `/bins/${empty.id}`, `/bins/${bin.id}`]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNoSidewaysScroll(page);
    }
    await openDashboard(page, bin, id);
    const body = captureDetail(page).getByRole("region", { name: "Body" });
    for (const view of ["JSON", "Text", "Hex"] as const) {
      await body.getByRole("tab", { name: view }).tap();
      await expect(bodyRows(page, view)).toBeVisible();
      await expectNoSidewaysScroll(page);
      expect(await captureDetail(page).evaluate((el) => el.scrollWidth - el.clientWidth)).toBe(0);
    }
    await openDeleteDialog(page);
    await expectNoSidewaysScroll(page);
  });

  test("a tap goes from the list to a capture, and back to the list", async ({ page, newBin }) => {
    const bin = await newBin();
    for (const path of ["/one", "/two"]) await sendTo(bin, path);
    await openDashboard(page, bin);
    await expect(captureDetail(page)).toBeHidden();
    await rows(page).filter({ hasText: "/one" }).tap();
    await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #1");
    await expect(captureList(page)).toBeHidden();

    await page.getByRole("button", { name: "All captures" }).tap();
    await expect(captureList(page)).toBeVisible();
    await expect(captureDetail(page)).toBeHidden();

    await rows(page).filter({ hasText: "/two" }).tap();
    await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #2");
    await page.goBack();
    await expect(captureList(page)).toBeVisible();
    await expect(captureDetail(page)).toBeHidden();
  });
});

test.describe("with reduced motion", () => {
  test.use({ contextOptions: { reducedMotion: "reduce" } });

  test("nothing moves when a capture arrives or a dialog opens", async ({ page, newBin }) => {
    const bin = await newBin();
    await openDashboard(page, bin);
    await page.evaluate(() => {
      const mark = () => document.body.setAttribute("data-moved", "");
      document.addEventListener("transitionstart", mark);
      document.addEventListener("animationstart", ({ animationName }) => {
        // A word that is shown late: it takes no time.
        if (animationName !== "appear") mark();
      });
    });
    await sendTo(bin, "/arrives");
    await expect(rows(page)).toHaveCount(1);
    await rows(page).hover();
    await rows(page).click();
    await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #1");
    await openDeleteDialog(page);
    await page.keyboard.press("Escape");
    await expect(page.getByRole("dialog")).toBeHidden();
    await expect(page.locator("body")).not.toHaveAttribute("data-moved");
  });
});
