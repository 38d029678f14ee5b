import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { previewDocument } from "./preview-document.ts";

/** Without what this puts in front. */
const tamed = (html: string) =>
  previewDocument(html, "n0nce").replace(/^(<!doctype html>)?<meta .*?<meta .*?>/i, "$1");

describe("what could reach the network past a policy is taken out", () => {
  test.each([
    ['<link rel=preconnect href="//x">', '<meta http-equiv="x-inert" rel=preconnect href="//x">'],
    [
      '<META HTTP-EQUIV=refresh content="0;//x">',
      '<meta http-equiv="x-inert" HTTP-EQUIV=refresh content="0;//x">',
    ],
    ["<base\nhref='//x'>", "<meta http-equiv=\"x-inert\"\nhref='//x'>"],
    ["<script src=x>1</script>", "<template src=x>1</template>"],
    ["<iframe/src=x></iframe>", "<template/src=x></template>"],
    ['<a href="//x" target=_top>', '<a target="_blank" ping="" href="//x" target=_top>'],
    ["<form action=//x>", '<form target="_blank" action=//x>'],
    ["<style>a{}</style>", '<style nonce="n0nce">a{}</style>'],
  ])("%s", (html, expected) => expect(tamed(html)).toBe(expected));
});

test.each(["<abbr>", "<address>", "<linked>", "<p>a < b</p>", "&lt;script&gt;", "<img src=x>"])(
  "%s stays",
  (html) => expect(tamed(html)).toBe(html),
);

test("the policy comes before anything that was sent, and the doctype stays first", () => {
  expect(previewDocument("<!DOCTYPE html><p>", "n")).toMatch(
    /^<!DOCTYPE html><meta http-equiv="Content-Security-Policy"/,
  );
  expect(previewDocument("<p>", "n")).toMatch(/^<meta http-equiv="Content-Security-Policy"/);
});

test("none of these tags is left, whatever is around them", () => {
  const soup = fc
    .array(
      fc.constantFrom(
        "<",
        "link",
        "LINK",
        "base",
        "script",
        "</",
        ">",
        " ",
        "/",
        "=",
        '"',
        "'",
        "\n",
        "<!--",
        "a",
        "x",
        "\0",
        "&lt;",
      ),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(soup, (html) => {
      expect(tamed(html)).not.toMatch(/<(link|base|script)[\s/>]/i);
    }),
    { numRuns: 2_000 },
  );
});
