import { once } from "node:events";
import { createServer } from "node:net";
import AxeBuilder from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { exchange } from "#lib/testing/raw-http.ts";
import type { TestBin } from "#lib/testing/server.ts";
import { captureDetail, expect, openDashboard, sendTo, test } from "./fixtures.ts";

/** Keeps what it gets and gives one answer after the other, the last one to all that follow. */
async function startTarget(...answers: [string, ...string[]]) {
  const received: string[] = [];
  const server = createServer((socket) => {
    socket.on("error", () => {});
    const index = received.push("") - 1;
    socket.on("data", (bytes) => {
      received[index] += bytes.toString("latin1");
      const [head = "", body] = received[index]!.split("\r\n\r\n");
      const length = Number(/\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (body !== undefined && body.length >= length) {
        socket.end(answers[index] ?? answers.at(-1)!);
      }
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  return { received, url: `http://127.0.0.1:${port}/base`, stop: () => server.close() };
}

const JSON_ANSWER =
  'HTTP/1.1 502 Bad Gateway\r\nX-Twice: a\r\nx-twice: b\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"why":"down"}';

const editor = (page: Page) => page.getByRole("dialog", { name: /^Resend capture/ });
const resent = (page: Page) => captureDetail(page).getByRole("region", { name: "Resent" });

async function openEditor(page: Page) {
  await captureDetail(page).getByRole("button", { name: "Resend this capture" }).click();
  await expect(editor(page)).toBeVisible();
}

test("a capture is sent again as it came, and what came back is shown beside it", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/hook?a=1", {
    method: "POST",
    headers: { "X-Own": "kept", "Content-Type": "application/json" },
    body: '{"id": 1}',
  });
  const target = await startTarget(JSON_ANSWER);
  await openDashboard(page, bin, id);
  await expect(resent(page)).toHaveCount(0);
  await openEditor(page);
  await editor(page).getByLabel("Target URL").fill(target.url);
  await expect(editor(page)).toContainText(`POST ${target.url}/hook?a=1`);
  await expect(editor(page)).toContainText("Not edited: goes as it came");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await editor(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(editor(page)).toBeHidden();

  await expect(resent(page).getByRole("button", { name: /502 Bad Gateway/ })).toBeVisible();
  await expect(
    resent(page).getByRole("region", { name: "Response #1: headers" }).locator("dt"),
  ).toHaveText(["X-Twice", "x-twice", "Content-Type", "Content-Length"]);
  await expect(resent(page)).toContainText('"down"');
  await expect(resent(page)).toContainText("First byte");
  await expect(resent(page)).toContainText("the target's own, sent as");
  expect(target.received[0]).toMatch(/^POST \/base\/hook\?a=1 HTTP\/1.1\r\n/);
  expect(target.received[0]).toContain("\r\nX-Own: kept\r\n");
  expect(target.received[0]!.endsWith('\r\n\r\n{"id": 1}')).toBe(true);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await resent(page).getByRole("button", { name: "Send again" }).click();
  await expect(resent(page).getByRole("button", { name: /502 Bad Gateway/ })).toHaveCount(2);
  await page.reload();
  await expect(resent(page).getByRole("button", { name: /502 Bad Gateway/ })).toHaveCount(2);
  target.stop();
});

test("an edited one goes as it was edited, and the capture stays as it is", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const body = "one\r\ntwo";
  const id = await sendTo(bin, "/x", { method: "POST", headers: { "X-Own": "1" }, body });
  const before = await bin.http(id);
  const target = await startTarget("HTTP/1.1 204 No Content\r\n\r\n");
  await openDashboard(page, bin, id);
  await page.keyboard.press("r");
  await editor(page).getByLabel("Target URL").fill(target.url);
  await editor(page).getByLabel("Send to exactly this URL").check();
  await editor(page).getByLabel("Method").fill("PUT");
  await editor(page).getByRole("button", { name: "Edit as text" }).click();
  await editor(page).getByLabel("Headers, one a line").fill("X-b: 1\nx-B: 2\nno colon");
  await expect(editor(page).getByRole("alert")).toHaveText(/Line 3 has no name/);
  await expect(editor(page).getByRole("button", { name: "Edit as rows" })).toBeDisabled();
  await editor(page).getByLabel("Headers, one a line").fill("X-b: 1\nx-B: 2");
  await editor(page).getByLabel("Body", { exact: true }).fill("one\nthree");
  await expect(editor(page)).toContainText("Edited");
  await editor(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(resent(page).getByRole("button", { name: /204 No Content/ })).toBeVisible();
  expect(target.received[0]).toBe(
    `PUT /base HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\nX-b: 1\r\nx-B: 2\r\n` +
      "Connection: close\r\nContent-Length: 10\r\n\r\none\r\nthree",
  );
  expect(await bin.http(id)).toEqual(before);
  await expect(resent(page)).toContainText("An edited copy of the capture.");

  await openEditor(page);
  await expect(editor(page).getByLabel("Target URL")).toHaveValue(target.url);
  target.stop();
});

const headerName = (page: Page, place: number) =>
  editor(page).getByLabel(`Name of header ${place}`, { exact: true });
const headerValue = (page: Page, place: number) =>
  editor(page).getByLabel(`Value of header ${place}`, { exact: true });

async function pasteInto(field: Locator, text: string) {
  await field.focus();
  await field.evaluate((element, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", pasted);
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }),
    );
  }, text);
}

test("headers are rows: some are the connection's own, pasted lines become more, wrong ones say why", async ({
  page,
  newBin,
  server,
}) => {
  const bin = await newBin();
  await exchange(
    server.port,
    `POST /in/${bin.id}/x HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nConnection: close\r\nx-one: 2\r\nContent-Length: 2\r\n\r\nok`,
  );
  const [capture] = await bin.all();
  const target = await startTarget("HTTP/1.1 204 No Content\r\n\r\n");
  await openDashboard(page, bin, capture!.id);
  await openEditor(page);
  await editor(page).getByLabel("Target URL").fill(target.url);
  await expect(headerName(page, 1)).toHaveAccessibleDescription(/the target's own host/);
  await expect(headerName(page, 2)).toHaveAccessibleDescription("");
  await expect(headerName(page, 5)).toHaveAccessibleDescription(/the length of what goes out/);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  // By keyboard: remove the second, and the focus is where the next one can be removed.
  await editor(page).getByRole("button", { name: "Remove header 2" }).press("Enter");
  await expect(editor(page).getByRole("button", { name: "Remove header 2" })).toBeFocused();
  await editor(page).getByRole("button", { name: "Add a header" }).press("Enter");
  await expect(headerName(page, 5)).toBeFocused();
  await pasteInto(headerName(page, 5), "X-Two: a: b\r\nx-one: 2\r\n");
  await expect(headerValue(page, 6)).toBeFocused();
  await expect(headerName(page, 6)).toHaveValue("x-one");
  await editor(page).getByRole("button", { name: "Move header 6 up" }).click();

  await headerName(page, 6).fill("X Two");
  await expect(editor(page).getByRole("alert")).toHaveText(/^A header name has only letters/);
  await editor(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(headerName(page, 6)).toBeFocused();
  await headerName(page, 6).fill("");
  await expect(editor(page).getByRole("alert")).toHaveText("A header has a name");
  await headerName(page, 6).fill("X-Two");
  await headerValue(page, 6).fill("→");
  await expect(editor(page).getByRole("alert")).toHaveText(/^A header value has no/);
  await headerValue(page, 6).fill("a: b");
  await editor(page).getByRole("button", { name: "Send", exact: true }).click();
  await expect(resent(page).getByRole("button", { name: /204 No Content/ })).toBeVisible();
  expect(target.received[0]).toBe(
    `POST /base/x HTTP/1.1\r\nHost: ${new URL(target.url).host}\r\nConnection: close\r\n` +
      "x-one: 2\r\nContent-Length: 2\r\nx-one: 2\r\nX-Two: a: b\r\n\r\nok",
  );
  target.stop();
});

test("a failure is named, with what to do", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin);
  await openDashboard(page, bin, id);
  await openEditor(page);
  await editor(page).getByLabel("Target URL").fill("http://127.0.0.1:1/");
  await editor(page).getByRole("button", { name: "Send", exact: true }).click();
  const line = resent(page).getByRole("button", { name: /The connection was refused/ });
  await expect(line).toHaveAttribute("aria-expanded", "true");
  await expect(resent(page)).toContainText("Check that the target is running, and the port.");
});

test("what a program sends shows up by itself", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin);
  await openDashboard(page, bin, id);
  await expect(
    captureDetail(page).getByRole("button", { name: "Resend this capture" }),
  ).toBeVisible();
  await bin.api(`/captures/${id}/resend`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url: "http://127.0.0.1:1/" }),
  });
  await expect(
    resent(page).getByRole("button", { name: /The connection was refused/ }),
  ).toBeVisible();
});

function jsonAnswer(status: string, body: string, header: string) {
  return `HTTP/1.1 ${status}\r\nContent-Type: application/json\r\n${header}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

const comparison = (page: Page) => page.getByRole("dialog", { name: "Compare responses" });
const part = (page: Page, name: string) =>
  comparison(page).getByRole("region", { name, exact: true });

async function pickAttempt(page: Page, side: "Left" | "Right", attempt: number) {
  const select = comparison(page).getByLabel(side);
  const option = select.locator("option", { hasText: `#${attempt} ` });
  await select.selectOption(await option.getAttribute("value"));
}

async function sendByProgram(bin: TestBin, id: string, url: string) {
  await bin.api(`/captures/${id}/resend`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ url }),
  });
}

test("any two attempts are compared, at first with the one before", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/hook", { method: "POST", body: "x" });
  const target = await startTarget(
    jsonAnswer("502 Bad Gateway", '{"ok":false,"n":1,"same":true}', "X-Try: one"),
    jsonAnswer("200 OK", '{"ok":true,"n":1,"same":true}', "X-Try: two"),
    jsonAnswer("200 OK", '{"ok":true,"n":3,"same":true}', "X-Try: two"),
  );
  await sendByProgram(bin, id, target.url);
  await openDashboard(page, bin, id);
  await expect(resent(page).getByRole("button", { name: /502 Bad Gateway/ })).toBeVisible();
  await expect(resent(page).getByRole("button", { name: "Compare responses" })).toHaveCount(0);
  await sendByProgram(bin, id, target.url);
  await sendByProgram(bin, id, "http://127.0.0.1:1/");
  await sendByProgram(bin, id, target.url);
  await expect(resent(page).getByRole("button", { name: /^#4/ })).toBeVisible();

  // The third has no response: the fourth is compared with the second.
  await resent(page).getByRole("button", { name: "Compare responses" }).click();
  const status = comparison(page).getByRole("status");
  await expect(status).toHaveText("1 difference");
  await expect(part(page, "Status line")).toContainText("Identical.");
  await expect(part(page, "Body").locator("mark")).toHaveText(["1", "3"]);

  await pickAttempt(page, "Left", 1);
  await expect(status).toHaveText("5 differences");
  await expect(part(page, "Status line")).toContainText("502");
  await expect(part(page, "Headers")).toContainText("changed: X-Try: one");
  await expect(part(page, "Body")).toContainText("compared as JSON");
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

  await comparison(page).getByRole("button", { name: "Swap sides" }).click();
  await expect(part(page, "Body").locator("mark").last()).toHaveText("1");

  await pickAttempt(page, "Right", 3);
  await expect(status).toHaveText(
    "Attempt #3 has no response to compare: The connection was refused",
  );
  await pickAttempt(page, "Right", 4);
  await expect(status).toHaveText(/^Both sides are attempt #4/);
  await comparison(page).getByRole("button", { name: "Close" }).click();
  await expect(comparison(page)).toBeHidden();
  target.stop();
});

test("an attempt's own button compares it, and the keyboard alone does", async ({
  page,
  newBin,
}) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/hook", { method: "POST", body: "x" });
  const target = await startTarget(
    jsonAnswer("200 OK", '{"a":1,"b":2,"c":3}', "X-Try: one"),
    jsonAnswer("200 OK", '{"a":9,"b":2,"c":8}', "X-Try: one"),
  );
  await sendByProgram(bin, id, target.url);
  await sendByProgram(bin, id, target.url);
  await sendByProgram(bin, id, "http://127.0.0.1:1/");
  await openDashboard(page, bin, id);
  await resent(page).getByRole("button", { name: /^#3/ }).click();
  await expect(resent(page)).toContainText("Attempt #3 has no response to compare.");
  await resent(page).getByRole("button", { name: /^#2/ }).focus();
  await page.keyboard.press("Enter");
  const button = resent(page).getByRole("button", { name: "Compare with #1" });
  await button.focus();
  await page.keyboard.press("Enter");
  await expect(comparison(page).getByRole("status")).toHaveText("2 differences");
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.keyboard.press("n");
  expect(await focused()).toContain('"a": 9');
  await page.keyboard.press("n");
  expect(await focused()).toContain('"c": 8');
  await page.keyboard.press("Escape");
  await expect(comparison(page)).toBeHidden();
  await expect(button).toBeFocused();
  target.stop();
});

test.describe("on a phone", () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test("the two responses are below each other and nothing scrolls sideways", async ({
    page,
    newBin,
  }) => {
    const bin = await newBin();
    const id = await sendTo(bin);
    const long = "wide".repeat(200);
    const target = await startTarget(
      jsonAnswer("200 OK", JSON.stringify({ [long]: long }), `X-Try: ${long}`),
      jsonAnswer("503 Nope", JSON.stringify({ [long]: "b" }), "X-Try: b"),
    );
    await sendByProgram(bin, id, target.url);
    await sendByProgram(bin, id, `${target.url}/${long}`);
    await openDashboard(page, bin, id);
    await resent(page).getByRole("button", { name: "Compare responses" }).tap();
    await expect(comparison(page).getByRole("status")).toHaveText("5 differences");
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
      390,
    );
    const popup = await comparison(page).boundingBox();
    expect(popup!.x).toBeGreaterThanOrEqual(0);
    expect(popup!.x + popup!.width).toBeLessThanOrEqual(390);
    const marks = part(page, "Headers").locator("mark");
    const [left, right] = [await marks.first().boundingBox(), await marks.last().boundingBox()];
    expect(right!.y).toBeGreaterThan(left!.y);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    target.stop();
  });
});
