import { startServer } from "#lib/testing/server.ts";
import { test as base, bodyRows, bodySection, expect, openDashboard, sendTo } from "./fixtures.ts";

const MIB = 1024 * 1024;

/** The same with room for large bodies. */
const test = base.extend({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is used
    async ({}, use) => {
      const server = await startServer({ MAX_BODY_BYTES: String(16 * MIB) });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
});

const post = (type: string, body: string) => ({
  method: "POST",
  headers: { "content-type": type },
  body,
});

test("10 MiB of JSON can be gone through from end to end, folded and searched", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const item = (id: number) => `{"id":${id},"price":1.10,"name":"${"x".repeat(60)}"}`;
  const count = Math.floor((10 * MIB) / (item(100_000).length + 1));
  const body = `[${Array.from({ length: count }, (_, id) => item(id)).join(",")}]`;
  await openDashboard(page, bin, await sendTo(bin, "", post("application/json", body)));
  const tree = bodyRows(page, "JSON");
  await expect(tree.getByRole("treeitem").nth(2)).toHaveText('    "id": 0,');
  await tree.focus();
  await page.keyboard.press("End");
  await expect(tree.locator(`[data-row='${count * 5 + 1}']`)).toHaveText("]");
  // So many rows are laid out in no page.
  expect(await tree.getByRole("treeitem").count()).toBeLessThan(100);
  await page.keyboard.press("Control+f");
  await page.keyboard.type(`"id":${count - 1},`);
  await expect(bodySection(page).getByRole("status").filter({ hasText: "1" })).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(tree.getByRole("treeitem", { selected: true })).toHaveText(
    `    "id": ${count - 1},`,
  );
  await page.getByRole("button", { name: "Fold everything", exact: true }).click();
  await tree.evaluate((element) => element.scrollTo(0, 0));
  await expect(tree.getByRole("treeitem").nth(1)).toContainText("3 keys");
});

test("five million numbers: the scroller reaches every row", async ({ page, newBin }) => {
  const bin = await newBin();
  const count = 5_000_000;
  const body = `[${"1,".repeat(count - 1)}2]`;
  await openDashboard(page, bin, await sendTo(bin, "", post("application/json", body)));
  const tree = bodyRows(page, "JSON");
  await expect(tree.getByRole("treeitem").nth(1)).toHaveText("  1,");
  await tree.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await expect(tree.locator(`[data-row='${count}']`)).toHaveText("  2");
  await tree.hover();
  await page.mouse.wheel(0, -2_000);
  await expect(tree.locator(`[data-row='${count - 100}']`)).toBeVisible();
});

test("a million levels of nesting neither crash nor leave the page", async ({ page, newBin }) => {
  const bin = await newBin();
  const body = "[".repeat(1_000_000) + "]".repeat(1_000_000);
  await openDashboard(page, bin, await sendTo(bin, "", post("application/json", body)));
  const tree = bodyRows(page, "JSON");
  await expect(tree.getByRole("treeitem").first()).toHaveText("[");
  await tree.focus();
  await page.keyboard.press("End");
  await expect(tree.locator("[data-row='1999998']")).toHaveText("]");
  const { scrollWidth, clientWidth } = await tree.evaluate(({ scrollWidth, clientWidth }) => ({
    scrollWidth,
    clientWidth,
  }));
  expect(scrollWidth).toBeLessThan(clientWidth + 400);
});

test("a line of 5 MB is wrapped, searched, and read to its end", async ({ page, newBin }) => {
  const bin = await newBin();
  const body = `${"0123456789".repeat(500_000)}end`;
  await openDashboard(page, bin, await sendTo(bin, "", post("text/plain", body)));
  const text = bodyRows(page, "Text");
  await expect(text.locator("[data-line='1']")).toBeVisible();
  const { scrollWidth, clientWidth } = await text.evaluate(({ scrollWidth, clientWidth }) => ({
    scrollWidth,
    clientWidth,
  }));
  expect(scrollWidth).toBe(clientWidth);
  const field = page.getByRole("searchbox", { name: "Find in the body" });
  await field.fill("9end");
  await field.press("Enter");
  await expect(text.locator("mark")).toHaveText(["9end"]);
  await page.getByRole("button", { name: "Wrap long lines" }).click();
  await expect(text).toContainText("end");
});
