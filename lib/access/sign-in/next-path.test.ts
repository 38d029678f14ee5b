import fc from "fast-check";
import { expect, test } from "vitest";
import { nextPath } from "./next-path.ts";

test.each([
  ["/", "/"],
  ["/bins", "/bins"],
  ["/bins/abc?capture=1&q=a%20b#x", "/bins/abc?capture=1&q=a%20b#x"],
  ["/bins/abc?_rsc=1x2", "/bins/abc"],
  ["/bins/abc?q=1&_rsc=1x2", "/bins/abc?q=1"],
  ["/a/../bins", "/bins"],
])("%s leads to %s", (asked, path) => {
  expect(nextPath(asked)).toBe(path);
});

test.each([
  null,
  "",
  "bins",
  "https://evil.test/",
  "//evil.test",
  "/\\evil.test",
  "/\t/evil.test",
  "/\n\\evil.test",
  "/.//evil.test",
  "/a/..//evil.test",
  "/%2e//evil.test",
  "///evil.test",
  "/sign-in",
  "/sign-in?next=/sign-in",
  "/./sign-out",
  "/api/v1/bins",
  "javascript:alert(1)",
  "http://[",
])("%j leads to the start page", (asked) => {
  expect(nextPath(asked)).toBe("/");
});

test("nothing leads to another origin, whatever is asked for", () => {
  const part = fc.constantFrom(
    "/",
    "\\",
    ".",
    "..",
    "//",
    "%2e",
    "%2f",
    "\t",
    "\n",
    "@",
    ":",
    "evil.test",
    "?",
    "#",
    " ",
    "_rsc=",
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(part).map((parts) => parts.join("")),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(text, (rest) => {
      for (const asked of [rest, `/${rest}`]) {
        const path = nextPath(asked);
        for (const base of ["http://inlet.test", "https://inlet.test:8443/sign-in?next=x"]) {
          expect(new URL(path, base).origin).toBe(new URL(base).origin);
        }
        // As the value of a header.
        expect(path).toMatch(/^\/[\x21-\x7e]*$/);
      }
    }),
    { numRuns: 2_000 },
  );
});
