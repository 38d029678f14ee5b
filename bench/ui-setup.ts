import type { Browser, Page } from "@playwright/test";
import type { CreatedBin } from "../lib/contract/bin.ts";
import { binClient, type TestBin, type TestServer } from "../lib/testing/server.ts";

/** What every part of `npm run bench:ui` gets: the production build, and a real Chromium. */
export type UiBench = { server: TestServer; browser: Browser };

/** A page in a browser profile of its own, and a bin that it owns. Close it with `page.context()`. */
export async function openBench({
  server,
  browser,
}: UiBench): Promise<{ page: Page; bin: TestBin }> {
  const context = await browser.newContext({
    baseURL: server.publicUrl,
    viewport: { width: 1360, height: 850 },
  });
  const page = await context.newPage();
  const response = await page.request.post("/api/v1/bins", { data: {} });
  const { token, ...bin } = (await response.json()) as CreatedBin;
  return { page, bin: binClient(server.publicUrl, bin, token!) };
}

/** Opens a bin's dashboard and waits until it is live. */
export async function openLive(page: Page, bin: TestBin, query = ""): Promise<void> {
  await page.goto(`/bins/${bin.id}${query}`);
  await page
    .getByRole("status")
    .filter({ hasText: /^Live$/ })
    .waitFor();
}
