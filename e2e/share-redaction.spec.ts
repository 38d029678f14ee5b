import { expect, sendTo, test } from "./fixtures.ts";
import { share, stranger } from "./sharing.ts";

const SECRET = "sk_live_4eC39HqLyjWDarjtT1zdp7dc";

test("nothing that a shared page loads, says or shows has what its link hides", async ({
  browser,
  newBin,
}) => {
  const bin = await newBin();
  const send = () =>
    sendTo(bin, `/orders?page=2&access_token=${SECRET}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${SECRET}`, "Content-Type": "application/json" },
      body: JSON.stringify({ id: 7, api_key: SECRET, log: `sent ${SECRET}` }),
    });
  const id = await send();
  const { url } = await share(bin, `/bins/${bin.id}`);
  const reader = await stranger(browser);
  const { page } = reader;
  const seen: Promise<string>[] = [];
  page.on("response", (response) => {
    // A response whose page is left has no text any more.
    seen.push(response.text().catch(() => ""));
  });
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => seen.push(Promise.resolve(String(payload))));
  });
  await page.goto(`${url}?capture=${id}`);
  const tree = page.getByRole("tree", { name: "JSON" });
  await expect(tree).toContainText('"log": "sent [redacted]"');
  await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
  await send();
  await expect(page.getByRole("navigation", { name: "Captures" }).getByRole("link")).toHaveCount(2);
  await page.getByRole("tab", { name: "Text", exact: true }).click();
  await expect(page.getByRole("document", { name: "Text" })).toContainText("[redacted]");
  seen.push(page.content());
  const texts = await Promise.all(seen);
  expect(texts.filter((text) => text.includes("[redacted]")).length).toBeGreaterThan(3);
  for (const text of texts) {
    for (const hidden of [SECRET, bin.id]) expect(text).not.toContain(hidden);
  }
  expect(reader.trouble).toEqual([]);
  await reader.close();
});
