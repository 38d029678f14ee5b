import { METHODS } from "node:http";
import { describe, expect, test } from "vitest";
import { captureIdOf, latin1, serverForTests } from "../testing/conformance.ts";

const subject = serverForTests();

const head = (lines: string[]) => `${lines.join("\r\n")}\r\n\r\n`;

describe("methods", () => {
  // CONNECT asks for a tunnel and has tests of its own.
  test.each(METHODS.filter((method) => method !== "CONNECT"))("%s comes back", async (method) => {
    const bin = await subject.newBin();
    const request = head([`${method} /in/${bin.id}/a HTTP/1.1`, "Host: inlet.test"]);
    const response = await subject.exchange(request, method === "HEAD" ? "HEAD" : undefined);
    expect(response.status).toBe(200);
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(request);
    const [summary] = (await bin.page()).captures;
    expect(summary).toMatchObject({ method, path: "/a", query: null, problem: null, seq: 1 });
  });
});

describe("headers", () => {
  const roundTrip = async (lines: string[]) => {
    const bin = await subject.newBin();
    const request = head([`GET /in/${bin.id} HTTP/1.1`, ...lines]);
    expect(await subject.roundTrip(bin, request)).toBe(request);
  };

  test("keep their order, their case and their duplicates", () =>
    roundTrip([
      "zebra: 1",
      "Host: inlet.test",
      "ALPHA: 1",
      "X-Same: b",
      "x-same: a",
      "X-SAME: b",
      "Cookie: a=1",
      "Cookie: b=2",
      "User-Agent: one",
      "User-Agent: two",
      "Authorization: Basic x",
      "Authorization: Basic y",
      "mIxEd: 1",
    ]));

  test("may be empty", () => roundTrip(["Host: ", "X-Empty: ", "X-Also: "]));

  test("keep every byte from 0x80 to 0xff", () => {
    const high = String.fromCharCode(...Array.from({ length: 128 }, (_, i) => 128 + i));
    return roundTrip(["Host: inlet.test", `X-High: ${high}`, "X-Utf8: \xc3\xa9\xe2\x82\xac"]);
  });

  test("keep spaces, tabs, quotes and commas inside a value", () =>
    roundTrip(["Host: inlet.test", 'X-Value: a  b\tc , "d;e" \\ \x7ehttp://x/?y=1#z']));

  test("keep every character that a name may have", () =>
    roundTrip(["Host: inlet.test", "!#$%&'*+-.^_`|~09AZaz: 1"]));

  test("may be 3,000", () =>
    roundTrip([
      "Host: inlet.test",
      ...Array.from({ length: 3000 }, (_, i) => `X-${i}: value ${i}`),
    ]));

  test("may have a value of 64 KiB", () =>
    roundTrip(["Host: inlet.test", `X-Long: ${"abcdefgh".repeat(8192)}`]));

  test("named like properties of every object are headers like all others", () =>
    roundTrip(["Host: inlet.test", "__proto__: 1", "constructor: 2", "toString: 3"]));
});

describe("targets", () => {
  test.each([
    ["", "/", null],
    ["/", "/", null],
    ["?", "/", ""],
    ["?a=1", "/", "a=1"],
    ["/?", "/", ""],
    ["/a?b?c=?d", "/a", "b?c=?d"],
    ["/a%2Fb%zz%%2e", "/a%2Fb%zz%%2e", null],
    ["//a///b//", "//a///b//", null],
    ["/a/../../b/./c", "/a/../../b/./c", null],
    ["/a;v=1,2:3@4!$&'()*+=~", "/a;v=1,2:3@4!$&'()*+=~", null],
    ["/a#b?c#d", "/a#b", "c#d"],
    ['/"<>\\^`{|}', '/"<>\\^`{|}', null],
    ["/in/aaaaaaaaaaaaaaaaaaaa", "/in/aaaaaaaaaaaaaaaaaaaa", null],
  ])("/in/{bin}%s is left alone", async (rest, path, query) => {
    const bin = await subject.newBin();
    const target = `/in/${bin.id}${rest}`;
    const request = head([`GET ${target} HTTP/1.1`, "Host: inlet.test"]);
    expect(await subject.roundTrip(bin, request)).toBe(request);
    const [summary] = (await bin.page()).captures;
    expect(summary).toMatchObject({ path, query });
    expect(await bin.capture(summary!.id)).toMatchObject({ target });
  });

  test("of 100 KB are left alone", async () => {
    const bin = await subject.newBin();
    const [path, query] = [`/${"long".repeat(20_000)}`, "q".repeat(20_000)];
    const request = head([`GET /in/${bin.id}${path}?${query} HTTP/1.1`, "Host: inlet.test"]);
    expect(await subject.roundTrip(bin, request)).toBe(request);
    expect((await bin.page()).captures[0]).toMatchObject({ path, query });
  });

  test("in absolute form stay whole, with any scheme and host", async () => {
    const bin = await subject.newBin();
    for (const start of ["http://other.test", "HTTPS://u:p@Other.test:8443"]) {
      const target = `${start}/in/${bin.id}/a?b`;
      const request = head([`GET ${target} HTTP/1.1`, "Host: inlet.test"]);
      expect(await subject.roundTrip(bin, request)).toBe(request);
      const [summary] = (await bin.page()).captures;
      expect(summary).toMatchObject({ path: "/a", query: "b" });
    }
  });
});

describe("versions", () => {
  test.each([
    ["HTTP/1.0 without a body", "HTTP/1.0", [], ""],
    ["HTTP/1.0 with Content-Length", "HTTP/1.0", ["Content-Length: 5"], "hello"],
    ["HTTP/1.0 that keeps the connection", "HTTP/1.0", ["Connection: keep-alive"], ""],
    ["HTTP/1.1 without Host", "HTTP/1.1", [], ""],
    ["HTTP/1.1 with two Hosts", "HTTP/1.1", ["Host: a", "Host: b"], ""],
  ])("%s comes back", async (_name, version, lines, body) => {
    const bin = await subject.newBin();
    const request = `${head([`POST /in/${bin.id}/a ${version}`, ...lines])}${body}`;
    expect(await subject.roundTrip(bin, request)).toBe(request);
    const [summary] = (await bin.page()).captures;
    expect((await bin.capture(summary!.id)).httpVersion).toBe(version.slice(5));
  });
});
