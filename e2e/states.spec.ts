import type { Page } from "@playwright/test";
import type { TestBin } from "#lib/testing/server.ts";
import {
  bodySection,
  captureDetail,
  expect,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";
import { sendWebhook, WEBHOOKS } from "./webhooks.ts";

/** The main states of the dashboard: what is shown, and how a person gets there. */
const STATES: Record<string, (page: Page) => Promise<void>> = {
  search: async (page) => {
    await search(page, "method:POST json:$.type");
    await expect(page.getByText(/found/)).toBeVisible();
  },
  "search-mistake": async (page) => {
    await search(page, "size:>large");
    await expect(page.getByText("Write a size like")).toBeVisible();
  },
  "search-nothing": async (page) => {
    await search(page, "nothing has this");
    await expect(page.getByText("No captures match")).toBeVisible();
  },
  compare: async (page) => {
    await rows(page).filter({ hasText: "/stripe" }).first().click();
    await expect(captureDetail(page).getByRole("article")).toHaveAttribute("aria-busy", "false");
    await page.keyboard.press("d");
    await expect(page.getByText(/\d+ differences?/)).toBeVisible();
  },
  parts: async (page) => {
    await rows(page).filter({ hasText: "multipart" }).first().click();
    await bodySection(page).scrollIntoViewIfNeeded();
    await expect(bodySection(page).getByText("Content-Disposition").first()).toBeVisible();
  },
  palette: async (page) => {
    await page.keyboard.press("ControlOrMeta+k");
    await expect(page.getByRole("dialog", { name: "Command palette" })).toBeVisible();
  },
  keys: async (page) => {
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  },
  reply: async (page) => {
    await page.getByRole("button", { name: "Bin actions" }).click();
    await page.getByRole("menuitem", { name: "Edit reply" }).click();
    await page.getByRole("button", { name: "429 with Retry-After" }).click();
  },
};

async function search(page: Page, text: string): Promise<void> {
  await page.keyboard.press("/");
  await page.keyboard.type(text);
  await page.keyboard.press("Enter");
}

async function sendEverything(bin: TestBin, send: (index: number) => Promise<void>) {
  for (const index of WEBHOOKS.keys()) await send(index);
  const form = new FormData();
  form.set("title", "Invoice 42");
  form.set("lines", new Blob(['{"total": 1990}'], { type: "application/json" }), "lines.json");
  await sendTo(bin, "/upload", { method: "POST", body: form });
}

const expectNothingCutOff = async (page: Page) => {
  const tooWide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(tooWide).toBe(0);
};

for (const [name, reach] of Object.entries(STATES)) {
  test(`the state "${name}" fits, wide and on a phone, in both themes`, async ({
    page,
    newBin,
    server,
    takePictures,
  }) => {
    const bin = await newBin({ name: "stripe-test" });
    await sendEverything(bin, async (index) => {
      expect((await sendWebhook(server, bin.id, WEBHOOKS[index]!)).status).toBe(200);
    });
    await openDashboard(page, bin);
    await expect(rows(page)).not.toHaveCount(0);
    await reach(page);
    await expectNothingCutOff(page);
    await takePictures.of(page, `${name}-light`);
    await page.emulateMedia({ colorScheme: "dark" });
    await takePictures.of(page, `${name}-dark`);
    await page.setViewportSize({ width: 390, height: 844 });
    await expectNothingCutOff(page);
    await takePictures.of(page, `${name}-phone`);
  });
}
