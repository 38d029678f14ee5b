import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compressFiles } from "./build/compress-files.mjs";
import { compressedFiles } from "./compressed-files.ts";

const SCRIPT = `"use strict";${"let ä = 1;".repeat(500)}`;
const folder = mkdtempSync(join(tmpdir(), "inlet-files-"));
let server: Server;

beforeAll(async () => {
  mkdirSync(join(folder, "chunks"));
  for (const name of ["chunks/a.js", "chunks/gone.js", "style.css", "icon.svg"]) {
    writeFileSync(join(folder, name), SCRIPT);
  }
  writeFileSync(join(folder, "small.js"), "1");
  await compressFiles(folder);
  const handle = compressedFiles({
    urlPrefix: "/_next/static/",
    folder,
    otherwise: (_req, res) => res.end("otherwise"),
  });
  rmSync(join(folder, "chunks/gone.js.br"));
  server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

type Ask = { method?: string; encoding?: string; range?: string };

function ask(path: string, { method = "GET", encoding = "gzip, deflate, br", range }: Ask = {}) {
  const headers = { "accept-encoding": encoding, ...(range && { range }) };
  const { port } = server.address() as AddressInfo;
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", path, method, headers }, (res) => {
        const chunks: Buffer[] = [];
        res.on("data", (chunk) => chunks.push(chunk));
        res.on("end", () =>
          resolve({ status: res.statusCode!, headers: res.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on("error", reject).end();
    },
  );
}

test("a script comes as the build compressed it, to be kept for good", async () => {
  const { status, headers, body } = await ask("/_next/static/chunks/a.js?dpl=1");
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    "content-type": "text/javascript; charset=utf-8",
    "content-encoding": "br",
    "cache-control": "public, max-age=31536000, immutable",
    vary: "Accept-Encoding",
  });
  expect(brotliDecompressSync(body).toString()).toBe(SCRIPT);
  const style = await ask("/_next/static/style.css", { method: "HEAD" });
  expect(style.headers).toMatchObject({ "content-type": "text/css; charset=utf-8" });
  expect(style.body).toHaveLength(0);
});

test.each<[string, string, Ask?]>([
  ["a client without Brotli", "/_next/static/chunks/a.js", { encoding: "gzip" }],
  ["a client that refuses it", "/_next/static/chunks/a.js", { encoding: "gzip, br;q=0" }],
  ["another method", "/_next/static/chunks/a.js", { method: "POST" }],
  ["what has no compressed copy", "/_next/static/icon.svg"],
  ["what is too small for one", "/_next/static/small.js"],
  ["the copy's own name", "/_next/static/chunks/a.js.br"],
  ["a way out of the folder", "/_next/static/../static/chunks/a.js"],
  ["another prefix", "/chunks/a.js"],
  ["a file that is gone since the start", "/_next/static/chunks/gone.js"],
])("leaves %s to what comes after", async (_name, path, options) => {
  const { headers, body } = await ask(path, options);
  expect(body.toString()).toBe("otherwise");
  expect(headers).not.toHaveProperty("content-encoding");
});

test("a range that makes no sense is refused", async () => {
  const beyond = await ask("/_next/static/chunks/a.js", { range: "bytes=900000-" });
  expect(beyond.status).toBe(416);
  expect(beyond.headers).not.toHaveProperty("content-encoding");
});
