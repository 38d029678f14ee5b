import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { captureDetail, expect, openDashboard, sendTo, test } from "./fixtures.ts";

type Received = { method: string; url: string; headers: IncomingMessage["headers"]; body: string };

/** On the person's own machine, as far as the browser can tell. */
async function startTarget(answer: (req: IncomingMessage, res: ServerResponse) => void) {
  const received: Received[] = [];
  const server = createServer((req, res) => {
    let body = "";
    req.setEncoding("latin1");
    req.on("data", (text: string) => {
      body += text;
    });
    req.on("end", () => {
      received.push({ method: req.method!, url: req.url!, headers: req.headers, body });
      answer(req, res);
    });
  });
  server.listen(0, "localhost");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return {
    received,
    methods: () => received.map(({ method }) => method),
    url: `http://localhost:${port}/base`,
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const editor = (page: Page) => page.getByRole("dialog", { name: /^Resend capture/ });
const outcome = (page: Page) => editor(page).getByRole("status").first();
const send = (page: Page) => editor(page).getByRole("button", { name: "Send from my browser" });

async function openBrowserEditor(page: Page, url: string) {
  await expect(captureDetail(page).getByRole("region", { name: "Headers" })).toBeVisible();
  await page.keyboard.press("r");
  await editor(page).getByLabel("My browser").check();
  await editor(page).getByLabel("Target URL").fill(url);
}

/** What the browser says when it refuses is what these tests are about. */
const REFUSED = [/CORS policy/, /net::ERR_FAILED/, /net::ERR_CONNECTION_REFUSED/];

/** A port that was free a moment ago. */
async function unusedUrl() {
  const target = await startTarget(() => {});
  target.stop();
  return target.url;
}

test("sending from the browser asks the target first, and shows what it lets pages see", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(/^(console.error: .* status of )?418/);
  const bin = await newBin();
  const body = '{"id": "\u00e9"}';
  const id = await sendTo(bin, "/hook?a=1", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Own": "kept", Cookie: "secret=1" },
    body,
  });
  const target = await startTarget((req, res) => {
    res.setHeader("Access-Control-Allow-Origin", "*");
    res.setHeader("Access-Control-Allow-Headers", "content-type, x-own, user-agent");
    res.setHeader("Access-Control-Expose-Headers", "X-Answer");
    res.setHeader("X-Hidden", "1").setHeader("X-Answer", "1");
    if (req.method === "OPTIONS") return res.writeHead(204).end();
    res.setHeader("Content-Type", "text/html");
    res.writeHead(418).end("<script>parent.ran = top.ran = 'answer'</script><b>teapot</b>");
  });
  await openDashboard(page, bin, id);
  await openBrowserEditor(page, target.url);
  const plan = editor(page).getByRole("region", { name: "What your browser will do" });
  await expect(plan).toContainText("It asks first, with an OPTIONS request (preflight)");
  await expect(plan).toContainText(/content-type.*x-own/);
  await plan.getByText("What the target has to answer").click();
  await expect(plan).toContainText(/Access-Control-Allow-Headers: content-type.*x-own/);
  await expect(
    editor(page).getByLabel("Name of header 1", { exact: true }),
  ).toHaveAccessibleDescription(/^Not sent: the browser sends the target's own host/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await send(page).click();

  await expect(outcome(page)).toContainText("418 I'm a Teapot");
  await expect(
    editor(page).getByRole("region", { name: "Response: headers" }).locator("dt"),
  ).toHaveText(["content-type", "x-answer"]);
  await expect(editor(page)).toContainText("teapot");
  await expect(editor(page)).toContainText("it is gone once this is closed");
  expect(await page.evaluate(() => "ran" in window)).toBe(false);
  expect(await page.locator("iframe[src='/browser-sender']").count()).toBe(0);
  expect(target.methods()).toEqual(["OPTIONS", "POST"]);
  const got = target.received[1]!;
  expect(got).toMatchObject({ url: "/base/hook?a=1", body: Buffer.from(body).toString("latin1") });
  expect(got.headers).toMatchObject({ "x-own": "kept", origin: "null" });
  expect(got.headers.cookie).toBeUndefined();
  expect(got.headers.referer).toBeUndefined();
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // Back to what was typed, and nothing was kept with the capture.
  await editor(page).getByRole("button", { name: "Back to the request" }).click();
  await expect(editor(page).getByLabel("Target URL")).toHaveValue(target.url);
  await page.keyboard.press("Escape");
  await expect(captureDetail(page).getByRole("region", { name: "Resent" })).toHaveCount(0);
  target.stop();
});

test("a target that refuses the preflight gets nothing more, and it is said what it lacks", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(...REFUSED);
  const bin = await newBin();
  const id = await sendTo(bin, "", { method: "PUT", body: "x" });
  const target = await startTarget((_, res) => res.writeHead(200).end("secret"));
  await openDashboard(page, bin, id);
  await openBrowserEditor(page, target.url);
  await send(page).click();
  await expect(outcome(page)).toContainText("The browser shows no answer");
  await expect(outcome(page)).toContainText("it did not get the request itself");
  expect(target.methods()).toEqual(["OPTIONS"]);
  await expect(editor(page)).toContainText("Access-Control-Allow-Methods: PUT");
  await expect(
    editor(page).getByRole("button", { name: "Send without reading the answer" }),
  ).toHaveCount(0);
  await editor(page).getByRole("button", { name: "Check whether anything answers" }).click();
  await expect(outcome(page)).toContainText("Something answers there");
  expect(target.methods()).toEqual(["OPTIONS", "HEAD"]);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  target.stop();
});

test("what needs nobody's leave arrives all the same, and can be sent without reading the answer", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(...REFUSED, /^(console.error: .* status of )?500/);
  const bin = await newBin();
  const id = await sendTo(bin, "", { method: "POST", body: "plain" });
  const target = await startTarget((_, res) => res.writeHead(500).end("secret"));
  await openDashboard(page, bin, id);
  await openBrowserEditor(page, target.url);
  await editor(page).getByRole("button", { name: "Edit as text" }).click();
  await editor(page).getByLabel("Headers, one a line").fill("Content-Type: text/plain");
  await expect(editor(page)).toContainText("It sends the request at once.");
  await send(page).click();
  await expect(outcome(page)).toContainText("If the target is there, it has got the request.");
  expect(target.methods()).toEqual(["POST"]);
  await editor(page).getByRole("button", { name: "Send without reading the answer" }).click();
  await expect(outcome(page)).toContainText("Sent; the answer is hidden");
  expect(target.methods()).toEqual(["POST", "POST"]);
  expect(target.received[1]).toMatchObject({ body: "plain" });
  await expect(editor(page)).not.toContainText("secret");
  target.stop();
});

test("where nothing listens, the check says so", async ({ page, newBin, expectedTrouble }) => {
  expectedTrouble.push(...REFUSED);
  const bin = await newBin();
  const id = await sendTo(bin);
  await openDashboard(page, bin, id);
  await openBrowserEditor(page, await unusedUrl());
  await editor(page).getByRole("button", { name: "Edit as text" }).click();
  await editor(page).getByLabel("Headers, one a line").fill("");
  await send(page).click();
  await expect(outcome(page)).toContainText("The browser shows no answer");
  await editor(page).getByRole("button", { name: "Check whether anything answers" }).click();
  await expect(outcome(page)).toContainText("Nothing answers there");
});

test("a redirect that is not followed is said, and a body with GET is refused beforehand", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const id = await sendTo(bin, "", { method: "POST", body: "x" });
  const target = await startTarget((req, res) => {
    res.setHeader("Access-Control-Allow-Origin", "*");
    if (req.url === "/there") res.end("arrived");
    else res.writeHead(302, { Location: "/there" }).end();
  });
  await openDashboard(page, bin, id);
  await openBrowserEditor(page, target.url);
  await editor(page).getByRole("button", { name: "Edit as text" }).click();
  await editor(page).getByLabel("Headers, one a line").fill("");
  await editor(page).getByLabel("Method").fill("GET");
  await expect(editor(page).getByRole("alert")).toContainText("A browser sends no body with GET");
  await expect(send(page)).toBeDisabled();
  await editor(page).getByLabel("Body", { exact: true }).fill("");
  await send(page).click();
  await expect(outcome(page)).toContainText("The target redirects");
  await editor(page).getByRole("button", { name: "Back to the request" }).click();
  await editor(page).getByLabel("Follow redirects").check();
  await send(page).click();
  await expect(outcome(page)).toContainText("200 OK");
  await expect(editor(page)).toContainText("arrived");
  target.stop();
});

test("when the server does not get through, the browser is offered", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "", { method: "POST", body: "x" });
  await openDashboard(page, bin, id);
  await bin.api(`/captures/${id}/resend`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: "http://localhost:1/" }),
  });
  const resent = captureDetail(page).getByRole("region", { name: "Resent" });
  await resent.getByRole("button", { name: /The connection was refused/ }).click();
  await resent.getByRole("button", { name: "Send from my browser" }).click();
  await expect(editor(page).getByLabel("My browser")).toBeChecked();
  await editor(page).getByLabel("Inlet's server").check();
  await expect(editor(page)).toContainText("did not get through to localhost:1");
});

test("the sending frame has no origin: it can read nothing of Inlet's, and opened by itself does nothing", async ({
  page,
  newBin,
  server,
  expectedTrouble,
}) => {
  expectedTrouble.push(...REFUSED, /^40[0-9] .*\/api\/v1\//, /Failed to load resource/);
  const bin = await newBin();
  const id = await sendTo(bin);
  const headers = (await page.request.get("/browser-sender")).headers();
  expect(headers["content-security-policy"]).toMatch(
    /^default-src 'none'; script-src 'nonce-[^']+'; connect-src http: https:;.*frame-ancestors 'self'; sandbox allow-scripts$/,
  );
  const cookies: (string | undefined)[] = [];
  const target = await startTarget((req, res) => {
    cookies.push(req.headers.cookie);
    res.setHeader("Access-Control-Allow-Origin", "null");
    res.setHeader("Access-Control-Allow-Credentials", "true");
    res.end("x");
  });
  await openDashboard(page, bin, id);
  await page.evaluate(() => {
    const frame = document.createElement("iframe");
    frame.sandbox.add("allow-scripts");
    frame.src = "/browser-sender";
    document.body.append(frame);
    return new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  });
  const frame = page.frame({ url: /\/browser-sender$/ })!;
  const tried = await frame.evaluate(
    async ({ own, away, binId }) => {
      const attempt = async (url: string, init: RequestInit) =>
        fetch(url, { credentials: "include", ...init }).then(
          (response) => `read ${response.status}`,
          () => "refused",
        );
      const json = { "content-type": "application/json" };
      return {
        origin: self.origin,
        list: await attempt(`${own}/api/v1/bins`, {}),
        remove: await attempt(`${own}/api/v1/bins/${binId}`, { method: "DELETE" }),
        rename: await attempt(`${own}/api/v1/bins/${binId}`, {
          method: "PATCH",
          headers: json,
          body: '{"name":"taken"}',
        }),
        simple: await attempt(`${own}/api/v1/bins`, { method: "POST", body: "{}" }),
        page: await attempt(`${own}/bins/${binId}`, {}),
        away: await attempt(away, {}),
        storage: await Promise.resolve()
          .then(() => localStorage.length)
          .catch((error: Error) => error.name),
        parent: await Promise.resolve()
          .then(() => parent.document.title)
          .catch((error: Error) => error.name),
      };
    },
    { own: server.publicUrl, away: target.url, binId: bin.id },
  );
  expect(tried).toEqual({
    origin: "null",
    list: "refused",
    remove: "refused",
    rename: "refused",
    simple: "refused",
    page: "refused",
    away: "read 200",
    storage: "SecurityError",
    parent: "SecurityError",
  });
  // Although it asked for them to go along: the workspace's cookie is not for other sites' frames.
  expect(cookies).toEqual([undefined]);
  expect(await bin.get()).toMatchObject({ name: null });

  await page.goto("/browser-sender");
  expect(await page.evaluate(() => self.origin)).toBe("null");
  target.stop();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("nothing scrolls sideways, before and after", async ({ page, newBin, expectedTrouble }) => {
    expectedTrouble.push(...REFUSED);
    const bin = await newBin();
    const id = await sendTo(bin, `/${"long".repeat(50)}`, { method: "POST", body: "x" });
    await openDashboard(page, bin, id);
    await openBrowserEditor(page, await unusedUrl());
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(390);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await send(page).tap();
    await expect(outcome(page)).toContainText("The browser shows no answer");
    expect(await width()).toBeLessThanOrEqual(390);
    const popup = await editor(page).boundingBox();
    expect(popup!.x + popup!.width).toBeLessThanOrEqual(390);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  });
});
