import { describe, expect, test } from "vitest";
import {
  captureIdOf,
  capturesOf,
  DATABASES,
  latin1,
  serverForTests,
} from "../testing/conformance.ts";
import type { RawResponse } from "../testing/raw-http.ts";
import type { TestBin } from "../testing/server.ts";

const problemOf = (response: RawResponse) => JSON.parse(response.body.toString());

// PostgreSQL looks a bin up over a connection, so a request is refused before its bin is known.
describe.each(DATABASES)("with %s", (database) => {
  const subject = serverForTests({}, database);

  /** The refused request must be the bin's newest capture and come back as it was sent. */
  const expectMalformed = async (bin: TestBin, response: RawResponse, sent: string) => {
    expect(response.status).toBe(400);
    expect(response.header("connection")).toBe("close");
    expect(problemOf(response)).toMatchObject({ code: "invalid_request", status: 400 });
    const capture = await bin.capture(captureIdOf(response));
    expect(capture).toMatchObject({ problem: "malformed", seq: (await bin.get()).captureCount });
    expect(capture.problemDetail).toMatch(/^HPE_/);
    expect(latin1(await bin.http(capture.id))).toBe(sent);
    return capture;
  };

  const get =
    (...lines: string[]) =>
    (id: string) =>
      `${[`GET /in/${id}/a?b HTTP/1.1`, "Host: inlet.test", ...lines].join("\r\n")}\r\n\r\n`;

  test.each<[string, (id: string) => string]>([
    ["a space in a header name", get("Bad Name: 1")],
    ["a space before the colon", get("Name : 1")],
    ["a header without a colon", get("Name")],
    ["an empty header name", get(": 1")],
    ["a byte over 0x7f in a header name", get("N\xe4me: 1")],
    ["NUL in a value", get("Name: a\0b")],
    ["a control character in a value", get("Name: a\x01b")],
    ["a folded value", get("Name: a\r\n b")],
    ["a line that ends in LF alone", get("Name: a\nOther: b")],
    ["a line that ends in CR alone", get("Name: a\rOther: b")],
    ["LF alone everywhere", (id) => `GET /in/${id} HTTP/1.1\nHost: a\n\n`],
    [
      "two different Content-Lengths",
      (id) => `${get("Content-Length: 2", "Content-Length: 3")(id)}abc`,
    ],
    ["two equal Content-Lengths", (id) => `${get("Content-Length: 2", "Content-Length: 2")(id)}ab`],
    ["a negative Content-Length", (id) => `${get("Content-Length: -1")(id)}a`],
    ["a Content-Length of no number", (id) => `${get("Content-Length: 1x")(id)}a`],
    ["a Content-Length beyond all numbers", get(`Content-Length: ${"9".repeat(30)}`)],
    [
      "Content-Length with Transfer-Encoding",
      (id) => `${get("Content-Length: 2", "Transfer-Encoding: chunked")(id)}0\r\n\r\n`,
    ],
    ["a Transfer-Encoding that is not chunked", (id) => `${get("Transfer-Encoding: gzip")(id)}abc`],
    ["a method of odd characters", (id) => `G@T /in/${id} HTTP/1.1\r\n\r\n`],
    ["a method that nobody registered", (id) => `FROBNICATE /in/${id} HTTP/1.1\r\n\r\n`],
    ["a method in lower case", (id) => `get /in/${id} HTTP/1.1\r\n\r\n`],
    ["a version that does not exist", (id) => `GET /in/${id} HTTP/3.7\r\n\r\n`],
    ["another protocol", (id) => `GET /in/${id} SIP/2.0\r\n\r\n`],
    ["a space in the target", (id) => `GET /in/${id}/a b HTTP/1.1\r\n\r\n`],
    ["bytes over 0x7f in the target", (id) => `GET /in/${id}/\x80\xff?\xc3\xa9 HTTP/1.1\r\n\r\n`],
    ["a header and no request line's version", (id) => `GET /in/${id} X: 1\r\n\r\n`],
  ])("%s comes back byte for byte", async (_name, write) => {
    const bin = await subject.newBin();
    const request = write(bin.id);
    await expectMalformed(bin, await subject.exchange(request), request);
    expect((await bin.get()).captureCount).toBe(1);
  });

  test("a refused request is recorded with what its first line says", async () => {
    const bin = await subject.newBin();
    const request = get("Bad Name: 1")(bin.id);
    const capture = await expectMalformed(bin, await subject.exchange(request), request);
    expect(capture).toMatchObject({
      method: "GET",
      target: `/in/${bin.id}/a?b`,
      path: "/a",
      query: "b",
      httpVersion: "1.1",
      headers: [],
      remoteIp: "127.0.0.1",
      text: request,
    });
  });

  const valid: [string, (id: string) => string][] = [
    ["without a body", (id) => `GET /in/${id}/valid HTTP/1.1\r\n\r\n`],
    ["with a body", (id) => `POST /in/${id}/valid HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello`],
    [
      "with a body that looks like a request",
      (id) =>
        `POST /in/${id}/valid HTTP/1.1\r\nContent-Length: 38\r\n\r\n\nGET /in/${id}/body H\r\n\r\n`,
    ],
    [
      "in chunks",
      (id) =>
        `POST /in/${id}/valid HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nA: b\r\n\r\n`,
    ],
  ];

  test.each(valid)(
    "after valid requests %s on its connection it is told apart",
    async (_name, write) => {
      const bin = await subject.newBin();
      const connection = await subject.connect();
      const first = write(bin.id);
      const bad = get("Bad Name: 1")(bin.id);
      connection.send(first + first + bad);
      for (const seq of [1, 2]) {
        const response = await connection.response();
        expect(response.status).toBe(200);
        const stored = await bin.capture(captureIdOf(response));
        expect(stored).toMatchObject({ path: "/valid", problem: null, seq });
      }
      await expectMalformed(bin, await connection.response(), bad);
      expect(latin1(await connection.rest())).toBe("");
      expect((await bin.get()).captureCount).toBe(3);
    },
  );

  test("its answer waits for those of the requests before it, however slow", async () => {
    const bin = await subject.newBin({
      reply: { status: 201, headers: [], body: "", delayMs: 300 },
    });
    const connection = await subject.connect();
    connection.send(valid[0]![1](bin.id));
    const bad = get("Bad Name: 1")(bin.id);
    connection.send(bad);
    expect((await connection.response()).status).toBe(201);
    await expectMalformed(bin, await connection.response(), bad);
  });

  test("what follows it on its connection makes no second capture", async () => {
    const bin = await subject.newBin({
      reply: { status: 201, headers: [], body: "", delayMs: 300 },
    });
    const connection = await subject.connect();
    const bad = get("Bad Name: 1")(bin.id);
    connection.send(valid[0]![1](bin.id) + bad);
    await capturesOf(bin, 1);
    // A packet of its own, while the refused request still waits for the delayed answer before it.
    connection.send(get("Bad Name: 2")(bin.id));
    expect((await connection.response()).status).toBe(201);
    await expectMalformed(bin, await connection.response(), bad);
    expect(latin1(await connection.rest())).toBe("");
    expect((await bin.get()).captureCount).toBe(2);
  });

  test("its sender gets the answer although it sends much more", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    connection.send(get("Bad Name: 1")(bin.id));
    connection.send("x".repeat(4 * 1024 * 1024));
    expect((await connection.response()).status).toBe(400);
    expect((await bin.all()).map(({ problem }) => problem)).toEqual(["malformed"]);
  });

  test("a broken chunk ends the body there, also when more follows", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    const head = `POST /in/${bin.id} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n`;
    connection.send(`${head}5\r\nhello\r\nxyz\r\n`);
    connection.send(get("Bad Name: 1")(bin.id));
    const response = await connection.response();
    expect(response.status).toBe(400);
    expect(problemOf(response)).toMatchObject({ code: "invalid_request" });
    const [capture] = await capturesOf(bin, 1);
    expect(capture).toMatchObject({ id: captureIdOf(response), problem: "malformed" });
    expect(capture!.problemDetail).toBe("HPE_INVALID_CHUNK_SIZE");
    expect(latin1(await bin.http(capture!.id))).toBe(`${head}hello`);
  });
});

describe("what Node's parser does not tell", () => {
  const subject = serverForTests();

  test("a refused head in two packets is nobody's: only the second is handed over", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    connection.send(`GET /in/${bin.id} HTTP/1.1\r\n`);
    // The answer on another connection shows that the server has read the packet before.
    await subject.exchange("GET /healthz HTTP/1.1\r\n\r\n");
    connection.send("Bad Name: 1\r\n\r\n");
    const response = await connection.response();
    expect(response.status).toBe(400);
    expect(response.header("inlet-capture")).toBeUndefined();
  });

  test("space around a value and empty lines before a request are left out", async () => {
    const bin = await subject.newBin();
    const request = `\r\n\r\nGET /in/${bin.id} HTTP/1.1\r\nA:  1 \t\r\nB:2\r\n\r\n`;
    expect(await subject.roundTrip(bin, request)).toBe(
      `GET /in/${bin.id} HTTP/1.1\r\nA: 1\r\nB: 2\r\n\r\n`,
    );
  });

  test("bytes that are no HTTP, as of a TLS handshake, are nobody's", async () => {
    const response = await subject.exchange("\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03");
    expect(response.status).toBe(400);
    expect(response.header("inlet-capture")).toBeUndefined();
  });

  test("a request of HTTP/0.9 comes back without a version", async () => {
    const bin = await subject.newBin();
    const request = `GET /in/${bin.id}/a\r\n\r\n`;
    expect(await subject.roundTrip(bin, request)).toBe(request);
  });
});

describe("heads over 1 MiB", () => {
  const subject = serverForTests();

  test("are refused with 431, which their sender gets to read", async () => {
    const bin = await subject.newBin();
    const value = "x".repeat(2 * 1024 * 1024);
    const response = await subject.exchange(`GET /in/${bin.id} HTTP/1.1\r\nA: ${value}\r\n\r\n`);
    expect(response.status).toBe(431);
    expect(problemOf(response)).toMatchObject({ code: "headers_too_large" });
    expect((await subject.exchange("GET /healthz HTTP/1.1\r\n\r\n")).status).toBe(200);
  });

  test("are the first that are refused", async () => {
    const bin = await subject.newBin();
    const request = `GET /in/${bin.id} HTTP/1.1\r\nA: ${"x".repeat(1024 * 1024 - 1000)}\r\n\r\n`;
    expect((await subject.roundTrip(bin, request)) === request).toBe(true);
  });
});
