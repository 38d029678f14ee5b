import { describe, expect, test } from "vitest";
import { withholdCookie, withholdCookieLines } from "./own-cookie.ts";

const NAMES = ["inlet", "__Host-inlet"];
const GONE = "[withheld by Inlet]";

describe("Inlet's own cookie", () => {
  test.each([
    ["inlet=secret", `inlet=${GONE}`],
    ["a=1; inlet=secret; b=2", `a=1; inlet=${GONE}; b=2`],
    ["inlet=one;__Host-inlet=two;inlet=three", `inlet=${GONE};__Host-inlet=${GONE};inlet=${GONE}`],
    [" inlet =a=b=c", ` inlet =${GONE}`],
    ["inlet=", `inlet=${GONE}`],
  ])("is taken out of %j", (header, expected) => {
    expect(withholdCookie(header, NAMES)).toBe(expected);
  });

  test.each([
    "",
    ";",
    " ; ;",
    "inlet",
    "Inlet=x",
    "xinlet=1; inletx=2",
    "a=inlet=b",
    "=inlet",
    '"inlet=a"',
  ])("is not in %j, which stays as it is", (header) => {
    expect(withholdCookie(header, NAMES)).toBe(header);
  });

  test("is taken out of the cookie lines of bytes that are no request, and only there", () => {
    const bytes = (secret: string) =>
      Buffer.from(
        `X / Y\r\nCookie: a=\xff; inlet=${secret}\r\ncookie:inlet=${secret}\nX-Cookie: inlet=kept\r\n`,
        "latin1",
      );
    expect(withholdCookieLines(bytes("secret"), NAMES)).toEqual(bytes(GONE));
    const without = Buffer.from("GET / HTTP/1.1\r\nCookie: a=inlet\r\n\r\n");
    expect(withholdCookieLines(without, NAMES)).toBe(without);
  });
});
