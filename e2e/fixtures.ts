import { test as base, expect, type Locator, type Page } from "@playwright/test";
import type { CreateBin, CreatedBin } from "#lib/contract/bin.ts";
import { binClient, startServer, type TestBin, type TestServer } from "#lib/testing/server.ts";
import { isTakingPictures, type Pictures, pictures } from "./pictures.ts";
import { watchForTrouble } from "./trouble.ts";

/** Small, so that a truncated body is quick to send. */
export const MAX_BODY_BYTES = 64 * 1024;

type Fixtures = {
  /** What a test expects to go wrong in its pages: everything else that does fails the test. */
  expectedTrouble: RegExp[];
  /** Makes a bin that the page's own browser owns, with a client that acts from elsewhere. */
  newBin: (input?: CreateBin) => Promise<TestBin>;
  takePictures: Pictures;
};

export const test = base.extend<Fixtures, { server: TestServer }>({
  server: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is used
    async ({}, use) => {
      const server = await startServer({
        MAX_BODY_BYTES: String(MAX_BODY_BYTES),
        ...(isTakingPictures && { PORT: "3000" }),
      });
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],
  baseURL: ({ server }, use) => use(server.publicUrl),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is used
  expectedTrouble: ({}, use) => use([]),
  page: async ({ page, expectedTrouble }, use) => {
    const trouble = await watchForTrouble(page);
    await use(page);
    const stray = trouble.filter((line) => !expectedTrouble.some((known) => known.test(line)));
    expect(stray, "what went wrong in the page").toEqual([]);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is used
  takePictures: ({}, use) => use(pictures),
  newBin: async ({ page }, use) => {
    let workspaceToken: string | undefined;
    await use(async (data = {}) => {
      const response = await page.request.post("/api/v1/bins", { data });
      expect(response.status()).toBe(201);
      const { token, ...bin } = (await response.json()) as CreatedBin;
      workspaceToken ??= token;
      return binClient(new URL(bin.captureUrl).origin, bin, workspaceToken!);
    });
  },
});

export { expect };

/** The list of captures and its count, on the left of the dashboard. */
export function captureList(page: Page): Locator {
  return page.getByRole("region", { name: "Captures", exact: true });
}

export function rows(page: Page): Locator {
  return captureList(page).getByRole("link");
}

/** What is shown of the selected capture. */
export function captureDetail(page: Page): Locator {
  return page.getByRole("region", { name: "Capture", exact: true });
}

/** Names and values of a section of the detail, in the order that they are shown. */
export async function expectPairs(
  page: Page,
  section: string,
  pairs: readonly (readonly [name: string, value: string])[],
): Promise<void> {
  const table = captureDetail(page).getByRole("region", { name: section }).locator("dl");
  await expect(table.locator("dt")).toHaveText(pairs.map(([name]) => name));
  await expect(table.locator("dd")).toHaveText(pairs.map(([, value]) => value));
}

/** Opens the dashboard, and waits until what is sent from now on comes live. */
export async function openDashboard(page: Page, bin: TestBin, captureId?: string): Promise<void> {
  const query = captureId === undefined ? "" : `?capture=${captureId}`;
  await page.goto(`/bins/${bin.id}${query}`);
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
}

/** Sends one request to a bin and gives the id of its capture. */
export async function sendTo(bin: TestBin, path = "", init: RequestInit = {}): Promise<string> {
  const response = await fetch(`${bin.captureUrl}${path}`, init);
  const id = response.headers.get("inlet-capture");
  if (id === null) throw new Error(`no capture came of it: ${response.status}`);
  return id;
}

/** The section that shows the body, or another one of the detail. */
export function bodySection(page: Page): Locator {
  return captureDetail(page).getByRole("region", { name: "Body", exact: true });
}

/** What a view of the body shows: a tree for JSON and XML, else a document. */
export function bodyRows(page: Page, name: "JSON" | "XML" | "Text" | "Hex"): Locator {
  const role = name === "JSON" || name === "XML" ? "tree" : "document";
  return bodySection(page).getByRole(role, { name, exact: true });
}

/** The lines that a view shows, as they would be copied: without the hints behind values. */
export async function expectLines(rows: Locator, lines: readonly string[]): Promise<void> {
  const shown = () =>
    rows.evaluate((element) => {
      const copy = element.cloneNode(true) as HTMLElement;
      for (const hint of copy.querySelectorAll("button")) hint.remove();
      return Array.from(copy.children, (line) => line.textContent);
    });
  await expect.poll(shown).toEqual(lines);
}
