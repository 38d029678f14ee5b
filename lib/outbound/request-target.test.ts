import { expect, test } from "vitest";
import { targetBelow } from "./request-target.ts";

test.each([
  ["http://a", "/", null, "/"],
  ["http://a/", "/x", null, "/x"],
  ["http://a/hook", "/", null, "/hook"],
  ["http://a/hook/", "/", null, "/hook/"],
  ["http://a/hook", "/x/y", null, "/hook/x/y"],
  ["http://a/hook/", "/x", null, "/hook/x"],
  ["http://a/hook", "//x/../%2E", null, "/hook//x/../%2E"],
  ["http://a/hook", "/", "b=1&b=%00", "/hook?b=1&b=%00"],
  ["http://a/hook?a=1", "/x", "b=2", "/hook/x?a=1&b=2"],
  ["http://a/hook?a=1", "/x", null, "/hook/x?a=1"],
  ["http://a/hook", "/x", "", "/hook/x?"],
  ["http://a/hook#part", "/x", null, "/hook/x"],
  ["http://a", "*", null, "*"],
  ["http://a/hook", "*", null, "/hook"],
  ["http://a/\u00e9", "/\u00e9", "\u00e9", "/%C3%A9/\u00e9?\u00e9"],
])("%s and %s?%s", (url, path, query, target) => {
  expect(targetBelow(new URL(url), path, query)).toBe(target);
});
