import { once } from "node:events";
import { createServer } from "node:http";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { captureDetail, expect, openDashboard, rows, sendTo, test } from "./fixtures.ts";

/** Answers with what `status` is at the time, and keeps what it got. */
async function startTarget(status = 200) {
  const target = { status, received: [] as string[], url: "", stop: () => {} };
  const server = createServer((req, res) => {
    let body = "";
    req.setEncoding("utf8");
    req.on("data", (text: string) => {
      body += text;
    });
    req.on("end", () => {
      target.received.push(`${req.method} ${req.url} ${body}`.trimEnd());
      res.writeHead(target.status, { "Content-Type": "text/plain" }).end("from the target");
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  target.url = `http://127.0.0.1:${(server.address() as { port: number }).port}/base`;
  target.stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return target;
}

const dialog = (page: Page) => page.getByRole("dialog", { name: "Forward rules" });
/** Also behind the dialog, where roles are hidden. */
const sign = (page: Page) => page.locator("button[aria-label^='Forward rules: ']");
const forwards = (page: Page) => dialog(page).getByRole("region", { name: "Forwards of the rule" });

async function openRules(page: Page) {
  await page.getByRole("button", { name: "Bin actions" }).click();
  await page.getByRole("menuitem", { name: "Forward rules…" }).click();
  await expect(dialog(page)).toBeVisible();
}

async function addRule(page: Page, url: string, fill?: () => Promise<void>) {
  await dialog(page).getByRole("button", { name: "Add a rule" }).click();
  await dialog(page).getByLabel("Target URL").fill(url);
  await fill?.();
  await dialog(page).getByRole("button", { name: "Add rule" }).click();
}

test("a rule is made, and what comes in goes on by itself", async ({ page, newBin }) => {
  const bin = await newBin();
  const target = await startTarget();
  await openDashboard(page, bin);
  await expect(sign(page)).toHaveCount(0);
  await openRules(page);
  await expect(dialog(page)).toContainText("No rules yet");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog(page).getByRole("button", { name: "Add a rule" }).click();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await dialog(page).getByRole("button", { name: "Cancel" }).click();
  await addRule(page, target.url, async () => {
    await dialog(page).getByLabel("Name, optional").fill("My server");
  });
  await expect(dialog(page).getByRole("switch", { name: "Forward with My server" })).toBeChecked();
  await expect(sign(page)).toHaveAttribute("aria-label", "Forward rules: 1 rule on");

  const id = await sendTo(bin, "/hook?a=1", { method: "POST", body: "hello" });
  await expect(dialog(page)).toContainText("1 succeeded");
  expect(target.received).toEqual(["POST /base/hook?a=1 hello"]);
  await dialog(page).getByRole("button", { name: "Forwards of My server" }).click();
  await expect(forwards(page)).toContainText("Succeeded with 200");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await forwards(page).getByRole("link", { name: "Capture #1" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect(page).toHaveURL(new RegExp(`capture=${id}`));
  await expect(captureDetail(page).getByRole("region", { name: "Forwards" })).toContainText(
    "Succeeded with 200",
  );
  const attempts = captureDetail(page).getByRole("region", { name: "Forward attempts" });
  await expect(attempts.getByRole("button", { name: /#1 200 OK rule My server/ })).toBeVisible();
  target.stop();
});

test("only what matches goes on, and nothing while the rule is off", async ({ page, newBin }) => {
  const bin = await newBin();
  const target = await startTarget();
  await openDashboard(page, bin);
  await openRules(page);
  await dialog(page).getByRole("button", { name: "Add a rule" }).click();
  await dialog(page).getByLabel("Target URL").fill(target.url);
  const query = dialog(page).getByRole("combobox", { name: /Only captures that match/ });
  await query.fill("metho");
  await query.press("ArrowDown");
  await query.press("Enter");
  await expect(query).toHaveValue("method:");
  await query.fill("method:POST (");
  await dialog(page).getByRole("button", { name: "Add rule" }).click();
  await expect(query).toBeFocused();
  await expect(query).toHaveAttribute("aria-invalid", "true");
  await query.fill("method:POST");
  await dialog(page).getByRole("button", { name: "Add rule" }).click();
  await expect(dialog(page)).toContainText("What matches method:POST");

  await sendTo(bin, "/no");
  await sendTo(bin, "/yes", { method: "POST" });
  await expect(dialog(page)).toContainText("1 succeeded");
  await dialog(page).getByRole("switch").click();
  await expect(dialog(page).getByRole("switch")).not.toBeChecked();
  await expect(sign(page)).toHaveAttribute("aria-label", "Forward rules: 0 of 1 rules on");
  await sendTo(bin, "/off", { method: "POST" });
  await dialog(page).getByRole("switch").click();
  await expect(dialog(page).getByRole("switch")).toBeChecked();
  await sendTo(bin, "/on", { method: "POST" });
  await expect(dialog(page)).toContainText("2 succeeded");
  expect(target.received).toEqual(["POST /base/yes", "POST /base/on"]);
  target.stop();
});

test("what a target does not accept is named, and goes again by hand", async ({ page, newBin }) => {
  const bin = await newBin();
  const target = await startTarget(400);
  await openDashboard(page, bin);
  await openRules(page);
  await addRule(page, target.url);
  await sendTo(bin, "/a", { method: "POST" });
  await sendTo(bin, "/b", { method: "POST" });
  await sendTo(bin, "/c", { method: "POST" });
  await dialog(page).getByRole("button", { name: "3 failed" }).click();
  await expect(sign(page)).toHaveAttribute(
    "aria-label",
    "Forward rules: 1 rule on, 3 forwards failed",
  );
  const items = forwards(page).getByRole("listitem");
  await expect(items).toHaveCount(3);
  await expect(items.first()).toContainText("Answered with 400");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  target.status = 204;
  await forwards(page).getByRole("button", { name: "Retry capture #3 now" }).click();
  await expect(items).toHaveCount(2);
  await forwards(page).getByRole("button", { name: "Retry all failed" }).click();
  await expect(forwards(page)).toContainText("None has failed.");
  await forwards(page).getByRole("tab", { name: "Succeeded" }).click();
  await expect(items).toHaveCount(3);
  await expect(sign(page)).toHaveAttribute("aria-label", "Forward rules: 1 rule on");
  expect(target.received.slice().sort()).toEqual(
    ["a", "a", "b", "b", "c", "c"].map((path) => `POST /base/${path}`),
  );
  target.stop();
});

test("a target that is down is tried again later, or at once when asked", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const target = await startTarget(503);
  await openDashboard(page, bin);
  await openRules(page);
  await addRule(page, target.url);
  const id = await sendTo(bin, "/a", { method: "POST" });
  await expect(dialog(page)).toContainText("1 waiting");
  await page.keyboard.press("Escape");
  await rows(page).first().click();
  await expect(page).toHaveURL(new RegExp(`capture=${id}`));
  const section = captureDetail(page).getByRole("region", { name: "Forwards" });
  await expect(section).toContainText("Waiting");
  await expect(section).toContainText(/attempts? of 8/);
  await expect(section).toContainText("Answered with 503");
  target.status = 200;
  await section.getByRole("button", { name: "Retry capture #1 now" }).click();
  await expect(section).toContainText("Succeeded with 200");
  target.stop();
});

test("the bin's own URL is refused beside its field, and a loop through another bin is stopped and said", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  // The server refuses the bin's own URL.
  expectedTrouble.push(/^400 .*\/rules$/, /status of 400 .*\/rules$/);
  const bin = await newBin();
  const other = await newBin();
  await openDashboard(page, bin);
  await openRules(page);
  await addRule(page, bin.captureUrl);
  const url = dialog(page).getByLabel("Target URL");
  await expect(url).toHaveAccessibleDescription(/This is the bin's own URL/);
  await expect(url).toBeFocused();
  await url.fill(other.captureUrl);
  await dialog(page).getByRole("button", { name: "Add rule" }).click();
  await expect(dialog(page).getByRole("switch")).toBeChecked();
  await other.api(`/bins/${other.id}/rules`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: bin.captureUrl }),
  });
  await sendTo(bin, "/round", { method: "POST" });
  await dialog(page).getByRole("button", { name: "1 failed" }).click();
  await expect(forwards(page)).toContainText("A loop was stopped");
  await forwards(page).getByRole("link", { name: "Capture #2" }).click();
  await expect(captureDetail(page).getByRole("region", { name: "Forwards" })).toContainText(
    "A loop was stopped",
  );
});

test("a rule answers the sender, is edited and deleted", async ({ page, newBin }) => {
  const bin = await newBin();
  const target = await startTarget(202);
  await openDashboard(page, bin);
  await page.keyboard.press("ControlOrMeta+k");
  const palette = page.getByRole("dialog", { name: "Command palette" });
  await palette.getByRole("combobox").fill("forward rules");
  await palette.getByRole("option", { name: "Forward rules…" }).click();
  await addRule(page, target.url, async () => {
    await dialog(page).getByLabel("Attempts").fill("0");
    await dialog(page).getByRole("button", { name: "Add rule" }).click();
    await expect(dialog(page).getByLabel("Attempts")).toHaveAccessibleDescription(
      "Must be a whole number from 1 to 20",
    );
    await dialog(page).getByLabel("Attempts").fill("1");
    await expect(dialog(page)).toContainText("Tried once: what fails has failed.");
    await dialog(page).getByLabel("Answer the sender").check();
    await dialog(page).getByLabel("The sender waits").fill("5");
  });
  await expect(dialog(page)).toContainText("answers the sender");

  await dialog(page)
    .getByRole("button", { name: `Edit ${target.url}` })
    .click();
  await dialog(page).getByLabel("Answer the sender").uncheck();
  await dialog(page).getByLabel("Send to exactly this URL").check();
  await dialog(page).getByRole("button", { name: "Save rule" }).click();
  await expect(dialog(page)).toContainText("Every capture, to exactly this URL");

  await dialog(page)
    .getByRole("button", { name: `Delete ${target.url}` })
    .click();
  const question = page.getByRole("dialog", { name: "Delete this rule?" });
  await question.getByRole("button", { name: "Delete rule" }).click();
  await expect(dialog(page)).toContainText("No rules yet");
  await expect(sign(page)).toHaveCount(0);
  target.stop();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("rules and their forwards fit", async ({ page, newBin }) => {
    const bin = await newBin();
    const target = await startTarget(400);
    await openDashboard(page, bin);
    await openRules(page);
    await addRule(page, `${target.url}/${"long".repeat(60)}`);
    await sendTo(bin, "/a", { method: "POST" });
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    await expect(dialog(page).getByRole("button", { name: "1 failed" })).toBeVisible();
    expect(await width()).toBeLessThanOrEqual(390);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await dialog(page).getByRole("button", { name: "1 failed" }).tap();
    await expect(forwards(page)).toContainText("Answered with 400");
    const popup = await dialog(page).boundingBox();
    expect(popup!.x + popup!.width).toBeLessThanOrEqual(390);
    await page.keyboard.press("Escape");
    expect(await width()).toBeLessThanOrEqual(390);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    target.stop();
  });
});
