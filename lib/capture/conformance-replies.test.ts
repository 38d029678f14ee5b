import { describe, expect, test } from "vitest";
import type { Reply } from "../contract/reply.ts";
import { captureIdOf, latin1, serverForTests } from "../testing/conformance.ts";

const get = (binId: string, lines: string[] = [], method = "GET") =>
  `${[`${method} /in/${binId} HTTP/1.1`, "Host: inlet.test", ...lines].join("\r\n")}\r\n\r\n`;

const reply = (change: Partial<Reply>): { reply: Reply } => ({
  reply: { status: 200, headers: [], body: "", delayMs: 0, ...change },
});

describe("replies", () => {
  const subject = serverForTests();

  test("are 200, empty and open to every origin by default", async () => {
    const bin = await subject.newBin();
    const response = await subject.exchange(get(bin.id));
    expect(response.status).toBe(200);
    expect(response.body.byteLength).toBe(0);
    expect(response.header("content-length")).toBe("0");
    expect(response.header("access-control-allow-origin")).toBe("*");
    expect(response.header("access-control-expose-headers")).toBe("*");
    expect(captureIdOf(response)).toBe((await bin.page()).captures[0]!.id);
  });

  test("are what the bin says: status, headers as written and twice, body in UTF-8", async () => {
    const headers: [string, string][] = [
      ["X-One", "1"],
      ["x-TWO", "a"],
      ["X-Two", "b; \xff"],
      ["Content-Type", "text/plain; charset=utf-8"],
    ];
    const bin = await subject.newBin(reply({ status: 418, headers, body: "h\u00e9 \u20ac" }));
    const response = await subject.exchange(get(bin.id));
    expect(response.status).toBe(418);
    expect(response.headers).toEqual(expect.arrayContaining(headers));
    expect(response.body.toString()).toBe("h\u00e9 \u20ac");
    expect(response.header("content-length")).toBe("7");
  });

  test("keep CORS headers of their own", async () => {
    const headers: [string, string][] = [["Access-Control-Allow-Origin", "https://a.test"]];
    const bin = await subject.newBin(reply({ headers }));
    const response = await subject.exchange(get(bin.id));
    const cors = response.headers.filter(([name]) => /^access-control/i.test(name));
    expect(cors).toEqual(headers);
  });

  test.each([204, 304])("with %i have no body and no Content-Length", async (status) => {
    const bin = await subject.newBin(reply({ status }));
    const connection = await subject.connect();
    connection.send(get(bin.id) + get(bin.id));
    for (let i = 0; i < 2; i++) {
      const response = await connection.response();
      expect(response.status).toBe(status);
      expect(response.header("content-length")).toBeUndefined();
      expect(response.header("transfer-encoding")).toBeUndefined();
      captureIdOf(response);
    }
  });

  test("to HEAD have the length of the body and not the body", async () => {
    const bin = await subject.newBin(reply({ body: "hello" }));
    const connection = await subject.connect();
    connection.send(get(bin.id, [], "HEAD") + get(bin.id));
    const head = await connection.response("HEAD");
    expect(head.status).toBe(200);
    expect(head.header("content-length")).toBe("5");
    // Where a body had been sent, this one would begin with it.
    expect((await connection.response()).body.toString()).toBe("hello");
  });

  test("may be delayed; the capture is stored before", async () => {
    const bin = await subject.newBin(reply({ status: 201, delayMs: 30_000 }));
    const connection = await subject.connect();
    let isAnswered = false;
    connection.socket.once("data", () => {
      isAnswered = true;
    });
    connection.send(get(bin.id));
    await expect.poll(async () => (await bin.get()).captureCount).toBe(1);
    expect(isAnswered).toBe(false);
    const soon = await subject.newBin(reply({ status: 201, delayMs: 1 }));
    expect((await subject.exchange(get(soon.id))).status).toBe(201);
  });

  test("change for the next request once the bin is changed", async () => {
    const bin = await subject.newBin(reply({ status: 201 }));
    const patch = (body: unknown) =>
      bin.api(`/bins/${bin.id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      });
    expect((await subject.exchange(get(bin.id))).status).toBe(201);
    await patch(reply({ status: 202, body: "new" }));
    expect(await subject.exchange(get(bin.id))).toMatchObject({ status: 202 });
    await patch({ reply: null });
    expect((await subject.exchange(get(bin.id))).status).toBe(200);
  });

  test("to a CORS preflight allow what it asks for, and it is captured", async () => {
    const bin = await subject.newBin(reply({ status: 500, body: "no" }));
    const request = get(
      bin.id,
      [
        "Origin: https://app.test",
        "Access-Control-Request-Method: PURGE",
        "Access-Control-Request-Headers: x-one, Content-Type",
      ],
      "OPTIONS",
    );
    const response = await subject.exchange(request);
    expect(response.status).toBe(204);
    expect(response.header("access-control-allow-origin")).toBe("*");
    expect(response.header("access-control-allow-methods")).toBe("PURGE");
    expect(response.header("access-control-allow-headers")).toBe("x-one, Content-Type");
    expect(response.header("content-security-policy")).toBe("sandbox");
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(request);
  });

  test("to OPTIONS that is no preflight are the bin's own", async () => {
    const bin = await subject.newBin(reply({ status: 418 }));
    expect((await subject.exchange(get(bin.id, [], "OPTIONS"))).status).toBe(418);
  });
});

const ORIGIN_WIDE = [
  "Set-Cookie",
  "clear-site-data",
  "Strict-Transport-Security",
  "Alt-Svc",
  "Service-Worker-Allowed",
  "NEL",
  "Report-To",
  "Reporting-Endpoints",
];

const FRAMING = ["Connection", "Content-Length", "Date", "Inlet-Capture", "Transfer-Encoding"];

/** What the API says to a bin with this reply header. */
async function createWith(url: string, header: [string, string]) {
  const response = await fetch(`${url}/api/v1/bins`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(reply({ headers: [header] })),
  });
  return { status: response.status, problem: await response.json() };
}

describe("in path mode, a reply", () => {
  const subject = serverForTests();

  test.each(ORIGIN_WIDE)("cannot have %s, which acts on the dashboard's origin", async (name) => {
    const { status, problem } = await createWith(subject.server.url, [name, "a=1"]);
    expect(status).toBe(400);
    expect(problem.errors).toEqual([
      { field: "reply.headers.0.0", message: expect.stringContaining(name) },
    ]);
    const bin = await subject.newBin();
    const changed = await bin.api(`/bins/${bin.id}`, {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(reply({ headers: [[name, "a=1"]] })),
    });
    expect(changed.status).toBe(400);
    expect((await subject.exchange(get(bin.id))).header(name)).toBeUndefined();
  });

  test.each(FRAMING)("cannot have %s, which the connection decides", async (name) => {
    const { status, problem } = await createWith(subject.server.url, [name, "1"]);
    expect(status).toBe(400);
    expect(problem.errors[0].field).toMatch(/^reply\.headers/);
  });

  test.each([
    ["X-A", "a\r\nX-B: b"],
    ["X-A", "\u20ac"],
    ["X A", "a"],
    ["", "a"],
  ])("cannot have the header %j: %j", async (name, value) => {
    expect((await createWith(subject.server.url, [name, value])).status).toBe(400);
  });
});

describe("with CAPTURE_HOST, a reply", () => {
  const subject = serverForTests({ CAPTURE_HOST: "*.hooks.test" });
  const own = (binId: string) => `GET / HTTP/1.1\r\nHost: ${binId}.hooks.test\r\n\r\n`;

  test("of the bin's own host may have every header that acts on an origin", async () => {
    const headers = ORIGIN_WIDE.map((name): [string, string] => [name, "a=1"]);
    const bin = await subject.newBin(reply({ headers }));
    const response = await subject.exchange(own(bin.id));
    expect(response.headers).toEqual(expect.arrayContaining(headers));
  });

  test("below /in/ of the dashboard's host is sent without them", async () => {
    const headers = ORIGIN_WIDE.map((name): [string, string] => [name, "a=1"]);
    const bin = await subject.newBin(reply({ headers: [...headers, ["X-A", "1"]] }));
    const response = await subject.exchange(get(bin.id));
    expect(response.header("x-a")).toBe("1");
    for (const name of ORIGIN_WIDE) expect(response.header(name)).toBeUndefined();
  });

  test("still cannot have what the connection decides", async () => {
    expect((await createWith(subject.server.url, ["Content-Length", "1"])).status).toBe(400);
  });
});
