import { gzipSync } from "node:zlib";
import type { Page } from "@playwright/test";
import {
  bodySection,
  captureDetail,
  expect,
  openDashboard,
  rows,
  sendTo,
  test,
} from "./fixtures.ts";
import { EVIL } from "./hostile-corpus.ts";

// The recorder of traces looks into frames without scripts, which the browser reports as the page's.
test.use({ trace: "off" });

const DOT =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

/** One a line: each way for HTML to ask for something, or to make a browser report that it tried. */
const ASKING = `
<img src=${EVIL}/a><img src=b srcset="${EVIL}/b 2x"><img src="#c"><picture><source srcset=${EVIL}/c></picture>
<img src="data:image/svg+xml,${encodeURIComponent(`<svg xmlns="http://www.w3.org/2000/svg"><style>@import "${EVIL}/d";</style><image href="${EVIL}/e"/></svg>`)}">
<link rel=stylesheet href=${EVIL}/f><link rel=preconnect href=${EVIL}><link rel=prefetch href=${EVIL}/g><link rel=icon href=${EVIL}/h>
<base href=${EVIL}/><meta http-equiv=refresh content="0;url=${EVIL}"><meta http-equiv=Content-Security-Policy content="default-src 'none'">
<style>@import "${EVIL}/i"; @IMP\\6frt url(${EVIL}/j);</style>
<style>@font-face { font-family: x; src: url(${EVIL}/k) } @font-face { font-family: y; src: url(data:font/woff2,x) }</style>
<style>body { font-family: x, y; background: U\\52L("${EVIL}/l"); cursor: url(${EVIL}/m), auto; list-style: url(//evil.test/n) }</style>
<style>p { --a: url(${EVIL}/o); background: var(--a) } p::after { content: image-set("${EVIL}/p" 1x) }</style>
<style>b { background: url(#here); mask: url(${EVIL}/q#x); filter: url(#here) }</style><style nonce=x>i{background:url(${EVIL}/r)}</style>
<p style="background: url(${EVIL}/s); border-image: url(&quot;${EVIL}/t&quot;) 1">text</p><b>bold</b><i>slanted</i>
<table background=${EVIL}/u><tr><td background=${EVIL}/v>cell</table><input type=image src=${EVIL}/w><button autofocus onfocus=x()>button</button>
<svg onload="x()"><script>x()</script><image href="${EVIL}/x"/><use href="${EVIL}/y#a"/><path d="M0 0h9v9" fill="url(${EVIL}/z#a)"/><style>path{fill:url(${EVIL}/0)}</style><animate attributeName=href to=${EVIL}/></svg>
<video src=${EVIL}/1 poster=${EVIL}/2 autoplay></video><audio src=${EVIL}/3 autoplay></audio><track src=${EVIL}/4>
<iframe src=${EVIL}/5></iframe><iframe srcdoc="<img src=${EVIL}/6>"></iframe><object data=${EVIL}/7></object><embed src=${EVIL}/8><frame src=${EVIL}/9>
<script src=${EVIL}/10></script><script>x()</script><body onload="x()" background=${EVIL}/11><img src=x onerror="x()">
<math href=${EVIL}><mtext><style><img src=${EVIL}/12></style></mtext></math><noscript><img src=${EVIL}/13></noscript><template><img src=${EVIL}/14></template>
<a href="${EVIL}" ping="${EVIL}/15" attributionsrc="${EVIL}/16">link</a><form action=${EVIL}><input autofocus><button>send</button></form>
<textarea></textarea/><img src=${EVIL}/17></textarea><svg><style>&lt;/style>&lt;img src=${EVIL}/18></style></svg><style></style/><img src=${EVIL}/19></style>`;

const MAIL = `<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html><head><title>Receipt</title><style><!-- .total { color: rgb(1, 2, 3) } @media (max-width: 1px) { .total { color: red } } --></style></head>
<body bgcolor="#102030"><table width="300" align="center" cellpadding="7"><tr><td id="title" style="background: rgb(4, 5, 6)" width="120">
<a href="https://shop.test/">Shop</a></td><td class="total">€ 12</td></tr></table><img src="${DOT}" width="33" height="11" alt="dot"></body></html>`;

async function preview(page: Page) {
  await bodySection(page).getByRole("tab", { name: "Preview", exact: true }).click();
  const frame = page.locator("iframe[title='Preview of the HTML']");
  await expect(frame).toHaveAttribute("sandbox", "");
  return frame;
}

/** Of Playwright itself, which looks inside with scripts that a frame without any does not run. */
const LOOKING_INSIDE = /^console\.error: Blocked script execution in 'about:srcdoc'/;

/** What is asked of the network by a frame, or for somebody else. */
function watchRequests(page: Page): string[] {
  const urls: string[] = [];
  page.on("request", (request) => {
    const isOurs = request.frame() === page.mainFrame() && !request.url().startsWith(EVIL);
    if (!isOurs) urls.push(request.url());
  });
  return urls;
}

test("a preview asks for nothing, and has nothing refused", async ({ page, newBin }) => {
  const bin = await newBin();
  const lines = ASKING.trim().split("\n");
  for (const [index, line] of lines.entries()) {
    await sendTo(bin, `/${index}`, {
      method: "POST",
      headers: { "content-type": "text/html" },
      body: `${line}<h1>End of line ${index}</h1>`,
    });
  }
  await openDashboard(page, bin);
  const asked = watchRequests(page);
  for (const [index, line] of lines.entries()) {
    await rows(page)
      .nth(lines.length - 1 - index)
      .click();
    await expect(captureDetail(page).getByRole("heading", { level: 2 })).toHaveText(
      `Capture #${index + 1}`,
    );
    const frame = await preview(page);
    await expect(frame).toHaveAttribute("srcdoc", new RegExp(`End of line ${index}</h1>`));
    // Without looking inside, which would be reported as well.
    await page.frames()[1]!.waitForLoadState("load");
    expect(asked, line).toEqual([]);
  }
  await expect(bodySection(page)).toContainText("Scripts, remote images and links are left out");
});

test("a preview of an e-mail looks as it was written", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(LOOKING_INSIDE);
  const bin = await newBin();
  const id = await sendTo(bin, "", {
    method: "POST",
    headers: { "content-type": "text/html" },
    body: MAIL,
  });
  await openDashboard(page, bin, id);
  const inside = (await preview(page)).contentFrame();
  await expect(inside.locator("body")).toHaveCSS("background-color", "rgb(16, 32, 48)");
  await expect(inside.getByText("€ 12")).toHaveCSS("color", "rgb(1, 2, 3)");
  await expect(inside.locator("#title")).toHaveCSS("background-color", "rgb(4, 5, 6)");
  await expect(inside.locator("#title")).toHaveCSS("padding-left", "7px");
  await expect(inside.getByText("Shop")).toHaveCSS("text-decoration-line", "underline");
  const picture = inside.getByRole("img", { name: "dot" });
  expect(await picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  expect(await picture.boundingBox()).toMatchObject({ width: 33, height: 11 });
  expect(await inside.locator("body").evaluate(() => document.compatMode)).toBe("CSS1Compat");
  await expect(inside.getByText("Receipt")).toHaveCount(0);
});

test("of HTML of many megabytes the beginning is shown, and what nests too deep says so", async ({
  page,
  newBin,
  expectedTrouble,
}) => {
  expectedTrouble.push(LOOKING_INSIDE);
  const bin = await newBin();
  const send = (html: string) =>
    sendTo(bin, "", {
      method: "POST",
      headers: { "content-type": "text/html", "content-encoding": "gzip" },
      body: gzipSync(html),
    });
  await openDashboard(page, bin, await send(`<h1>Begin</h1>${"<p>text".repeat(1_000_000)}`));
  const inside = (await preview(page)).contentFrame();
  await expect(inside.getByRole("heading", { name: "Begin" })).toBeVisible();
  await expect(bodySection(page)).toContainText("the first 1 MiB is shown");

  await openDashboard(page, bin, await send("<b>".repeat(400_000)));
  await bodySection(page).getByRole("tab", { name: "Preview", exact: true }).click();
  // The page stays free meanwhile.
  await bodySection(page).getByRole("tab", { name: "Hex", exact: true }).click();
  await bodySection(page).getByRole("tab", { name: "Preview", exact: true }).click();
  await expect(bodySection(page).getByRole("alert")).toHaveText(
    "There is no preview: this HTML takes too long. The HTML view shows it as it was sent.",
    { timeout: 20_000 },
  );
});
