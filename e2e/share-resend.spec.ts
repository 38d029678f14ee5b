import AxeBuilder from "@axe-core/playwright";
import { captureDetail, expect, openDashboard, sendTo, test } from "./fixtures.ts";
import { share, stranger } from "./sharing.ts";
import { startTarget } from "./target.ts";

const SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";
const ANSWER =
  'HTTP/1.1 502 Bad Gateway\r\nX-Twice: a\r\nContent-Type: application/json\r\nContent-Length: 14\r\n\r\n{"why":"down"}';

test("a reader sends on what a link shows, when whoever shared it allowed that", async ({
  page,
  browser,
  newBin,
}) => {
  const bin = await newBin();
  const id = await sendTo(bin, `/orders?access_token=${SECRET}`, {
    method: "POST",
    headers: { Authorization: `Bearer ${SECRET}`, "Content-Type": "application/json" },
    body: JSON.stringify({ id: 7, api_key: SECRET }),
  });
  await openDashboard(page, bin, id);
  await captureDetail(page).getByRole("button", { name: "Share this capture" }).click();
  const dialog = page.getByRole("dialog");
  const choice = dialog.getByLabel(/^Allow sending it on/);
  await expect(choice).not.toBeChecked();
  await choice.check();
  await expect(dialog).toContainText("What is hidden goes as [redacted], never as it was.");
  await dialog.getByRole("button", { name: "Create link" }).click();
  const url = (await dialog.getByLabel("The new link").textContent())!;
  await expect(dialog.getByRole("listitem").last()).toContainText(
    "sending on allowed (0 times done)",
  );

  const target = await startTarget(ANSWER);
  const reader = await stranger(browser);
  await reader.page.goto(url);
  await reader.page.getByRole("button", { name: "Resend…" }).click();
  const editor = reader.page.getByRole("dialog", { name: /^Resend capture #1/ });
  await expect(editor).toContainText("What is hidden goes as [redacted]");
  await editor.getByLabel("Target URL").fill(target.url);
  expect((await new AxeBuilder({ page: reader.page }).analyze()).violations).toEqual([]);
  await editor.getByRole("button", { name: "Send", exact: true }).click();
  await expect(editor).toBeHidden();
  const outcome = reader.page.getByRole("region", { name: "What came of it" });
  await expect(outcome).toContainText("502 Bad Gateway");
  await expect(outcome.getByRole("tree", { name: "JSON" })).toContainText('"why": "down"');
  expect((await new AxeBuilder({ page: reader.page }).analyze()).violations).toEqual([]);
  expect(target.received[0]).toMatch(
    /^POST \/base\/orders\?access_token=\[redacted\] HTTP\/1.1\r\n/,
  );
  expect(target.received[0]).toContain('{"id":7,"api_key":"[redacted]"}');
  expect(target.received[0]).not.toContain(SECRET);
  target.stop();

  // The owner sees that it was done.
  await page.reload();
  await captureDetail(page).getByRole("button", { name: "Share this capture" }).click();
  await expect(dialog.getByRole("listitem").last()).toContainText(
    "sending on allowed (1 time done)",
  );
  await dialog.getByRole("button", { name: /^Revoke the link/ }).click();
  await expect(dialog.getByRole("button", { name: /^Revoke the link/ })).toHaveCount(0);

  await reader.page.getByRole("button", { name: "Resend…" }).click();
  await expect(editor).toContainText("This link was taken back");
  // What it loads is answered 410.
  expect(reader.trouble.every((line) => /410/.test(line))).toBe(true);
  await reader.close();
});

test("a link that is for reading alone has no button to resend, nor has one without JavaScript", async ({
  browser,
  newBin,
}) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/hook");
  for (const [input, options] of [
    [{}, {}],
    [{ allow: { resend: true } }, { javaScriptEnabled: false }],
  ] as const) {
    const { url } = await share(bin, `/captures/${id}`, input);
    const reader = await stranger(browser, options);
    await reader.page.goto(url);
    await expect(reader.page.getByRole("heading", { name: "Headers" })).toBeVisible();
    await expect(reader.page.getByRole("button", { name: /Resend/ })).toHaveCount(0);
    await reader.close();
  }
});
