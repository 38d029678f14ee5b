import { expect, test } from "vitest";
import type { HeaderPair } from "../contract/reply.ts";
import { compileAnswer } from "./target-answer.ts";

const HEADERS: HeaderPair[] = [
  ["Content-Type", "text/html"],
  ["Content-Encoding", "gzip"],
  ["Transfer-Encoding", "chunked"],
  ["Connection", "close, X-Hop"],
  ["X-Hop", "1"],
  ["Keep-Alive", "timeout=5"],
  ["Date", "Sat, 21 Nov 2026 12:00:00 GMT"],
  ["Inlet-Capture", "forged"],
  ["X-Broken", "a\u0000b"],
  ["Set-Cookie", "a=1"],
  ["Set-Cookie", "b=2"],
  ["Content-Security-Policy", "sandbox allow-scripts"],
];
const body = Buffer.from([0, 255]);

test("keeps what is the target's to say, and nothing of its connection", () => {
  const reply = compileAnswer({ status: 418, headers: HEADERS, body })!;
  const names = reply.headers.filter((_, i) => i % 2 === 0);
  expect(reply.status).toBe(418);
  expect(names.slice(0, 5)).toEqual([
    "Content-Type",
    "Content-Encoding",
    "Set-Cookie",
    "Set-Cookie",
    "Content-Security-Policy",
  ]);
  expect(reply.headers.join("\n")).not.toMatch(/X-Hop|Keep-Alive|forged|X-Broken|chunked/);
  expect(reply.body.equals(body)).toBe(true);
});

test("has no rights on the dashboard's origin", () => {
  const { sandboxedHeaders } = compileAnswer({ status: 200, headers: HEADERS, body })!;
  const text = sandboxedHeaders.join("\n");
  expect(text).not.toContain("Set-Cookie");
  expect(text).toContain("Content-Security-Policy\nsandbox\nX-Content-Type-Options\nnosniff");
});

test.each([101, 199, 600, 999])("%i is no status of a reply", (status) => {
  expect(compileAnswer({ status, headers: [], body })).toBeNull();
});
