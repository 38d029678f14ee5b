import AxeBuilder from "@axe-core/playwright";
import { expect, sendTo, test } from "./fixtures.ts";
import { share, stranger } from "./sharing.ts";

const CONTENT = /orders|blue-shop|ada@|[0-9a-z]{20}/;

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [
    { width: 1360, height: 850 },
    { width: 390, height: 844 },
  ]) {
    test(`shared pages can be used by everybody, ${colorScheme}, ${viewport.width} px`, async ({
      browser,
      newBin,
    }) => {
      const bin = await newBin();
      const id = await sendTo(bin, "/orders?page=2&token=t0k3n123", {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Shop": "blue-shop" },
        body: JSON.stringify({ id: 7, email: "ada@example.com", api_key: "k3y12345" }),
      });
      await sendTo(bin, "/orders/2", { method: "POST", body: "plain" });
      const reader = await stranger(browser, { colorScheme, viewport });
      const { page } = reader;
      const expectClean = async () => {
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        const overflow = await page.evaluate(() => {
          const { scrollWidth, clientWidth } = document.documentElement;
          return scrollWidth - clientWidth;
        });
        expect(overflow).toBeLessThanOrEqual(0);
      };

      const ofCapture = await share(bin, `/captures/${id}`, { allow: { resend: true } });
      await page.goto(ofCapture.url);
      await expect(page.getByRole("tree", { name: "JSON" })).toContainText(
        '"api_key": "[redacted]"',
      );
      await expect(page.getByRole("button", { name: "Resend…" })).toBeVisible();
      await expectClean();

      const ofBin = await share(bin, `/bins/${bin.id}`);
      await page.goto(ofBin.url);
      await expect(page.getByRole("status").filter({ hasText: /^Live$/ })).toBeVisible();
      await expectClean();
      await page.getByRole("navigation", { name: "Captures" }).getByRole("link").last().click();
      await expect(page.getByRole("tree", { name: "JSON" })).toBeVisible();
      await expectClean();

      await bin.api(`/shares/${ofBin.id}`, { method: "DELETE" });
      await expect(page.getByRole("main").getByRole("alert")).toContainText("This link has ended");
      await expectClean();
      expect(reader.trouble).toEqual([]);
      expect((await page.reload())!.status()).toBe(410);
      await expectClean();
      await reader.close();
    });
  }
}

test("what others are told of a link says nothing of what it shows", async ({ newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "/orders", { headers: { "X-Shop": "blue-shop" } });
  for (const path of [`/captures/${id}`, `/bins/${bin.id}`]) {
    const { url } = await share(bin, path);
    const response = await fetch(url);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "referrer-policy": "no-referrer",
      "x-robots-tag": "noindex, nofollow",
      "cache-control": expect.stringContaining("no-store"),
    });
    const head = (await response.text()).split("</head>")[0]!;
    const told = [
      ...head.matchAll(/<title>([^<]*)|<meta (?:name|property)="([^"]*)" content="([^"]*)"/g),
    ]
      .filter(([, , name]) => name !== "viewport")
      .map(([, title, , content]) => title ?? content ?? "");
    expect(told).toContain("Shared with you · Inlet");
    expect(told).toContain("noindex, nofollow");
    expect(told.filter((text) => CONTENT.test(text))).toEqual([]);
  }
});
