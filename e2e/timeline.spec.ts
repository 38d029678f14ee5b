import type { Page } from "@playwright/test";
import { exchange } from "#lib/testing/raw-http.ts";
import { captureList, expect, openDashboard, rows, sendTo, test } from "./fixtures.ts";

const timeline = (page: Page) => page.getByRole("region", { name: "Timeline" });
const chart = (page: Page) => timeline(page).getByRole("slider", { name: "Span of time" });
const legend = (page: Page) => timeline(page).getByRole("listitem");
const showAll = (page: Page) => timeline(page).getByRole("button", { name: "Show all times" });
const SPAN = /after:(\S+) before:(\S+)/;

/** The span that the URL's search says. */
function spanOf(page: Page): [number, number] {
  const match = SPAN.exec(new URL(page.url()).searchParams.get("q") ?? "");
  if (!match) throw new Error(`no span in ${page.url()}`);
  return [Date.parse(match[1]!), Date.parse(match[2]!)];
}

test("an empty bin has no timeline; the first capture brings it, and it counts on", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await openDashboard(page, bin);
  await expect(page.getByText("Captures appear here, newest first.")).toBeVisible();
  await expect(timeline(page)).toBeHidden();
  await sendTo(bin, "/one");
  await expect(legend(page)).toHaveText(["1 read"]);
  await sendTo(bin, "/two", { method: "POST" });
  await sendTo(bin, "/three", { method: "DELETE" });
  await sendTo(bin, "/four", { method: "POST" });
  await expect(legend(page)).toHaveText(["1 read", "2 writes", "1 delete"]);
  await page.reload();
  await expect(legend(page)).toHaveText(["1 read", "2 writes", "1 delete"]);
});

test("what went wrong stands out, whatever its method", async ({ page, newBin, server }) => {
  const bin = await newBin();
  await sendTo(bin);
  await exchange(server.port, `GET /in/${bin.id} HTTP/1.1\r\nBad Name: 1\r\n\r\n`);
  await openDashboard(page, bin);
  await expect(legend(page)).toHaveText(["1 read", "1 problem"]);
});

test("deleted captures leave the timeline", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin);
  const second = await sendTo(bin);
  await openDashboard(page, bin);
  await expect(legend(page)).toHaveText(["2 reads"]);
  await bin.api(`/captures/${second}`, { method: "DELETE" });
  await expect(legend(page)).toHaveText(["1 read"]);
});

test("a drag narrows to a span of time, which the URL keeps, and back", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const before = Date.now();
  for (let i = 0; i < 3; i++) await sendTo(bin, `/${i}`);
  await openDashboard(page, bin);
  await expect(legend(page)).toHaveText(["3 reads"]);
  await page.goto(`/bins/${bin.id}?q=method:GET`);
  await expect(legend(page)).toHaveText(["3 reads"]);

  const { x, y, width, height } = (await chart(page).boundingBox())!;
  await page.mouse.move(x + 2, y + height / 2);
  await expect(timeline(page)).toContainText(/captures?, \d reads?/);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(showAll(page)).toBeVisible();
  const q = new URL(page.url()).searchParams.get("q");
  expect(q).toMatch(/^method:GET after:/);
  const [from, to] = spanOf(page);
  expect(from).toBeLessThanOrEqual(before);
  expect(to).toBeGreaterThan(from);
  await expect(legend(page)).toHaveText(["3 reads"]);

  await page.reload();
  await expect(showAll(page)).toBeVisible();
  await showAll(page).click();
  await expect(showAll(page)).toBeHidden();
  expect(new URL(page.url()).searchParams.get("q")).toBe("method:GET");
  await page.goBack();
  await expect(showAll(page)).toBeVisible();
});

test("counts what the whole search finds, also live, and not what it does not", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const post = (body: string) => sendTo(bin, "/orders", { method: "POST", body });
  for (const body of ["red", "blue", "red"]) await post(body);
  await sendTo(bin, "/red");
  await openDashboard(page, bin);
  await expect(legend(page)).toHaveText(["1 read", "3 writes"]);
  const field = page.getByRole("combobox", { name: "Search captures" });
  await field.fill("body:red");
  await expect(legend(page)).toHaveText(["2 writes"]);
  await post("blue");
  await post("deep red");
  await expect(rows(page).first()).toContainText("#6");
  await expect(legend(page)).toHaveText(["3 writes"]);
  await field.fill("red -header:content-type");
  await expect(legend(page)).toHaveText(["1 read"]);
  await field.fill("body:green");
  await expect(timeline(page)).toContainText("Nothing matches.");
  await post("green");
  await expect(legend(page)).toHaveText(["1 write"]);
  await bin.api(`/bins/${bin.id}/captures?q=body:green`, { method: "DELETE" });
  await expect(timeline(page)).toContainText("Nothing matches.");
  await field.fill("body:red after:1h");
  await expect(showAll(page)).toBeVisible();
  await expect(legend(page)).toHaveText(["3 writes"]);
  await field.fill("");
  await expect(legend(page)).toHaveText(["1 read", "5 writes"]);
});

test("a star that makes a match counts", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/one");
  await sendTo(bin, "/two");
  await page.goto(`/bins/${bin.id}?q=is:starred`);
  await expect(timeline(page)).toContainText("Nothing matches.");
  await bin.api(`/captures/${id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: '{"starred":true}',
  });
  await expect(legend(page)).toHaveText(["1 read"]);
});

test("says from where on it counts when a search takes too long", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin, "/one");
  // A bin that is large enough for it would take minutes to fill.
  await page.route("**/timeline?*q=*", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, json: { ...(await response.json()), searchedFrom: 12_345 } });
  });
  await page.goto(`/bins/${bin.id}?q=path:/one`);
  await expect(timeline(page)).toContainText(
    "Counted from #12,345 on: searching all takes too long",
  );
});

test("a span that nothing came in says so", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin);
  await page.goto(`/bins/${bin.id}?q=after:2020-01-01T00:00:00Z before:2020-01-02T00:00:00Z`);
  await expect(timeline(page)).toContainText("Nothing came in this time.");
  await showAll(page).click();
  await expect(legend(page)).toHaveText(["1 read"]);
});

test("keys choose a span too, and read it out", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin);
  await openDashboard(page, bin);
  await expect(legend(page)).toHaveText(["1 read"]);
  await chart(page).focus();
  await page.keyboard.press("Home");
  await expect(chart(page)).toHaveAttribute("aria-valuetext", /1 capture, 1 read/);
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await expect(showAll(page)).toBeVisible();
  const [from, to] = spanOf(page);
  expect(to - from).toBe(2_000);
});

test("stays as it is while paused, and catches up", async ({ page, newBin }) => {
  const bin = await newBin();
  await sendTo(bin);
  await openDashboard(page, bin);
  await expect(legend(page)).toHaveText(["1 read"]);
  await page.keyboard.press("p");
  await sendTo(bin);
  await expect(captureList(page).getByRole("button", { name: "1 new" })).toBeVisible();
  await expect(legend(page)).toHaveText(["1 read"]);
  await page.keyboard.press("p");
  await expect(rows(page)).toHaveCount(2);
  await expect(legend(page)).toHaveText(["2 reads"]);
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("a finger drags a span, and still scrolls the list", async ({ page, newBin }) => {
    const bin = await newBin();
    await sendTo(bin);
    await openDashboard(page, bin);
    await expect(legend(page)).toHaveText(["1 read"]);
    const { x, y, width, height } = (await chart(page).boundingBox())!;
    const touch = await page.context().newCDPSession(page);
    const at = (share: number) => [{ x: x + width * share, y: y + height / 2 }];
    const send = (type: "touchStart" | "touchMove" | "touchEnd", share: number) =>
      touch.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: type === "touchEnd" ? [] : at(share),
      });
    await send("touchStart", 0.01);
    for (const share of [0.1, 0.2, 0.3]) await send("touchMove", share);
    await send("touchEnd", 0.3);
    await expect(showAll(page)).toBeVisible();
    const [from, to] = spanOf(page);
    expect(to - from).toBeGreaterThan(5_000);
  });
});
