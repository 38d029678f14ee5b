import { expect, test } from "vitest";
import { isLocalName, isLoopback } from "#components/browser-send/local-name.ts";
import { type FetchInput, neededAnswer, planFetch } from "#components/browser-send/plan-fetch.ts";
import type { HeaderPair } from "#lib/contract/reply.ts";

const plan = (part: Partial<FetchInput> = {}) =>
  planFetch({
    url: "http://localhost:8080/",
    method: "POST",
    headers: [],
    bodySize: 2,
    pageProtocol: "http:",
    ...part,
  });

test("what a page may not set is not handed over, and says so", () => {
  const headers: HeaderPair[] = [
    ["Host", "a"],
    ["X-A", "1"],
    ["cookie", "a=1"],
    ["Sec-Fetch-Mode", "cors"],
    ["Proxy-Authorization", "x"],
    ["X-HTTP-Method-Override", "TRACE"],
    ["X-HTTP-Method-Override", "PUT"],
    ["x-a", "2"],
  ];
  const { headers: sent, notes } = plan({ headers });
  expect(sent).toEqual([headers[1], headers[6], headers[7]]);
  expect(notes.map((note) => note?.startsWith("Not sent") ?? null)).toEqual([
    true,
    false,
    true,
    true,
    true,
    true,
    false,
    false,
  ]);
  expect(plan({ headers: [["X-B", "1"]] }).notes).toEqual([null]);
});

test.each<[HeaderPair[]]>([
  [[]],
  [[["Content-Type", "Text/Plain; charset=utf-8"]]],
  [[["content-type", "multipart/form-data; boundary=x-1"]]],
  [
    [
      ["Accept", "*/*"],
      ["Accept-Language", "en-GB,en;q=0.5"],
    ],
  ],
  [[["Host", "a"]]],
])("%j asks nobody", (headers) => {
  expect(plan({ headers }).preflight).toEqual([]);
});

test.each<[HeaderPair[], string[]]>([
  [[["Content-Type", "application/json"]], ["content-type"]],
  [[["Content-Type", 'multipart/form-data; boundary="x"']], ["content-type"]],
  [[["Accept", "a".repeat(129)]], ["accept"]],
  [[["Accept-Language", "en_GB"]], ["accept-language"]],
  [
    [
      ["X-B", "1"],
      ["X-A", "1"],
      ["x-b", "2"],
    ],
    ["x-a", "x-b"],
  ],
  [
    [
      ["Content-Type", "text/plain"],
      ["content-type", "text/plain"],
    ],
    ["content-type"],
  ],
])("%j asks for %j", (headers, asksFor) => {
  // Two of a name are one value with a comma between, which is no longer a form's type.
  expect(plan({ headers }).asksFor).toEqual(asksFor);
});

test("a method asks as well, and the answer that is needed names all", () => {
  const asked = plan({ method: "put", headers: [["X-A", "1"]] });
  expect(asked.preflight).toEqual(["the method PUT", "the header x-a"]);
  expect(neededAnswer(asked).preflight).toBe(
    "Access-Control-Allow-Origin: *\nAccess-Control-Allow-Methods: PUT\nAccess-Control-Allow-Headers: x-a",
  );
  expect(plan({ method: "patch" }).preflight).toEqual(["the method patch"]);
  expect(neededAnswer(plan()).preflight).toBeNull();
});

test.each<[Partial<FetchInput>, RegExp]>([
  [{ method: "GET" }, /no body with GET/],
  [{ method: "head" }, /no body with HEAD/],
  [{ method: "TRACE" }, /No page may send TRACE/],
  [{ method: "" }, /not a method/],
  [{ url: "http://a:b@localhost/" }, /user name and password/],
  [{ url: "http://localhost:6000/" }, /connects to port 6000/],
  [{ headers: [["a b", "1"]] }, /may have the header a b/],
])("%j is impossible", (part, why) => {
  expect(plan(part).impossible).toMatch(why);
});

test("http from an https page is blocked except to this device", () => {
  const mixed = (url: string) => plan({ url, pageProtocol: "https:" }).mixed;
  expect(mixed("http://192.168.1.4/")).toBe(true);
  expect(mixed("https://192.168.1.4/")).toBe(false);
  expect(mixed("http://localhost:1/")).toBe(false);
  expect(mixed("http://[::1]/")).toBe(false);
  expect(plan({ url: "http://192.168.1.4/" }).mixed).toBe(false);
});

test.each([
  "localhost",
  "api.localhost",
  "127.9.9.9",
  "[::1]",
  "10.0.0.1",
  "172.16.0.1",
  "192.168.0.1",
  "169.254.1.1",
  "100.64.0.1",
  "[fd00::1]",
  "[fe80::1]",
  "printer",
  "nas.local",
  "x.internal",
])("%s is near", (name) => {
  expect(isLocalName(name)).toBe(true);
});

test.each(["example.com", "8.8.8.8", "172.32.0.1", "100.128.0.1", "[2001:db8::1]", "local.dev"])(
  "%s is not",
  (name) => {
    expect(isLocalName(name)).toBe(false);
    expect(isLoopback(name)).toBe(false);
  },
);
