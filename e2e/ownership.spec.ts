import { captureDetail, expect, openDashboard, rows, sendTo, test } from "./fixtures.ts";

test("another browser that knows the URL gets nothing of the bin", async ({
  browser,
  baseURL,
  newBin,
}) => {
  const bin = await newBin({ name: "secret-project" });
  await sendTo(bin, "/secret-path");
  const stranger = await browser.newContext({ baseURL });
  const page = await stranger.newPage();
  const response = await page.goto(`/bins/${bin.id}`);
  expect(response?.status()).toBe(404);
  await expect(page.getByRole("heading", { name: "There is no such bin here" })).toBeVisible();
  const html = await page.content();
  expect(html).not.toContain("secret-project");
  expect(html).not.toContain("secret-path");
  expect((await page.request.get(`/api/v1/bins/${bin.id}/captures`)).status()).toBe(404);
  await stranger.close();
});

test("the workspace's cookie is out of reach of scripts, and of other sites' requests", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  await openDashboard(page, bin);
  expect(await page.evaluate(() => document.cookie)).toBe("");
  const [cookie] = await page.context().cookies();
  expect(cookie).toMatchObject({ name: "inlet", httpOnly: true, sameSite: "Lax" });
});

test("a reply that is a page with a script runs nothing with the dashboard's rights", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  const script = `document.title = "ran"; fetch("/api/v1/bins").then((r) => fetch("stolen?" + r.status))`;
  const bin = await newBin({
    reply: {
      status: 200,
      headers: [["Content-Type", "text/html"]],
      body: `<title>still</title><p>reply</p><script>${script}</script><img src=x onerror="document.title = 'ran'">`,
      delayMs: 0,
    },
  });
  expectedTrouble.push(/sandboxed/, /Blocked script execution/, /ERR_BLOCKED_BY_ORB/);
  await page.goto(bin.captureUrl);
  await expect(page.getByText("reply")).toBeVisible();
  await expect(page).toHaveTitle("still");
  // The page itself and the image of its body: nothing that a script would have asked for.
  await expect.poll(async () => (await bin.all()).length).toBeGreaterThan(0);
  expect((await bin.all()).filter(({ path }) => path.includes("stolen"))).toEqual([]);
});

test("the owner's own cookie is withheld when they open their capture URL", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  // Chromium reports the scripts of its own tools too, in a page that is sandboxed.
  expectedTrouble.push(/Blocked script execution/);
  const bin = await newBin();
  const [cookie] = await page.context().cookies();
  await page.goto(bin.captureUrl);
  const [first] = await bin.all();
  const sent = (await bin.http(first!.id)).toString("latin1");
  expect(sent).toMatch(/cookie: inlet=\[withheld by Inlet\]/i);
  expect(sent).not.toContain(cookie!.value);
});

const HOSTILE = `"><script>document.title="ran"</script><img src=x onerror="document.title='ran'">`;

test("what a sender writes is shown as text and runs nowhere", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, `/${encodeURIComponent(HOSTILE)}?q=${encodeURIComponent(HOSTILE)}`, {
    method: "POST",
    headers: { "Content-Type": `text/html; x=${HOSTILE}`, "X-Hostile": HOSTILE },
    body: `<!doctype html>${HOSTILE}`,
  });
  await openDashboard(page, bin, id);
  await expect(captureDetail(page)).toContainText(HOSTILE);
  await expect(rows(page)).toHaveCount(1);
  await expect(page).not.toHaveTitle("ran");
  expect(await captureDetail(page).locator("script, img").count()).toBe(0);
});
