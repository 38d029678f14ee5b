import { readFile } from "node:fs/promises";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { AxeBuilder } from "@axe-core/playwright";
import { compress, init } from "@bokuweb/zstd-wasm";
import type { Download, Page } from "@playwright/test";
import type { TestBin } from "#lib/testing/server.ts";
import {
  bodyRows,
  bodySection,
  captureDetail,
  expect,
  expectLines,
  expectPairs,
  openDashboard,
  sendTo,
  test,
} from "./fixtures.ts";

test.use({ permissions: ["clipboard-read", "clipboard-write"] });

const PNG = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

type Sent = { type?: string; encoding?: string; body: BodyInit; headers?: Record<string, string> };

async function show(page: Page, bin: TestBin, { type, encoding, body, headers }: Sent) {
  const id = await sendTo(bin, "", {
    method: "POST",
    headers: {
      ...headers,
      ...(type !== undefined && { "content-type": type }),
      ...(encoding !== undefined && { "content-encoding": encoding }),
    },
    body,
  });
  await openDashboard(page, bin, id);
  return id;
}

const tabs = (page: Page) => bodySection(page).getByRole("tab");
const tab = (page: Page, name: string) => tabs(page).filter({ hasText: new RegExp(`^${name}$`) });
const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());

async function bytesOf(download: Promise<Download>): Promise<Buffer> {
  return readFile(await (await download).path());
}

test.describe("the view follows the content", () => {
  const kinds: [name: string, sent: Sent, tabs: string[]][] = [
    ["JSON", { type: "application/json", body: "1" }, ["JSON", "Text", "Hex"]],
    ["JSON without a type", { body: Buffer.from('{"a":1}') }, ["JSON", "Text", "Hex"]],
    ["NDJSON", { type: "application/x-ndjson", body: '{"a":1}\n2' }, ["NDJSON", "Text", "Hex"]],
    ["NDJSON as text", { type: "text/plain", body: '{"a":1}\n[2]\n' }, ["NDJSON", "Text", "Hex"]],
    ["a form", { type: "application/x-www-form-urlencoded", body: "a=1" }, ["Form", "Text", "Hex"]],
    ["XML", { type: "application/soap+xml", body: "<a><b/></a>" }, ["XML", "Text", "Hex"]],
    ["HTML", { type: "text/html", body: "<p>hi</p>" }, ["HTML", "Preview", "Text", "Hex"]],
    ["PNG under a wrong name", { type: "application/json", body: PNG }, ["Image", "Hex", "Text"]],
    ["SVG", { type: "image/svg+xml", body: "<svg/>" }, ["Image", "XML", "Text", "Hex"]],
    ["PDF", { type: "application/pdf", body: "%PDF-1.7" }, ["PDF", "Text", "Hex"]],
    ["text", { type: "text/csv", body: "a,b" }, ["Text", "Hex"]],
    ["bytes", { body: Uint8Array.of(0, 1, 2, 255) }, ["Hex", "Text"]],
  ];
  for (const [name, sent, expected] of kinds) {
    test(name, async ({ page, newBin }) => {
      await show(page, await newBin(), sent);
      await expect(tabs(page)).toHaveText(expected);
      await expect(tabs(page).first()).toHaveAttribute("aria-selected", "true");
    });
  }
});

test("the chosen view is in the URL, and the content's own choice is not", async ({
  page,
  newBin,
}) => {
  await show(page, await newBin(), { type: "application/json", body: '{"a":1}' });
  await tab(page, "Hex").click();
  await expect(page).toHaveURL(/[?&]view=hex/);
  await page.reload();
  await expect(bodyRows(page, "Hex")).toContainText("7b 22 61 22 3a 31 7d");
  await tab(page, "JSON").click();
  await expect(page).not.toHaveURL(/view=/);
});

test.describe("JSON", () => {
  const body = '{"a":{"b":[1.0,"x"],"big":12345678901234567890},"text":"caf\\u00e9"}';

  test("folds, and is read by keyboard", async ({ page, newBin }) => {
    await show(page, await newBin(), { type: "application/json", body });
    const tree = bodyRows(page, "JSON");
    await tree.locator("[data-row='1'] [data-fold]").click();
    const folded = [
      "{",
      '  "a": {"b":[1.0,"x"],"big":12345678901234567890}2 keys,',
      '  "text": "caf\\u00e9"',
      "}",
    ];
    await expectLines(tree, folded);
    await tree.focus();
    await page.keyboard.press("ArrowRight");
    await expect(tree.getByRole("treeitem")).toHaveCount(10);
    for (const key of ["ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
    await expect(tree.getByRole("treeitem", { selected: true })).toHaveText('      "x"');
    for (const key of ["ArrowLeft", "ArrowLeft"]) await page.keyboard.press(key);
    await expect(tree.getByRole("treeitem", { selected: true })).toContainText('[1.0,"x"]2 items');
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await expect(tree.getByRole("treeitem")).toHaveCount(1);
  });

  test("values and paths are copied as they were sent", async ({ page, newBin }) => {
    await show(page, await newBin(), { type: "application/json", body });
    await bodyRows(page, "JSON")
      .locator("[data-row='6']")
      .click({ position: { x: 60, y: 8 } });
    await bodySection(page).getByRole("button", { name: "Copy path" }).click();
    await expect.poll(() => clipboard(page)).toBe("$.a.big");
    await bodySection(page).getByRole("button", { name: "Copy value" }).click();
    await expect.poll(() => clipboard(page)).toBe("12345678901234567890");
    await expect(bodySection(page)).toContainText("JSON.parse gives12345678901234567000");
    await bodySection(page).getByRole("button", { name: "Copy the body as sent" }).click();
    await expect.poll(() => clipboard(page)).toBe(body);
  });

  test("a string can be opened in a viewer of its own", async ({ page, newBin }) => {
    const inner = JSON.stringify({ type: "order.created", items: Array(30).fill("x") });
    await show(page, await newBin(), { type: "application/json", body: JSON.stringify({ inner }) });
    await bodyRows(page, "JSON")
      .locator("[data-row='1']")
      .click({ position: { x: 60, y: 8 } });
    await bodySection(page).getByRole("button", { name: "Open the string" }).click();
    await expect(bodySection(page).getByRole("tree")).toHaveCount(2);
    await expect(bodySection(page).getByRole("tree").last()).toContainText(
      '"type": "order.created"',
    );
  });

  test("find goes from match to match, into what is folded", async ({ page, newBin }) => {
    const values = Array.from({ length: 20 }, (_, index) => ({
      name: `item ${index}`,
      deep: { needle: index },
    }));
    await show(page, await newBin(), { type: "application/json", body: JSON.stringify(values) });
    await page.getByRole("button", { name: "Fold everything", exact: true }).click();
    await expect(bodyRows(page, "JSON").getByRole("treeitem")).toHaveCount(22);
    const field = page.getByRole("searchbox", { name: "Find in the body" });
    await field.fill("NEEDLE");
    await expect(bodySection(page).getByRole("status").filter({ hasText: "20" })).toBeVisible();
    await field.press("Enter");
    await expect(bodySection(page)).toContainText("1 of 20");
    await field.press("Shift+Enter");
    await expect(bodySection(page)).toContainText("20 of 20");
    await expect(bodyRows(page, "JSON").getByRole("treeitem", { selected: true })).toHaveText(
      '      "needle": 19',
    );
    await field.fill("nowhere");
    await expect(bodySection(page)).toContainText("None");
  });

  test("what is not valid says where and why, and shows the text", async ({ page, newBin }) => {
    await show(page, await newBin(), { type: "application/json", body: '{\n  "a": [1,, 2]\n}' });
    await expect(bodySection(page)).toContainText(
      'Not valid JSON: at line 2, column 11, there is "," where a value should be.',
    );
    await expect(bodyRows(page, "Text").locator("mark")).toHaveText(",");
    await expect(bodySection(page)).not.toContainText("indented");
  });

  test("lines of JSON are records, and others among them stay", async ({ page, newBin }) => {
    await show(page, await newBin(), {
      type: "application/jsonl",
      body: '{"a":1}\noops\n{"a":2}\n',
    });
    await expectLines(bodyRows(page, "JSON"), ["{", '  "a": 1', "}", "oops", "{", '  "a": 2', "}"]);
  });
});

test("XML is indented by its tags", async ({ page, newBin }) => {
  await show(page, await newBin(), { type: "text/xml", body: "<a x='1'><b>&amp;</b><c/></a>" });
  await expectLines(bodyRows(page, "XML"), ["<a x='1'>", "  <b>&amp;</b>", "  <c/>", "</a>"]);
  await show(page, await newBin(), { type: "text/xml", body: "<a><b></a>" });
  await expect(bodySection(page)).toContainText(
    "Not valid XML: at line 1, column 7, there is </a> where </b> should be.",
  );
});

test("a text is decoded by the charset that it names", async ({ page, newBin }) => {
  const body = Buffer.from("caf\xe9", "latin1");
  await show(page, await newBin(), { type: "text/plain; charset=iso-8859-1", body });
  await expectLines(bodyRows(page, "Text"), ["café"]);
  await expect(bodySection(page)).toContainText("Decoded as windows-1252");
  await show(page, await newBin(), { type: "text/plain", body });
  await expectLines(bodyRows(page, "Text"), ["caf\ufffd"]);
  await expect(bodySection(page)).toContainText("Some bytes are not utf-8");
});

test.describe("Content-Encoding", () => {
  const text = '{"hello":"world"}';
  const shown = ["{", '  "hello": "world"', "}"];
  test.beforeAll(init);

  type Pack = (bytes: Buffer) => Uint8Array;
  const packed: [encoding: string, pack: Pack, name?: string][] = [
    ["gzip", gzipSync],
    ["deflate", deflateSync],
    ["deflate", deflateRawSync, "deflate without its header"],
    ["br", brotliCompressSync],
    ["zstd", (bytes) => compress(bytes, 3)],
    ["br, gzip", (bytes) => gzipSync(brotliCompressSync(bytes))],
  ];
  for (const [encoding, pack, name = encoding] of packed) {
    test(`${name} is undone, marked, and kept as it came`, async ({ page, newBin }) => {
      const raw = Buffer.from(pack(Buffer.from(text)));
      await show(page, await newBin(), { type: "application/json", encoding, body: raw });
      await expectLines(bodyRows(page, "JSON"), shown);
      const order = encoding.split(", ").reverse().join(", then ");
      await expect(bodySection(page)).toContainText(`decoded from ${order}`);
      const asSent = page.waitForEvent("download");
      await bodySection(page).getByRole("link", { name: "Download as sent" }).click();
      expect(await bytesOf(asSent)).toEqual(raw);
      const decoded = page.waitForEvent("download");
      await bodySection(page).getByRole("button", { name: "Download decoded" }).click();
      expect((await bytesOf(decoded)).toString()).toBe(text);
      await bodySection(page).getByRole("button", { name: "Show as sent" }).click();
      await expect(bodyRows(page, "Hex")).toContainText(
        raw.subarray(0, 8).toString("hex").match(/../g)!.join(" "),
      );
      await bodySection(page).getByRole("button", { name: "Decode", exact: true }).click();
      await expectLines(bodyRows(page, "JSON"), shown);
    });
  }

  test("a bomb is cut at the limit and says so", async ({ page, newBin }) => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024, "bomb\n"));
    expect(bomb.length).toBeLessThan(64 * 1024);
    await show(page, await newBin(), { type: "text/plain", encoding: "gzip", body: bomb });
    await expect(bodySection(page)).toContainText(
      "This decodes to more than 32 MiB: it is cut there.",
    );
    await expect(bodyRows(page, "Text").locator("[data-line='3']")).toHaveText("bomb");
  });

  test("a stream that breaks off shows what could be decoded", async ({ page, newBin }) => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `line ${index * 7919}`).join("\n");
    const body = gzipSync(lines).subarray(0, 2_000);
    await show(page, await newBin(), { type: "text/plain", encoding: "gzip", body });
    await expect(bodySection(page)).toContainText("The gzip stream is damaged (it breaks off).");
    await expect(bodyRows(page, "Text").locator("[data-line='2']")).toHaveText("line 7919");
  });

  test("what is not encoded as it says is shown as it came", async ({ page, newBin }) => {
    await show(page, await newBin(), { type: "application/json", encoding: "gzip", body: text });
    await expect(bodySection(page)).toContainText(
      "Content-Encoding says “gzip”, but the bytes cannot be decoded as that",
    );
    await expectLines(bodyRows(page, "JSON"), shown);
    await show(page, await newBin(), { type: "text/plain", encoding: "compress", body: text });
    await expect(bodySection(page)).toContainText("this coding is not known");
  });
});

test.describe("nothing that was sent runs or loads", () => {
  const ATTACK = `
    <link rel="preconnect" href="https://attacker.example"><link rel="stylesheet" href="https://attacker.example/a.css">
    <meta http-equiv="refresh" content="0;url=https://attacker.example/refresh"><base href="https://attacker.example/">
    <script>parent.pwned = 1; top.location = "https://attacker.example/top"</script>
    <style>@import "https://attacker.example/b.css"; h1 { background: url(https://attacker.example/c.png) }</style>
    <style>h1 { color: rgb(1, 2, 3) }</style><h1 onclick="parent.pwned = 2">Heading</h1><img src="d.png" onerror="parent.pwned = 3">
    <iframe src="https://attacker.example/frame" srcdoc="<script>top.pwned = 4</script>"></iframe>
    <a href="https://attacker.example/link" target="_top" ping="/ping">link</a>
    <form action="https://attacker.example/form"><button>send</button></form>
    <svg><script>parent.pwned = 5</script><image href="https://attacker.example/e.png"/></svg>`;

  /** What leaves the browser: a request that a policy refused does not come as far as this. */
  async function watchRequests(page: Page): Promise<string[]> {
    const seen: string[] = [];
    await page.context().route(/attacker\.example/, (route) => {
      seen.push(route.request().url());
      return route.abort();
    });
    return seen;
  }

  test("of HTML", async ({ page, newBin, expectedTrouble }) => {
    // Of Playwright itself, which clicks with scripts that a frame without any does not run.
    expectedTrouble.push(/^console\.error: Blocked script execution in 'about:srcdoc'/);
    const seen = await watchRequests(page);
    await show(page, await newBin(), { type: "text/html", body: `<html>${ATTACK}</html>` });
    await expect(bodyRows(page, "Text")).toContainText("<h1 onclick=");
    await tab(page, "Preview").click();
    await expect(bodySection(page)).toContainText("Scripts, remote images and links are left out");
    const frame = page.locator("iframe[title='Preview of the HTML']");
    await expect(frame).toHaveAttribute("sandbox", "");
    const inside = frame.contentFrame();
    await expect(inside.getByRole("heading", { name: "Heading" })).toBeVisible();
    // Its own styles count, though the page's policy takes none without a nonce.
    await expect(inside.getByRole("heading")).toHaveCSS("color", "rgb(1, 2, 3)");
    await inside.getByRole("heading").click();
    await expect(inside.getByRole("link")).toHaveCount(0);
    await inside.getByText("link").click();
    await inside.getByRole("button", { name: "send" }).click();
    expect(
      await frame.evaluate((element: HTMLIFrameElement) => element.contentDocument),
    ).toBeNull();
    await expect(inside.getByRole("heading", { name: "Heading" })).toBeVisible();
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(page.context().pages()).toHaveLength(1);
    expect(seen).toEqual([]);
  });

  test("of SVG", async ({ page, newBin }) => {
    const seen = await watchRequests(page);
    const body = `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20" onload="parent.pwned=1"><script>parent.pwned=2</script><image href="https://attacker.example/a.png"/><foreignObject><img xmlns="http://www.w3.org/1999/xhtml" src="https://attacker.example/b.png"/></foreignObject></svg>`;
    await show(page, await newBin(), { type: "image/svg+xml", body });
    await expect(bodySection(page)).toContainText("40 × 20 pixels");
    // An origin of its own, should somebody open it by itself.
    await expect(bodySection(page).getByRole("img")).toHaveAttribute(
      "src",
      /^data:image\/svg\+xml;base64,/,
    );
    expect(await page.evaluate(() => "pwned" in window)).toBe(false);
    expect(seen).toEqual([]);
  });
});

test("a multipart body is shown part by part, as it was sent", async ({ page, newBin }) => {
  const form = new FormData();
  form.append("note", "héllo");
  form.append("payload", new Blob(['{"a":[1.0]}'], { type: "application/json" }), "payload.json");
  form.append("photo", new Blob([PNG], { type: "image/png" }), "dot.png");
  await show(page, await newBin(), { body: form });
  await expect(tabs(page).first()).toHaveText("Parts");
  const parts = bodySection(page).locator("details");
  await expect(parts).toHaveCount(3);
  await expect(parts.nth(0).getByRole("document")).toHaveText("héllo");
  await expect(parts.nth(1).locator("dt")).toHaveText(["Content-Disposition", "Content-Type"]);
  await expect(parts.nth(1).getByRole("tree")).toContainText("1.0");
  await expect(parts.nth(2).getByRole("img")).toBeVisible();
  const download = page.waitForEvent("download");
  await parts.nth(2).getByRole("button", { name: "Download" }).click();
  expect(await bytesOf(download)).toEqual(PNG);
  expect((await download).suggestedFilename()).toBe("dot.png");
});

test("JSON in a form's field can be read as that", async ({ page, newBin }) => {
  const body = new URLSearchParams({ payload: '{"id":1.0}', other: "x" });
  await show(page, await newBin(), { body });
  await expectPairs(page, "Body", [
    ["payload", '{"id":1.0}Read as JSON'],
    ["other", "x"],
  ]);
  await bodySection(page).getByRole("button", { name: "Read as JSON" }).click();
  await expectLines(bodySection(page).getByRole("tree"), ["{", '  "id": 1.0', "}"]);
});

test("tokens and times are decoded on demand, by keyboard too", async ({ page, newBin }) => {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const token = `${part({ alg: "HS256" })}.${part({ sub: "ada", exp: 1763730000 })}.c2ln`;
  await show(page, await newBin(), {
    type: "application/json",
    headers: { authorization: `Bearer ${token}` },
    body: '{"created":1763730000}',
  });
  const inHeader = captureDetail(page).getByRole("button", { name: "What Inlet reads here: JWT" });
  await inHeader.focus();
  await page.keyboard.press("Enter");
  const popover = page.getByRole("dialog");
  await expect(popover).toContainText("decoded JWT, signature not checked");
  await expect(popover).toContainText('{"sub":"ada","exp":1763730000}');
  await expect(popover).toContainText("2025-11-21 13:00:00 UTC");
  await page.keyboard.press("Escape");
  await expect(popover).toBeHidden();
  await bodyRows(page, "JSON").getByRole("button", { name: "What Inlet reads here: time" }).hover();
  await expect(popover).toContainText("read as Unix time in seconds");
  await popover.hover();
  await expect(popover).toBeVisible();
  await page.mouse.move(0, 0);
  await expect(popover).toBeHidden();
  await bodyRows(page, "JSON").focus();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  await expect(bodySection(page)).toContainText("$.created");
  await expect(bodySection(page)).toContainText("2025-11-21 13:00:00 UTC");
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`the views are accessible in the ${colorScheme} scheme`, async ({ page, newBin }) => {
    await page.emulateMedia({ colorScheme });
    const value = {
      id: 1,
      at: "2025-11-21T13:00:00Z",
      list: Array.from({ length: 20 }, (_, index) => index),
    };
    await show(page, await newBin(), { type: "application/json", body: JSON.stringify(value) });
    await bodyRows(page, "JSON")
      .locator("[data-row='2']")
      .click({ position: { x: 60, y: 8 } });
    for (const name of ["JSON", "Text", "Hex"] as const) {
      await tab(page, name).click();
      await expect(bodyRows(page, name)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).include("article").analyze();
      const grave = violations.filter(
        ({ impact }) => impact === "serious" || impact === "critical",
      );
      expect(grave.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    }
  });
}
