import type { Page } from "@playwright/test";
import type { CreatedShare } from "#lib/contract/share.ts";
import { exchange } from "#lib/testing/raw-http.ts";
import { captureDetail, expect, openDashboard, rows, test } from "./fixtures.ts";
import { expectEachViewUnharmed, expectUnharmed, watchForHarm } from "./harm.ts";
import { CORPUS, toBytes } from "./hostile-corpus.ts";

// The recorder of traces looks into frames without scripts, which the browser reports as the page's.
test.use({ trace: "off" });

test.describe("a hostile capture runs and breaks nothing, in any view, page or download", () => {
  for (const hostile of CORPUS) {
    test(hostile.name, async ({ page, newBin, server }) => {
      const bin = await newBin();
      await exchange(server.port, toBytes(bin.id, hostile));
      const [capture] = await bin.all();
      const { id } = capture!;
      const harm = await watchForHarm(page);

      await openDashboard(page, bin, id);
      await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #1");
      await expectUnharmed(page, harm, "dashboard");
      const body = captureDetail(page).getByRole("region", { name: /^Body|bytes as they came/ });
      // The body's own: each part of a multipart body has views too.
      const views = body.getByRole("tablist").first();
      await expectEachViewUnharmed(page, harm, views, "dashboard");
      await page.getByText("As received").click();
      await expectUnharmed(page, harm, "as received");
      await page.setViewportSize({ width: 390, height: 844 });
      await expectUnharmed(page, harm, "on a phone");
      await page.setViewportSize({ width: 1360, height: 850 });
      await expect(rows(page)).toHaveCount(1);

      for (const redact of [true, false]) {
        for (const of of [`/captures/${id}`, `/bins/${bin.id}`]) {
          const response = await bin.api(`${of}/shares`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            body: JSON.stringify({ redact }),
          });
          const { url } = (await response.json()) as CreatedShare;
          await page.goto(of.startsWith("/bins") ? `${url}?capture=${id}` : url);
          await expect(page.getByRole("heading", { level: 1 })).toHaveText(/^Shared/);
          await expectUnharmed(page, harm, `shared, ${redact ? "redacted" : "as sent"}`);
          if (!redact) {
            // In place of what the server wrote.
            const shown = page.getByRole("tablist", { name: "How to show the body" }).first();
            await expectEachViewUnharmed(page, harm, shown, "shared");
          }
          const shared = `/shared/${new URL(url).pathname.slice(3)}/captures/${id}`;
          for (const path of [`${shared}/body`, `${shared}/http`]) await expectInert(page, path);
        }
      }
      for (const path of [`/captures/${id}/body`, `/captures/${id}/http`]) {
        await expectInert(page, path);
      }
    });
  }
});

/** A download that no browser shows, sniffs or runs. */
async function expectInert(page: Page, path: string) {
  const response = await page.request.get(`/api/v1${path}`);
  expect(response.status(), path).toBe(200);
  expect(response.headers()).toMatchObject({
    "content-type": "application/octet-stream",
    "content-disposition": expect.stringMatching(/^attachment; filename="capture-1\.(bin|http)"$/),
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  });
  expect(response.headers()["set-cookie"]).toBeUndefined();
}
