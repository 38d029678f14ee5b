import { describe, expect, test } from "vitest";
import { captureIdOf, latin1, serverForTests } from "../testing/conformance.ts";
import type { RawResponse } from "../testing/raw-http.ts";

const get = (target: string, host = "inlet.test") =>
  `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`;

function expectNotFound(response: RawResponse) {
  expect(response.status).toBe(404);
  expect(response.header("content-type")).toBe("application/problem+json");
  expect(response.header("access-control-allow-origin")).toBe("*");
  expect(response.header("inlet-capture")).toBeUndefined();
  expect(JSON.parse(response.body.toString())).toEqual({
    type: "about:blank",
    title: "Not found",
    status: 404,
    detail: expect.stringContaining("No bin takes requests at this URL"),
    code: "not_found",
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
}

describe("in path mode", () => {
  const subject = serverForTests();

  test("a bin's capture URL is below /in/ of the public URL", async () => {
    const bin = await subject.newBin();
    expect(bin.captureUrl).toBe(`http://localhost:${subject.server.port}/in/${bin.id}`);
  });

  test.each([
    "/in/",
    "/in/?a",
    "/in//",
    `/in/${"a".repeat(20)}`,
    `/in/${"a".repeat(20)}/path?query`,
    `/in/${"a".repeat(19)}`,
    `/in/${"a".repeat(21)}`,
    "/in/short/aaaaaaaaaaaaaaaaaaaaaaaaa",
    "/in/%61aaaaaaaaaaaaaaaaaaa",
    "http://other.test/in/",
  ])("%s belongs to no bin", async (target) => {
    expectNotFound(await subject.exchange(get(target)));
  });

  test("an id in capitals, or with anything after it, is another id", async () => {
    const bin = await subject.newBin();
    for (const id of [bin.id.toUpperCase(), `${bin.id}a`, `${bin.id}%20`, `${bin.id}#a`]) {
      expectNotFound(await subject.exchange(get(`/in/${id}`)));
    }
    expect((await bin.get()).captureCount).toBe(0);
  });

  test("no other path is taken, however much it looks like one", async () => {
    const bin = await subject.newBin();
    for (const target of ["/in", `//in/${bin.id}`, `/IN/${bin.id}`, `/x/../in/${bin.id}`]) {
      const response = await subject.exchange(get(target));
      expect(response.header("inlet-capture")).toBeUndefined();
    }
    expect((await bin.get()).captureCount).toBe(0);
  });

  test("a deleted bin takes nothing more", async () => {
    const bin = await subject.newBin();
    expect((await subject.exchange(get(`/in/${bin.id}`))).status).toBe(200);
    expect((await bin.api(`/bins/${bin.id}`, { method: "DELETE" })).status).toBe(204);
    expectNotFound(await subject.exchange(get(`/in/${bin.id}`)));
  });

  test("the Host header does not matter", async () => {
    const bin = await subject.newBin();
    for (const host of ["", "anything.test:1", `${bin.id}.hooks.test`]) {
      const request = get(`/in/${bin.id}`, host);
      expect(await subject.roundTrip(bin, request)).toBe(request);
    }
  });

  test("a reply runs without the dashboard's rights", async () => {
    const bin = await subject.newBin();
    const response = await subject.exchange(get(`/in/${bin.id}`));
    expect(response.header("content-security-policy")).toBe("sandbox");
    expect(response.header("x-content-type-options")).toBe("nosniff");
  });
});

describe("with CAPTURE_HOST", () => {
  const subject = serverForTests({
    CAPTURE_HOST: "*.Hooks.test",
    PUBLIC_URL: "https://inlet.test:8443",
  });

  test("a bin's capture URL is its own host, with the public URL's scheme and port", async () => {
    const bin = await subject.newBin();
    expect(bin.captureUrl).toBe(`https://${bin.id}.hooks.test:8443`);
  });

  test.each<[string, (id: string) => string]>([
    ["as it is", (id) => `${id}.hooks.test`],
    ["in capitals", (id) => `${id.toUpperCase()}.HOOKS.Test`],
    ["with a port", (id) => `${id}.hooks.test:8443`],
    ["with a trailing dot", (id) => `${id}.hooks.test.`],
    ["with a trailing dot and a port", (id) => `${id}.hooks.test.:8443`],
  ])("its host %s takes any path from the root", async (_name, host) => {
    const bin = await subject.newBin();
    for (const [target, path, query] of [
      ["/", "/", null],
      ["/?a", "/", "a"],
      ["/in/", "/in/", null],
      ["/api/v1/bins", "/api/v1/bins", null],
      ["/socket.io/?EIO=4", "/socket.io/", "EIO=4"],
      ["/healthz", "/healthz", null],
      ["//a/../b%2f", "//a/../b%2f", null],
    ]) {
      const request = get(target!, host(bin.id));
      expect(await subject.roundTrip(bin, request)).toBe(request);
      expect((await bin.page()).captures[0]).toMatchObject({ path, query });
    }
  });

  test("the asterisk form of OPTIONS comes back", async () => {
    const bin = await subject.newBin();
    const request = `OPTIONS * HTTP/1.1\r\nHost: ${bin.id}.hooks.test\r\n\r\n`;
    expect(await subject.roundTrip(bin, request)).toBe(request);
    expect((await bin.page()).captures[0]).toMatchObject({ path: "*", query: null });
  });

  test("a target in absolute form says the host, whatever Host says", async () => {
    const bin = await subject.newBin();
    for (const rest of ["", "/", "/a?b"]) {
      const request = get(`http://${bin.id}.hooks.test${rest}`, "other.test");
      expect(await subject.roundTrip(bin, request)).toBe(request);
      const [, path, query = null] = /^([^?]*)(?:\?(.*))?$/.exec(rest)!;
      const expected = { path: path || "/", query };
      expect((await bin.page()).captures[0]).toMatchObject(expected);
    }
  });

  test("the path of the dashboard's own host works as well", async () => {
    const bin = await subject.newBin();
    const request = get(`/in/${bin.id}/a`);
    expect(await subject.roundTrip(bin, request)).toBe(request);
  });

  test("hosts that can be no bin's are refused", async () => {
    for (const host of ["short.hooks.test", `a.${"a".repeat(20)}.hooks.test`, ".hooks.test"]) {
      expectNotFound(await subject.exchange(get("/", host)));
    }
    expectNotFound(await subject.exchange(get("/", `${"a".repeat(20)}.hooks.test`)));
  });

  test("other hosts are the dashboard's", async () => {
    const bin = await subject.newBin();
    for (const host of ["inlet.test", "hooks.test", `${bin.id}.hooks.test.evil.test`]) {
      const response = await subject.exchange(get("/healthz", host));
      expect(JSON.parse(response.body.toString())).toEqual({ status: "ok" });
    }
    expect((await bin.get()).captureCount).toBe(0);
  });

  test("a malformed request to its host is captured", async () => {
    const bin = await subject.newBin();
    const request = `GET /a HTTP/1.1\r\nHost: ${bin.id}.hooks.test\r\nBad Name: 1\r\n\r\n`;
    const response = await subject.exchange(request);
    expect(response.status).toBe(400);
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(request);
  });

  test("replies of its own host are not sandboxed, those below /in/ are", async () => {
    const bin = await subject.newBin();
    const own = await subject.exchange(get("/", `${bin.id}.hooks.test`));
    expect(own.header("inlet-capture")).toBeDefined();
    expect(own.header("content-security-policy")).toBeUndefined();
    expect(own.header("x-content-type-options")).toBeUndefined();
    const below = await subject.exchange(get(`/in/${bin.id}`));
    expect(below.header("content-security-policy")).toBe("sandbox");
  });
});
