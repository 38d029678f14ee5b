import { expect, test } from "vitest";
import { previewDocument } from "./preview-document.ts";

const clean = { doctype: "", html: "<p>a</p>", styles: [] };

test("the policy comes before anything that was sent, and the doctype stays first", () => {
  expect(previewDocument({ ...clean, doctype: "<!DOCTYPE html>" }, "n")).toMatch(
    /^<!DOCTYPE html><meta http-equiv="Content-Security-Policy".*<p>a<\/p>$/,
  );
  expect(previewDocument(clean, "n")).toMatch(/^<meta http-equiv="Content-Security-Policy"/);
});

test("styles carry the page's nonce, and nothing in them ends their element", () => {
  const styles = [{ css: "p::after{content:'</style><script>'}", media: 'print" onload="x&' }];
  expect(previewDocument({ ...clean, styles }, "n0nce")).toContain(
    `<style nonce="n0nce" media="print&quot; onload=&quot;x&amp;">p::after{content:'<\\/style><script>'}</style><p>`,
  );
});
