import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page, WebSocketRoute } from "@playwright/test";
import type { CreatedBin } from "#lib/contract/bin.ts";
import { inParallel } from "#lib/testing/load.ts";
import { freePort } from "#lib/testing/postgres.ts";
import { binClient, startServer, type TestBin, type TestServer } from "#lib/testing/server.ts";
import {
  captureDetail,
  captureList,
  expect,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";
import { startLoad } from "./load.ts";
import { readWholeList } from "./whole-list.ts";

const OUTAGE_MS = 10_000;

const connection = (page: Page) =>
  page
    .getByRole("status")
    .filter({ hasText: /^(Connecting…|Live|Reconnecting…|Not live|Offline)$/ });

function sendMany(bin: TestBin, count: number, width = 16): Promise<string[]> {
  return inParallel(Array.from({ length: count }), width, (_, i) =>
    sendTo(bin, `/${i + 1}`, { method: "POST", body: `body ${i + 1}` }),
  );
}

/**
 * What the API has, newest first, must be what the page shows: nothing less, nothing twice. Gives
 * the ids, for a bin that nothing was deleted from.
 */
async function expectListAsStored(page: Page, bin: TestBin): Promise<string[]> {
  const stored = await bin.all();
  const count = `${stored.length.toLocaleString("en")} captures`;
  await expect(captureList(page).getByText(count, { exact: true })).toBeVisible();
  const shown = await readWholeList(page);
  expect(shown).toEqual(stored.map(({ id }) => id).reverse());
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, i) => i + 1));
  return shown;
}

test("captures that come while the page is open appear in order, the newest on top", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendTo(bin, "/before");
  await openDashboard(page, bin);
  for (const path of ["/one", "/two", "/three"]) await sendTo(bin, path);
  await expect(rows(page)).toHaveText([/\/three/, /\/two/, /\/one/, /\/before/]);
  await expect(captureList(page)).toContainText("4 captures");
});

test("what is read further down stays where it is, and a button tells how many came", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await sendMany(bin, 70, 1);
  await openDashboard(page, bin);
  const read = rows(page).filter({ hasText: "#45" });
  await expect(async () => {
    await rows(page).first().hover();
    await page.mouse.wheel(0, 1_000);
    await expect(read).toBeInViewport({ timeout: 500 });
  }).toPass();
  const newButton = captureList(page).getByRole("button", { name: /^\d+ new$/ });
  await expect(newButton).toBeHidden();
  // The wheel's scrolling is over once two readings of the place agree.
  let place = await read.boundingBox();
  await expect
    .poll(async () => {
      const before = place;
      place = await read.boundingBox();
      return place!.y === before!.y;
    })
    .toBe(true);

  await sendMany(bin, 3, 1);
  await expect(newButton).toHaveText("3 new");
  await expect(captureList(page)).toContainText("73 captures");
  expect(await read.boundingBox()).toEqual(place);

  await newButton.click();
  await expect(rows(page).first()).toContainText("#73");
  await expect(rows(page).first()).toBeInViewport();
  await expect(newButton).toBeHidden();
});

test("a burst of 2,000 captures ends with every one of them in the list", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await openDashboard(page, bin);
  const sent = await sendMany(bin, 2_000, 32);
  await expect(captureList(page).getByText("2,000 captures", { exact: true })).toBeVisible();
  await expect(rows(page).first()).toContainText("#2000");
  const shown = await expectListAsStored(page, bin);
  expect(new Set(shown)).toEqual(new Set(sent));
});

test.describe("a server that is killed under load and comes back after ten seconds", () => {
  let folder: string;
  let server: TestServer;

  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "inlet-e2e-"));
    server = await start(String(await freePort()));
  });

  test.afterEach(async () => {
    await server.kill();
    await rm(folder, { recursive: true, force: true });
  });

  function start(port: string): Promise<TestServer> {
    return startServer({ PORT: port, DATABASE_URL: `file:${join(folder, "inlet.db")}` });
  }

  // The longer load lets the page miss more than the server sends again, so that it has to list anew.
  for (const { name, afterwards } of [
    { name: "a few captures", afterwards: 300 },
    { name: "more captures than are sent again", afterwards: 1_600 },
  ]) {
    test(`leaves the page with every acknowledged capture, in order, none twice, after ${name}`, async ({
      page,
      expectedTrouble,
    }) => {
      test.setTimeout(120_000);
      expectedTrouble.push(
        /ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|ERR_INCOMPLETE_CHUNKED/,
      );
      const created = await page.request.post(`${server.publicUrl}/api/v1/bins`, { data: {} });
      const { token, ...made } = (await created.json()) as CreatedBin;
      const bin = binClient(server.url, made, token!);
      await page.goto(`${server.publicUrl}/bins/${bin.id}`);
      await expect(connection(page)).toHaveText("Live");

      const load = startLoad(`${server.url}/in/${bin.id}`, 8);
      await expect.poll(() => load.acknowledged.size).toBeGreaterThan(300);
      await server.kill();
      const downSince = Date.now();
      await expect(connection(page)).toHaveText("Reconnecting…");
      await expect
        .poll(() => Date.now() - downSince, { timeout: 2 * OUTAGE_MS })
        .toBeGreaterThan(OUTAGE_MS);
      const before = load.acknowledged.size;
      await expect(connection(page)).toHaveText("Reconnecting…");

      server = await start(String(server.port));
      await expect
        .poll(() => load.acknowledged.size, { timeout: 30_000 })
        .toBeGreaterThan(before + afterwards);
      await load.stop();
      await expect(connection(page)).toHaveText("Live", { timeout: 30_000 });

      const shown = new Set(await expectListAsStored(page, bin));
      expect([...load.acknowledged].filter((capture) => !shown.has(capture))).toEqual([]);
    });
  }
});

test("what another client deletes goes from the page at once", async ({ page, newBin }) => {
  const bin = await newBin();
  const [, second] = await sendMany(bin, 3, 1);
  await openDashboard(page, bin, second);
  await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText("Capture #2");

  await bin.api(`/captures/${second}`, { method: "DELETE" });
  await expect(rows(page)).toHaveText([/#3/, /#1/]);
  await expect(captureList(page)).toContainText("2 captures");
  await expect(captureDetail(page)).toContainText("This capture does not exist (any more).");
  await page.getByRole("button", { name: "Back to the list" }).click();

  await bin.api(`/bins/${bin.id}/captures`, { method: "DELETE" });
  await expect(rows(page)).toHaveCount(0);
  await expect(captureList(page)).toContainText("0 captures");
  await expect(page.getByText("Waiting for the first request")).toBeVisible();

  await sendTo(bin, "/after");
  await expect(rows(page)).toHaveText([/\/after.*#4/]);
  await expect(captureList(page)).toContainText("1 capture");
});

test("a bin that is renamed elsewhere shows its new name", async ({ page, newBin }) => {
  const bin = await newBin({ name: "before" });
  await openDashboard(page, bin);
  await bin.api(`/bins/${bin.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ name: "after" }),
  });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("after");
});

test("what was deleted, noted and renamed while the page was away is seen once it is back", async ({
  page,
  newBin,
}) => {
  const away = new Set<WebSocketRoute>();
  let isAway = false;
  await page.routeWebSocket(/\/socket\.io\//, (socket) => {
    if (isAway) return void socket.close();
    socket.connectToServer();
    away.add(socket);
  });
  await page.route(/\/socket\.io\//, (route) => (isAway ? route.abort() : route.continue()));
  const bin = await newBin({ name: "before" });
  const [first, second, third] = await sendMany(bin, 3, 1);
  await openDashboard(page, bin, third);
  await expect(connection(page)).toHaveText("Live");

  isAway = true;
  for (const socket of away) await socket.close();
  await expect(connection(page)).toHaveText("Reconnecting…");
  const patch = (input: object) => ({
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(input),
  });
  await bin.api(`/captures/${first}`, { method: "DELETE" });
  await bin.api(`/captures/${second}`, { method: "DELETE" });
  await bin.api(`/captures/${third}`, patch({ note: "seen elsewhere" }));
  await bin.api(`/bins/${bin.id}`, patch({ name: "after" }));
  await expect(rows(page)).toHaveCount(3);

  isAway = false;
  await expect(rows(page)).toHaveText([/#3/]);
  await expect(captureList(page)).toContainText("1 capture");
  await expect(captureDetail(page)).toContainText("seen elsewhere");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("after");
});

test("a bin that is deleted elsewhere says so and leads on", async ({ page, newBin }) => {
  const bin = await newBin({ name: "short-lived" });
  await sendTo(bin);
  await openDashboard(page, bin);
  await bin.api(`/bins/${bin.id}`, { method: "DELETE" });
  await expect(page.getByRole("heading", { name: "This bin was deleted" })).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  await page.getByRole("main").getByRole("link", { name: "Your bins" }).click();
  await expect(page.getByText("No bins in this browser yet")).toBeVisible();
});
