import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Capture } from "../contract/capture.ts";
import { expectHar } from "../testing/har-schema.ts";
import { HAR_END, HAR_START, harEntry } from "./har.ts";

const capture: Omit<Capture, "text"> = {
  id: "01J00000000000000000000000",
  binId: "abc",
  seq: 1,
  receivedAt: "2026-11-21T12:00:00.000Z",
  readMs: 1,
  method: "POST",
  target: "/in/abc",
  path: "/in/abc",
  query: null,
  httpVersion: "1.1",
  headers: [],
  trailers: [],
  contentType: null,
  remoteIp: "127.0.0.1",
  problem: null,
  truncated: false,
  note: null,
} as unknown as Omit<Capture, "text">;

const logOf = (change: Partial<Capture>, body: Uint8Array = new Uint8Array()) => {
  const entry = harEntry({
    capture: { ...capture, ...change },
    body,
    origin: "https://bin.example",
  });
  const log: unknown = JSON.parse(`${HAR_START}${JSON.stringify(entry)}${HAR_END}`);
  expectHar(log);
  return entry;
};

describe("the URL is one, and the target stays as it was sent", () => {
  test.each([
    ["/in/abc?a=1&b", "https://bin.example/in/abc?a=1&b"],
    ["/in/abc/a/../b%2fc", "https://bin.example/in/abc/a/../b%2fc"],
    ['/in/abc/[1]|"<x>?q={}#f%', "https://bin.example/in/abc/%5B1%5D%7C%22%3Cx%3E?q=%7B%7D%23f%25"],
    ["/in/abc/\xc3\xa4\xff", "https://bin.example/in/abc/%C3%A4%FF"],
    ["http://other.example/in/abc", "http://other.example/in/abc"],
    ["http://[::1]:80/in/abc", "http://[::1]:80/in/abc"],
    ["http://%zz[/in/abc", "https://bin.example/http://%25zz%5B/in/abc"],
    ["*", "https://bin.example"],
    ["bin.example:443", "https://bin.example/bin.example:443"],
    ["", "https://bin.example/"],
  ])("%s", (target, url) => {
    const entry = logOf({ target });
    expect(entry.request.url).toBe(url);
    expect(entry._inlet.target).toBe(target);
  });

  test("whatever is sent", () => {
    const latin1 = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((n) => String.fromCharCode(n)),
    });
    fc.assert(
      fc.property(
        fc.oneof(
          latin1,
          latin1.map((rest) => `/${rest}`),
          latin1.map((rest) => `http://${rest}`),
        ),
        fc.array(fc.tuple(fc.constantFrom("Cookie", "X-a"), latin1)),
        fc.uint8Array(),
        (target, headers, body) => {
          const query = target.includes("?") ? target.slice(target.indexOf("?") + 1) : null;
          logOf({ target, query, headers, contentType: headers[0]?.[1] ?? null }, body);
        },
      ),
    );
  });
});

test("a binary body is base64, and says so", () => {
  const body = Uint8Array.of(0, 255, 13, 10);
  expect(logOf({ contentType: "image/png" }, body).request.postData).toMatchObject({
    mimeType: "image/png",
    text: "AP8NCg==",
    _encoding: "base64",
  });
});
