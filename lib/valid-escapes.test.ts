import { expect, onTestFinished, test } from "vitest";
import { startServer } from "./testing/server.ts";
import { validEscapes } from "./valid-escapes.ts";

test.each([
  ["/bins/abc?q=%ff", "/bins/abc?q=%ff"],
  ["/a%20b/%C3%BC%2F", "/a%20b/%C3%BC%2F"],
  ["/%ff", "/%25ff"],
  ["/%zz/%", "/%25zz/%25"],
  ["/%C3%BC%C3", "/%25C3%25BC%25C3"],
  ["/%ed%a0%80?%", "/%25ed%25a0%2580?%"],
  ["", ""],
])("%j is read as %j", (target, read) => {
  expect(validEscapes(target)).toBe(read);
  expect(() => decodeURIComponent(read.split("?")[0]!)).not.toThrow();
});

test("what cannot be decoded is not there, on pages and in the API", async () => {
  const server = await startServer();
  onTestFinished(async () => {
    await server.stop();
  });
  for (const path of [
    "/%ff",
    "/bins/%ff",
    "/s/%ff",
    "/bins/a%2",
    "/api/v1/bins/%ff",
    "/api/v1/%",
  ]) {
    expect((await fetch(server.url + path)).status, path).toBe(404);
  }
});
