import { startServer } from "#lib/testing/server.ts";
import { expect, openDashboard, sendTo, test } from "./fixtures.ts";

const nonceOf = (policy: string) => /'nonce-([^']+)'/.exec(policy)?.[1];

/** What is blocked is what the test is about. */
const BLOCKED = [/CSP: /, /violates the following Content Security Policy/, /Refused to /, /^csp /];

test.describe("a page's policy", () => {
  test("is strict, the same for every page, and has another nonce each time", async ({
    page,
    newBin,
    server,
  }) => {
    const bin = await newBin();
    const paths = ["/", "/bins", `/bins/${bin.id}`, "/nothing/here", "/bins/nope"];
    const nonces = new Set<string>();
    for (const path of [...paths, ...paths]) {
      // Somebody who can set headers cannot choose the nonce.
      const headers = {
        "content-security-policy": "script-src 'nonce-chosen'",
        "x-nonce": "chosen",
      };
      const response = await page.request.get(path, { headers });
      const policy = response.headers()["content-security-policy"]!;
      const nonce = nonceOf(policy)!;
      nonces.add(nonce);
      const parts = policy.split("; ");
      for (const part of [
        "default-src 'none'",
        `script-src 'nonce-${nonce}' ${server.publicUrl}/_next/`,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]) {
        expect(parts, path).toContain(part);
      }
      expect(policy.replace("style-src-attr 'unsafe-inline'", "")).not.toContain("unsafe");
      const html = await response.text();
      const scripts = html.match(/<script\b[^>]*>/g)!;
      expect(scripts.length).toBeGreaterThan(1);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
      expect(html).not.toContain("chosen");
      expect(html).not.toMatch(/<[^>]+\son[a-z]+=/);
    }
    expect(nonces.size).toBe(2 * paths.length);
  });

  test.describe("in a browser", () => {
    test("runs no script, style, frame or form that is not ours, a bin's reply among them", async ({
      page,
      newBin,
      expectedTrouble,
    }) => {
      expectedTrouble.push(...BLOCKED);
      const bin = await newBin({
        reply: {
          status: 200,
          headers: [["Content-Type", "text/javascript"]],
          body: "window.ran = 'reply'",
          delayMs: 0,
        },
      });
      await openDashboard(page, bin);
      const refused = await page.evaluate(async (url) => {
        const names: string[] = [];
        const all = new Promise<void>((resolve) => {
          document.addEventListener("securitypolicyviolation", (event) => {
            if (names.push(event.effectiveDirective) === 6) resolve();
          });
        });
        const host = document.createElement("div");
        document.body.append(host);
        host.innerHTML = `
          <img src="data:,x" onerror="window.ran = 'handler'">
          <style>body { outline: 9px solid red }</style>
          <base href="https://evil.test/">
          <iframe src="https://evil.test/"></iframe>
          <iframe srcdoc="<script>parent.ran = 'frame'</script>"></iframe>
          <object data="${url}"></object>`;
        // As markup that a parser meets; innerHTML alone never runs a script.
        host.append(
          document.createRange().createContextualFragment(`<script src="${url}"></script>`),
        );
        await all;
        return names;
      }, bin.captureUrl);
      expect(new Set(refused)).toEqual(
        new Set([
          "script-src-attr",
          "script-src-elem",
          "style-src-elem",
          "base-uri",
          "frame-src",
          "object-src",
        ]),
      );
      expect(await page.evaluate(() => (window as { ran?: string }).ran)).toBeUndefined();
    });
  });
});

test("other sites can neither frame a page, nor keep a hand on it, nor read where people come from", async ({
  page,
}) => {
  const headers = (await page.request.get("/")).headers();
  expect(headers).toMatchObject({
    "x-frame-options": "DENY",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  });
  expect(headers["permissions-policy"]).toContain("camera=()");
  expect(headers["strict-transport-security"]).toBeUndefined();
});

test("what the API answers cannot act as a page", async ({ page, newBin }) => {
  const bin = await newBin();
  const id = await sendTo(bin, "", { method: "POST", body: "<script>alert(1)</script>" });
  for (const path of ["/openapi.json", `/captures/${id}`, `/captures/${id}/body`, "/nothing"]) {
    const headers = (await page.request.get(`/api/v1${path}`)).headers();
    expect(headers).toMatchObject({
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
    });
  }
});

test("over TLS browsers are told to stay with it", async () => {
  const hsts = async (env: Record<string, string>, headers: Record<string, string> = {}) => {
    const server = await startServer(env);
    const response = await fetch(server.url, { headers });
    await response.text();
    await server.stop();
    return response.headers.get("strict-transport-security");
  };
  const forwarded = { "x-forwarded-proto": "https" };
  expect(await hsts({ PUBLIC_URL: "https://inlet.test" })).toBe("max-age=31536000");
  expect(await hsts({ TRUST_PROXY: "1" }, forwarded)).toBe("max-age=31536000");
  expect(await hsts({}, forwarded)).toBeNull();
});
