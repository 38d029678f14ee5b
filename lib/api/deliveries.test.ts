import { describe, expect, test } from "vitest";
import { deliveriesSchema, deliverySchema, type ResendInput } from "#lib/contract/delivery.ts";
import { OK, startTarget } from "#lib/outbound/testing.ts";
import { expectProblem, type Owner, startApi } from "./testing.ts";

const api = await startApi();

async function captured(bytes = "hello") {
  const owner = await api.newOwner();
  const { id } = await api.capture(owner, Buffer.from(bytes, "latin1"));
  return { owner, id };
}

async function resend({ bearer: headers }: Owner, id: string, json: ResendInput) {
  const response = await api.call("POST", `/captures/${id}/resend`, { headers, json });
  expect(response.status).toBe(201);
  return deliverySchema.parse(await response.json());
}

describe("POST /captures/{id}/resend", () => {
  test("sends the capture as it came and says what came back", async () => {
    const target = await startTarget(
      "HTTP/1.1 500 Oh no\r\nX-a: 1\r\nContent-Length: 5\r\n\r\nwrong",
    );
    const { owner, id } = await captured("\u00ff\u0000\r\n");
    const delivery = await resend(owner, id, { url: target.url("/base/?a=1") });
    expect(delivery).toMatchObject({
      captureId: id,
      binId: owner.binId,
      method: "POST",
      url: target.url("/base/hook?a=1"),
      state: "succeeded",
      attempt: 1,
      request: { edited: false, bodySize: 4 },
      redirects: [],
      response: { status: 500, statusText: "Oh no", text: "wrong", bodySize: 5, truncated: false },
      error: null,
    });
    expect(target.received[0]).toMatch(/^POST \/base\/hook\?a=1 HTTP\/1.1\r\n/);
    expect(target.received[0]!.endsWith("\r\n\r\n\u00ff\u0000\r\n")).toBe(true);
    expect(delivery.request.notCarried.map(({ name }) => name)).toEqual(
      expect.arrayContaining(["host", "connection"]),
    );
  });

  test("sends what is given in its place", async () => {
    const target = await startTarget();
    const { owner, id } = await captured();
    const delivery = await resend(owner, id, {
      url: target.url("/own?x=1"),
      method: "PATCH",
      headers: [
        ["X-b", "1"],
        ["x-B", "2"],
      ],
      body: { text: "h\u00e9" },
      path: "replace",
    });
    expect(delivery.request.edited).toBe(true);
    expect(target.received).toEqual([
      `PATCH /own?x=1 HTTP/1.1\r\nHost: 127.0.0.1:${target.port}\r\nX-b: 1\r\nx-B: 2\r\n` +
        "Connection: close\r\nContent-Length: 3\r\n\r\nh\u00c3\u00a9",
    ]);
    const bytes = await resend(owner, id, { url: target.url(), body: { base64: "/wAN" } });
    expect(bytes.request.bodySize).toBe(3);
    expect(target.received[1]!.endsWith("\r\n\r\n\u00ff\u0000\r")).toBe(true);
  });

  test("leaves the capture as it is", async () => {
    const { owner, id } = await captured();
    const read = async () =>
      (await api.call("GET", `/captures/${id}`, { headers: owner.bearer })).json();
    const before = await read();
    await resend(owner, id, { url: "http://127.0.0.1:1/", method: "PUT", body: { text: "other" } });
    expect(await read()).toEqual(before);
  });

  test("is a delivery whatever came of it", async () => {
    const { owner, id } = await captured();
    expect(await resend(owner, id, { url: "http://127.0.0.1:1/" })).toMatchObject({
      state: "failed",
      response: null,
      error: { code: "connection_refused", phase: "connect" },
    });
  });

  test.each<[string, object, string]>([
    ["no URL", {}, "url"],
    ["no URL at all", { url: "localhost:3000" }, "url"],
    ["another scheme", { url: "ftp://localhost/" }, "url"],
    ["credentials in the URL", { url: "http://me:secret@localhost/" }, "url"],
    ["a method with a space", { url: "http://a/", method: "GET /x" }, "method"],
    ["CONNECT", { url: "http://a/", method: "CONNECT" }, "method"],
    ["a header name with a colon", { url: "http://a/", headers: [["a:b", ""]] }, "headers.0.0"],
    ["a line break in a value", { url: "http://a/", headers: [["a", "b\r\nc: d"]] }, "headers.0.1"],
    ["a body of two kinds", { url: "http://a/", body: { text: "", base64: "" } }, "body"],
    ["Base64 that is none", { url: "http://a/", body: { base64: "%" } }, "body.base64"],
    ["a time limit of zero", { url: "http://a/", timeoutMs: 0 }, "timeoutMs"],
    ["a word that is not known", { url: "http://a/", follow: true }, "follow"],
  ])("refuses %s and names the field", async (_what, json, field) => {
    const { owner, id } = await captured();
    const path = `/captures/${id}/resend`;
    const response = await api.call("POST", path, { headers: owner.bearer, json });
    const { errors } = await expectProblem(response, "invalid_request");
    expect(errors?.[0]?.field).toBe(field);
  });
});

describe("what was sent before", () => {
  test("is listed newest first, and read one by one with its bytes", async () => {
    const bytes = Buffer.from([0xff, 0, 13, 10]);
    const target = await startTarget(
      Buffer.concat([Buffer.from("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"), bytes]),
    );
    const { owner, id } = await captured();
    const headers = owner.bearer;
    const first = await resend(owner, id, { url: target.url() });
    const second = await resend(owner, id, { url: "http://127.0.0.1:1/" });
    const listed = await api.call("GET", `/captures/${id}/deliveries`, { headers });
    expect(deliveriesSchema.parse(await listed.json())).toEqual({ deliveries: [second, first] });
    const one = await api.call("GET", `/deliveries/${first.id}`, { headers });
    expect(deliverySchema.parse(await one.json())).toEqual(first);
    const body = await api.call("GET", `/deliveries/${first.id}/body`, { headers });
    expect(Buffer.from(await body.arrayBuffer())).toEqual(bytes);
    expect(body.headers.get("content-disposition")).toBe('attachment; filename="response-1.bin"');
    expect(body.headers.get("content-security-policy")).toContain("sandbox");
    const none = await api.call("GET", `/deliveries/${second.id}/body`, { headers });
    await expectProblem(none, "not_found");
  });

  test("has its text in the list up to 64 KiB, alone up to 1 MiB, and is cut there", async () => {
    const size = 1024 * 1024 + 1;
    const { owner, id } = await captured();
    const { bearer: headers } = owner;
    const answer = (length: number) =>
      `HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\n${"x".repeat(length)}`;
    const texts: [number, boolean, boolean][] = [];
    for (const length of [64 * 1024, 64 * 1024 + 1, size]) {
      const target = await startTarget(answer(length));
      const { id: deliveryId, response } = await resend(owner, id, { url: target.url() });
      expect(response?.truncated).toBe(length === size);
      expect(response?.bodySize).toBe(Math.min(length, 1024 * 1024));
      const list = await api.call("GET", `/captures/${id}/deliveries?limit=1`, { headers });
      const { deliveries } = deliveriesSchema.parse(await list.json());
      const one = await api.call("GET", `/deliveries/${deliveryId}`, { headers });
      const alone = deliverySchema.parse(await one.json());
      const has = (text: string | null | undefined) => typeof text === "string";
      texts.push([length, has(deliveries[0]?.response?.text), has(alone.response?.text)]);
    }
    expect(texts).toEqual([
      [64 * 1024, true, true],
      [64 * 1024 + 1, false, true],
      [size, false, true],
    ]);
  });

  test("a target that is used again gets a connection of its own", async () => {
    const target = await startTarget(OK);
    const { owner, id } = await captured();
    for (const attempt of [1, 2, 3]) {
      expect((await resend(owner, id, { url: target.url() })).attempt).toBe(attempt);
    }
    expect(target.received).toHaveLength(3);
  });
});
