import type { TestBin } from "#lib/testing/server.ts";
import { captureDetail, expect, openDashboard, rows, test } from "./fixtures.ts";
import { expectEachViewUnharmed, expectUnharmedAtEachWidth, watchForHarm } from "./harm.ts";
import { ANSWERS, CORPUS, HOSTILE_NAMES, sendAll, WORST } from "./hostile-corpus.ts";
import { share, stranger } from "./sharing.ts";
import { startTarget } from "./target.ts";

// The recorder of traces looks into frames without scripts, which the browser reports as the page's.
test.use({ trace: "off" });

test("hostile answers to resends harm neither the dashboard nor a comparison of them", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const [id] = await sendAll(bin, [{ name: "any", headers: [], body: "x" }]);
  for (const answer of ANSWERS) {
    const target = await startTarget(answer);
    const response = await bin.api(`/captures/${id}/resend`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ url: target.url }),
    });
    expect(await response.json()).toMatchObject({ state: "succeeded" });
    target.stop();
  }
  const harm = await watchForHarm(page);
  await openDashboard(page, bin, id!);
  const resent = captureDetail(page).getByRole("region", { name: "Resent" });
  const item = (attempt: number) =>
    resent.getByRole("button", { name: new RegExp(`^#${attempt} `) });
  await expect(item(2)).toBeVisible();
  for (const attempt of [1, 2]) {
    if ((await item(attempt).getAttribute("aria-expanded")) === "false")
      await item(attempt).click();
  }
  await expect(resent.getByRole("region", { name: "Response #1: headers" })).toBeVisible();
  await expectUnharmedAtEachWidth(page, harm, "deliveries");
  const views = resent.getByRole("region", { name: "Response #1: body" }).getByRole("tablist");
  await expectEachViewUnharmed(page, harm, views, "response");
  await resent.getByRole("button", { name: "Compare with #1" }).click();
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page.getByRole("dialog")).toContainText("Status");
  await expectUnharmedAtEachWidth(page, harm, "comparison");
});

test("hostile captures and answers harm no shared page, with JavaScript and without", async ({
  browser,
  newBin,
}) => {
  const bin = await newBin();
  const ids = await sendAll(bin, WORST);
  const { url } = await share(bin, `/bins/${bin.id}`, { redact: false, allow: { resend: true } });
  for (const javaScriptEnabled of [false, true]) {
    const reader = await stranger(browser, { javaScriptEnabled });
    const harm = await watchForHarm(reader.page);
    await reader.page.goto(url);
    await expectUnharmedAtEachWidth(reader.page, harm, "shared bin");
    for (const id of ids) {
      await reader.page.goto(`${url}?capture=${id}`);
      await expect(reader.page.getByRole("heading", { name: "Headers" })).toBeVisible();
      await expectUnharmedAtEachWidth(reader.page, harm, "shared capture");
    }
    if (javaScriptEnabled) {
      for (const answer of ANSWERS) {
        const target = await startTarget(answer);
        await reader.page.getByRole("button", { name: "Resend…" }).click();
        const dialog = reader.page.getByRole("dialog");
        await dialog.getByLabel("Target URL").fill(target.url);
        await dialog.getByText("Send to exactly this URL").click();
        await expectUnharmedAtEachWidth(reader.page, harm, "resend dialog of a shared page");
        await dialog.getByRole("button", { name: "Send", exact: true }).click();
        await expect(dialog).toHaveCount(0);
        await expect(reader.page.getByRole("heading", { name: "Response headers" })).toBeVisible();
        await expectUnharmedAtEachWidth(reader.page, harm, "outcome on a shared page");
        target.stop();
      }
    }
    // What Chromium calls so where scripts are switched off.
    const switchedOff = javaScriptEnabled ? /^$/ : /^csp http:\S+\/_next\/static\/\S+\.js$/;
    expect(reader.trouble.filter((line) => !switchedOff.test(line))).toEqual([]);
    await reader.close();
  }
});

test("hostile answers to forwards harm neither the rules nor what they list", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const harm = await watchForHarm(page);
  const targets = await Promise.all(ANSWERS.map((answer) => startTarget(answer)));
  // Nothing listens there, and nothing of HTTP answers there.
  const noise = await startTarget("\u202e<script>alert(1)</script>\r\n\r\n");
  for (const [index, url] of [...targets, noise, { url: "http://127.0.0.1:9/" }]
    .map(({ url }) => `${url}?${"W".repeat(500)}`)
    .entries()) {
    await addRule(bin, {
      url,
      name: HOSTILE_NAMES[index % HOSTILE_NAMES.length]!,
      query: `-path:"<img src=x onerror=alert(1)>${"W".repeat(200)}"`,
      maxAttempts: 1,
    });
  }
  await sendAll(bin, WORST);
  await openDashboard(page, bin);
  await expect(rows(page)).toHaveCount(WORST.length);
  await page.getByRole("button", { name: "Bin actions" }).click();
  await expectUnharmedAtEachWidth(page, harm, "menu of the bin");
  await page.getByRole("menuitem", { name: "Forward rules…" }).click();
  const dialog = page.getByRole("dialog", { name: "Forward rules" });
  await expect(dialog.getByRole("button", { name: /failed$/ })).toHaveCount(3);
  await expectUnharmedAtEachWidth(page, harm, "rules");
  for (let index = 0; index < 3; index += 1) {
    await dialog
      .getByRole("button", { name: /failed$/ })
      .nth(index)
      .click();
    const forwards = dialog.getByRole("region", { name: "Forwards of the rule" });
    await expect(forwards.getByRole("listitem")).toHaveCount(WORST.length);
    await expectUnharmedAtEachWidth(page, harm, `forwards of rule ${index + 1}`);
    await dialog.getByRole("button", { name: "All rules" }).click();
  }
  await page.keyboard.press("Escape");
  for (let index = 0; index < WORST.length; index += 1) {
    await rows(page).nth(index).click();
    const section = captureDetail(page).getByRole("region", { name: "Forwards" });
    await expect(section.getByRole("listitem")).toHaveCount(4);
    await expectUnharmedAtEachWidth(page, harm, `forwards of capture ${WORST.length - index}`);
    await page.setViewportSize({ width: 1360, height: 850 });
  }
  for (const target of [...targets, noise]) target.stop();
});

test("a bulk of hostile captures with hostile answers harms neither its strip nor its list", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const harm = await watchForHarm(page);
  await sendAll(bin, CORPUS);
  const target = await startTarget(ANSWERS[1]!);
  await openDashboard(page, bin);
  await page.getByRole("button", { name: "Select captures" }).click();
  await page.getByRole("button", { name: "Select all loaded captures" }).click();
  await page.getByRole("button", { name: "Resend the selected captures" }).click();
  const dialog = page.getByRole("dialog", { name: /^Resend / });
  await dialog.getByLabel("Target URL").fill(`${target.url}?${"W".repeat(1_000)}`);
  await dialog.getByLabel("At most a second").fill("500");
  await expectUnharmedAtEachWidth(page, harm, "dialog of a bulk");
  await dialog.getByRole("button", { name: /^Resend / }).click();
  const strip = page.getByRole("region", { name: "Bulk resends" });
  await expect(strip).toContainText(`${CORPUS.length} of ${CORPUS.length} captures`);
  await expectUnharmedAtEachWidth(page, harm, "strip");
  await strip.getByRole("button", { name: "Without a 2xx" }).click();
  const list = strip.getByRole("list", { name: "Captures without a 2xx" });
  await expect(list.getByRole("link")).toHaveCount(CORPUS.length);
  await expectUnharmedAtEachWidth(page, harm, "captures without a 2xx");
  target.stop();
});

async function addRule(bin: TestBin, input: object): Promise<void> {
  const response = await bin.api(`/bins/${bin.id}/rules`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  expect(response.status, await response.text()).toBe(201);
}
