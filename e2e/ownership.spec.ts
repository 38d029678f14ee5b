import type { BrowserContext, Page } from "@playwright/test";
import { exchange } from "#lib/testing/raw-http.ts";
import type { TestBin } from "#lib/testing/server.ts";
import {
  bodyRows,
  captureDetail,
  captureList,
  expect,
  expectPairs,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";

/** What hostile content would do if it ran: in a page, and to the API of the page's origin. */
const SCRIPT = `document.title = "pwned"; window.pwned = true; fetch("/api/v1/bins")`;
const HOSTILE = `"><script>${SCRIPT}</script><img src=x onerror='${SCRIPT}'>`;

function setReply(bin: TestBin, body: string, headers: [string, string][]): Promise<Response> {
  return bin.api(`/bins/${bin.id}`, {
    method: "PATCH",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ reply: { status: 200, headers, body, delayMs: 0 } }),
  });
}

/** How the browser says that a page has no right to do something, even where nothing tries to. */
const SANDBOXED = /^console.error: Blocked .* because the (document|form)'s frame is sandboxed/;

/** All requests to the API from now on. */
function apiCalls(page: Page): string[] {
  const calls: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/api/")) calls.push(request.url());
  });
  return calls;
}

test("another browser that opens the dashboard's URL gets a 404 page and nothing of the bin", async ({
  page,
  newBin,
  browser,
  baseURL,
}) => {
  const bin = await newBin({ name: "payroll secrets" });
  const id = await sendTo(bin, "/salaries");
  await openDashboard(page, bin);

  const other = await browser.newContext({ baseURL });
  const stranger = await other.newPage();
  // A workspace of its own does not help.
  await stranger.request.post("/api/v1/bins", { data: {} });
  const response = await stranger.goto(`/bins/${bin.id}?capture=${id}`);
  expect(response!.status()).toBe(404);
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("There is no such bin here");
  const html = (await response!.text()) + (await stranger.content());
  expect(html).not.toContain("payroll");
  expect(html).not.toContain("salaries");
  for (const path of [`/bins/${bin.id}`, `/bins/${bin.id}/captures`, `/captures/${id}`]) {
    expect((await stranger.request.get(`/api/v1${path}`)).status(), path).toBe(404);
  }
  const unknown = await stranger.goto("/bins/aaaaaaaaaaaaaaaaaaaa");
  expect(unknown!.status()).toBe(404);
  await expect(stranger.getByRole("heading", { level: 1 })).toHaveText("There is no such bin here");
  await other.close();
});

/** The one that opens the workspace; the sizes of the panels are in another. */
async function workspaceCookie(context: BrowserContext) {
  const cookies = await context.cookies();
  return cookies.find(({ name }) => name === "inlet")!;
}

test("the workspace's cookie cannot be read by scripts, nor sent along by other sites", async ({
  page,
  context,
}) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Create a bin" }).click();
  await expect(page).toHaveURL(/\/bins\//);
  const cookie = await workspaceCookie(context);
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax", path: "/" });
  expect(await page.evaluate(() => document.cookie)).not.toMatch(/inlet=/);
  expect(await page.evaluate(() => document.cookie)).not.toContain(cookie.value);
});

test("a bin's own reply runs no script on the dashboard's origin", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(SANDBOXED);
  const bin = await newBin();
  const html = `<title>harmless</title><p>A reply</p>${HOSTILE}
    <iframe srcdoc="<script>parent.document.title = 'pwned'</script>"></iframe>
    <a href="javascript:document.title='pwned'">run</a>
    <form action="/api/v1/bins" method="post"><button>send</button></form>`.replace("src=x ", "");
  const set = await setReply(bin, html, [
    ["Content-Type", "text/html"],
    ["Content-Security-Policy", "script-src 'unsafe-inline'"],
  ]);
  expect(set.status).toBe(200);

  const calls = apiCalls(page);
  const response = await page.goto(bin.captureUrl);
  await expect(page.getByText("A reply")).toBeVisible();
  expect(response!.headers()["x-content-type-options"]).toBe("nosniff");
  await page.getByRole("link", { name: "run" }).click();
  await page.getByRole("button", { name: "send" }).click();
  await expect(page).toHaveTitle("harmless");
  await expect(page).toHaveURL(bin.captureUrl);
  expect(calls).toEqual([]);
  // The developer tools still get in, and find an origin without rights, hence without cookies.
  expect(await page.evaluate(() => window.origin)).toBe("null");
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  const cookies = await page.evaluate(() => {
    try {
      return document.cookie;
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(cookies).toBe("SecurityError");
});

test("a reply cannot set headers that act on the whole origin", async ({ newBin }) => {
  const bin = await newBin();
  const set = await setReply(bin, "", [["Set-Cookie", "inlet=theirs"]]);
  expect(set.status).toBe(400);
  expect((await set.json()).code).toBe("invalid_request");
});

test("captures full of markup are shown as text and run nothing", async ({
  page,
  newBin,
  server,
}) => {
  const bin = await newBin({ name: HOSTILE.slice(0, 90) });
  const path = `/<script>${SCRIPT.replaceAll(" ", "")}</script>?q=<img/src=x/onerror=alert(1)>`;
  const body = `<!doctype html>${HOSTILE}`;
  const head = [
    `POST /in/${bin.id}${path.replaceAll('"', "'")} HTTP/1.1`,
    "Host: inlet.test",
    `X-Hostile: ${HOSTILE}`,
    `Content-Type: text/html${HOSTILE}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const sent = await exchange(server.port, `${head.join("\r\n")}\r\n\r\n${body}`);
  expect(sent.status).toBe(200);

  await openDashboard(page, bin, sent.header("inlet-capture"));
  await expectPairs(page, "Headers", [
    ["Host", "inlet.test"],
    ["X-Hostile", HOSTILE],
    ["Content-Type", `text/html${HOSTILE}`],
    ["Content-Length", String(Buffer.byteLength(body))],
  ]);
  await expectPairs(page, "Query", [["q", "<img/src=x/onerror=alert(1)>"]]);
  await expect(bodyRows(page, "Text")).toHaveText(body);
  await expect(rows(page)).toContainText("/<script>document.title='pwned';");
  await page.getByRole("button", { name: "Add a note" }).click();
  await page.getByLabel("Note", { exact: true }).fill(HOSTILE);
  await page.getByRole("button", { name: "Save note" }).click();
  await expect(captureDetail(page).locator("p", { hasText: HOSTILE })).toBeVisible();

  // Once as the server renders it, too.
  await page.reload();
  await expect(captureDetail(page).locator("p", { hasText: HOSTILE })).toBeVisible();
  await expect(captureList(page)).toContainText("1 capture");
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
  await expect(page).not.toHaveTitle("pwned");
  await page.goto("/bins");
  await expect(page.getByRole("link", { name: HOSTILE.slice(0, 90) })).toBeVisible();
  expect(await page.evaluate(() => "pwned" in window)).toBe(false);
});

test("a captured HTML page that is downloaded does not open on the dashboard's origin", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const headers = { "content-type": "text/html" };
  const id = await sendTo(bin, "", { method: "POST", headers, body: HOSTILE });
  await openDashboard(page, bin, id);
  const link = captureDetail(page).getByRole("link", { name: "Download" });
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  expect(download.url()).toContain(`/api/v1/captures/${id}/body`);
  await expect(page).toHaveURL(new RegExp(`/bins/${bin.id}`));
  const response = await page.request.get(`/api/v1/captures/${id}/body`);
  expect(response.headers()["content-disposition"]).toMatch(/^attachment/);
  expect(await response.text()).toBe(HOSTILE);
});

test("the key of a workspace is withheld when its browser opens a capture URL", async ({
  page,
  context,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(SANDBOXED);
  const bin = await newBin();
  const secret = (await workspaceCookie(context)).value;
  await page.goto(`${bin.captureUrl}/opened`);
  const [capture] = await bin.all();
  expect((await bin.http(capture!.id)).toString()).not.toContain(secret);

  await openDashboard(page, bin, capture!.id);
  const section = captureDetail(page).getByRole("region", { name: "Headers" });
  await expect(section).toContainText("inlet=[withheld by Inlet]");
  expect(await page.content()).not.toContain(secret);
});
