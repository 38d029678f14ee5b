import { expect, test } from "vitest";
import { hexDump } from "#components/body/hex-dump.ts";

test("sixteen bytes a line, unprintable ones as dots", () => {
  const bytes = Uint8Array.from([...new TextEncoder().encode("Hello, world!"), 0, 255, 10, 65]);
  expect(hexDump(bytes)).toBe(
    [
      "00000000  48 65 6c 6c 6f 2c 20 77  6f 72 6c 64 21 00 ff 0a  Hello, world!...",
      "00000010  41                                                A",
    ].join("\n"),
  );
});

test("no bytes, no lines", () => {
  expect(hexDump(new Uint8Array(0))).toBe("");
});
