import { expect, test } from "vitest";
import { decodeText } from "#components/body/decode-text.ts";

test("by the charset that was named", () => {
  const bytes = Uint8Array.from([0x63, 0xe9]);
  expect(decodeText(bytes, "text/plain; charset=ISO-8859-1").text).toBe("cé");
  expect(decodeText(bytes, "text/plain")).toEqual({
    text: "c\ufffd",
    charset: "utf-8",
    lossy: true,
  });
});

test("an unknown charset falls back to UTF-8", () => {
  expect(decodeText(Uint8Array.from([0x61]), 'text/plain; charset="nope"')).toEqual({
    text: "a",
    charset: "utf-8",
    lossy: false,
  });
});

test("a byte order mark stays", () => {
  expect(decodeText(Uint8Array.from([0xef, 0xbb, 0xbf, 0x61]), null).text).toBe("\ufeffa");
});
