import { binFormatSchema, captureFormatSchema } from "#lib/contract/export.ts";
import { captureDetail, expect, openDashboard, rows, test } from "./fixtures.ts";
import { expectEachViewUnharmed, expectUnharmedAtEachWidth, watchForHarm } from "./harm.ts";
import { ANSWERS, CORPUS, sendAll, WORST } from "./hostile-corpus.ts";
import { share, stranger } from "./sharing.ts";
import { startTarget } from "./target.ts";

// The recorder of traces looks into frames without scripts, which the browser reports as the page's.
test.use({ trace: "off" });

test("every export of a hostile capture is a download that nothing opens", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const ids = await sendAll(bin, CORPUS);
  const formats = captureFormatSchema.options;
  const links = [
    await share(bin, `/bins/${bin.id}`),
    await share(bin, `/bins/${bin.id}`, { redact: false }),
  ];
  const secrets = links.map(({ url }) => new URL(url).pathname.slice(3));
  const paths = [
    ...ids.flatMap((id) => formats.map((format) => `/captures/${id}/export?format=${format}`)),
    ...secrets.flatMap((secret) =>
      ids.map((id) => `/shared/${secret}/captures/${id}/export?format=har`),
    ),
    ...binFormatSchema.options.map((format) => `/bins/${bin.id}/export?format=${format}`),
  ];
  for (const path of paths) {
    const response = await page.request.get(`/api/v1${path}`);
    expect(response.status(), path).toBe(200);
    expect(response.headers(), path).toMatchObject({
      "content-type": "application/octet-stream",
      "content-disposition": expect.stringMatching(/^attachment; filename="[A-Za-z0-9._-]{1,80}"$/),
      "x-content-type-options": "nosniff",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    });
    expect(response.headers()["set-cookie"], path).toBeUndefined();
    expect(response.headers().refresh, path).toBeUndefined();
  }
});

test("hostile captures harm no page as they arrive, and no dialog over them", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const harm = await watchForHarm(page);
  await openDashboard(page, bin);
  const ids = await sendAll(bin, WORST);
  await expect(rows(page)).toHaveCount(WORST.length);
  await expectUnharmedAtEachWidth(page, harm, "live list");
  const dialog = page.getByRole("dialog");
  for (const [index, id] of ids.entries()) {
    const where = WORST[index]!.name;
    await page.goto(`/bins/${bin.id}?capture=${id}`);
    const detail = captureDetail(page);
    await detail.getByRole("button", { name: "Resend this capture" }).click();
    await expect(dialog.getByLabel("Target URL")).toBeVisible();
    await dialog.getByLabel("Target URL").fill("http://127.0.0.1:9/base");
    await expectUnharmedAtEachWidth(page, harm, `resend dialog, ${where}`);
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await expect(dialog).toHaveCount(0);

    await detail.getByRole("button", { name: "Share this capture" }).click();
    await expect(dialog.getByRole("list", { name: "Fields" })).toBeVisible();
    await dialog.getByText("See exactly what they will see").click();
    await expect(dialog.getByRole("heading", { name: "Headers" })).toBeVisible();
    await expectUnharmedAtEachWidth(page, harm, `share dialog, ${where}`);
    await page.keyboard.press("Escape");
    await expect(dialog).toHaveCount(0);

    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("combobox").first()).toBeVisible();
    await page.keyboard.type("resend");
    await expectUnharmedAtEachWidth(page, harm, `commands, ${where}`);
    await page.keyboard.press("Escape");
  }
  await page.goto("/bins");
  await expectUnharmedAtEachWidth(page, harm, "all bins");
});

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
