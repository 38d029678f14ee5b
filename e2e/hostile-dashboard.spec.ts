import { binFormatSchema, captureFormatSchema } from "#lib/contract/export.ts";
import { captureDetail, expect, openDashboard, rows, test } from "./fixtures.ts";
import { expectUnharmedAtEachWidth, watchForHarm } from "./harm.ts";
import { CORPUS, sendAll, WORST } from "./hostile-corpus.ts";
import { share } from "./sharing.ts";

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
