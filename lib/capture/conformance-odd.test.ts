import { describe, expect, test } from "vitest";
import {
  captureIdOf,
  capturesOf,
  DATABASES,
  latin1,
  serverForTests,
} from "../testing/conformance.ts";

const upgrade = (binId: string, protocol: string, lines: string[] = []) =>
  `${[
    `POST /in/${binId}/up HTTP/1.1`,
    "Host: inlet.test",
    "Connection: Upgrade",
    `Upgrade: ${protocol}`,
    ...lines,
  ].join("\r\n")}\r\n\r\n`;

describe.each(DATABASES)("with %s, an Upgrade", (database) => {
  const subject = serverForTests({}, database);

  test("to WebSocket is answered as any other request and marked", async () => {
    const bin = await subject.newBin({
      reply: { status: 202, headers: [], body: "ok", delayMs: 0 },
    });
    const request = upgrade(bin.id, "websocket", [
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "Sec-WebSocket-Version: 13",
    ]);
    const connection = await subject.connect();
    connection.send(request);
    const response = await connection.response();
    expect(response.status).toBe(202);
    expect(response.body.toString()).toBe("ok");
    expect(latin1(await connection.rest())).toBe("");
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(request);
    expect((await bin.all()).map(({ problem }) => problem)).toEqual(["upgrade"]);
  });

  test("to h2c with a body keeps the body, whatever packets it came in", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    const head = upgrade(bin.id, "h2c", ["HTTP2-Settings: AAMAAABk", "Content-Length: 10"]);
    connection.send(`${head}hello`);
    await subject.exchange("GET /healthz HTTP/1.1\r\n\r\n");
    connection.send("world");
    const response = await connection.response();
    expect(response.status).toBe(200);
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(`${head}helloworld`);
  });

  test("with a chunked body keeps its chunks and trailers", async () => {
    const bin = await subject.newBin();
    const head = upgrade(bin.id, "h2c", ["Transfer-Encoding: chunked"]);
    const response = await subject.exchange(`${head}3\r\nhel\r\n2\r\nlo\r\n0\r\nSum: 1\r\n\r\n`);
    const capture = await bin.capture(captureIdOf(response));
    expect(capture).toMatchObject({ problem: "upgrade", trailers: [["Sum", "1"]] });
    expect(latin1(await bin.http(capture.id))).toBe(`${head}hello`);
  });

  test("that expects 100-continue gets it", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    const head = upgrade(bin.id, "h2c", ["Expect: 100-continue", "Content-Length: 5"]);
    connection.send(head);
    expect((await connection.response()).status).toBe(100);
    connection.send("hello");
    const response = await connection.response();
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(`${head}hello`);
  });

  test.each([0, 200])(
    "after another request on its connection (reply delayed %i ms) is answered after it",
    async (delayMs) => {
      const bin = await subject.newBin({ reply: { status: 200, headers: [], body: "", delayMs } });
      const connection = await subject.connect();
      const second = upgrade(bin.id, "websocket", ["Content-Length: 5"]);
      connection.send(
        `POST /in/${bin.id}/first HTTP/1.1\r\nContent-Length: 2\r\n\r\nok${second}hello`,
      );
      const paths = [];
      for (let i = 0; i < 2; i++) {
        const response = await connection.response();
        expect(response.status).toBe(200);
        paths.push((await bin.capture(captureIdOf(response))).path);
      }
      expect(paths).toEqual(["/first", "/up"]);
      expect(latin1(await bin.http((await bin.all())[1]!.id))).toBe(`${second}hello`);
    },
  );

  test("of a sender that hangs up leaves what came", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    const head = upgrade(bin.id, "h2c", ["Content-Length: 10"]);
    connection.send(`${head}hello`);
    connection.socket.destroySoon();
    const [capture] = await capturesOf(bin, 1);
    expect(capture!.problem).toBe("aborted");
    expect(latin1(await bin.http(capture!.id))).toBe(`${head}hello`);
  });

  test("to no bin is refused", async () => {
    const response = await subject.exchange(upgrade("a".repeat(20), "websocket"));
    expect(response.status).toBe(404);
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "not_found" });
  });

  test("of a page is refused", async () => {
    const request = upgrade("x", "websocket").replace("/in/x/up", "/bins");
    expect((await subject.exchange(request)).status).toBe(404);
  });
});

describe("CONNECT", () => {
  const subject = serverForTests({ CAPTURE_HOST: "*.hooks.test" });

  test.each(["", ":443"])("to a bin's host%s is refused and captured", async (port) => {
    const bin = await subject.newBin();
    const target = `${bin.id}.hooks.test${port}`;
    const request = `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\nX: 1\r\n\r\n`;
    const connection = await subject.connect();
    connection.send(`${request}hello`);
    const response = await connection.response();
    expect(response.status).toBe(405);
    expect(JSON.parse(response.body.toString())).toMatchObject({ code: "method_not_allowed" });
    const capture = await bin.capture(captureIdOf(response));
    expect(capture).toMatchObject({ method: "CONNECT", target, path: "/", problem: "connect" });
    expect(latin1(await bin.http(capture.id))).toBe(`${request}hello`);
    expect(latin1(await connection.rest())).toBe("");
  });

  test("after another request on its connection is answered after it", async () => {
    const bin = await subject.newBin({
      reply: { status: 201, headers: [], body: "", delayMs: 200 },
    });
    const host = `${bin.id}.hooks.test`;
    const connection = await subject.connect();
    connection.send(`GET / HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    connection.send(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    expect((await connection.response()).status).toBe(201);
    expect((await connection.response()).status).toBe(405);
    expect((await bin.all()).map(({ method }) => method)).toEqual(["GET", "CONNECT"]);
  });

  test("to anywhere else is refused", async () => {
    const request = "CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n";
    const response = await subject.exchange(request);
    expect(response.status).toBe(405);
    expect(response.header("inlet-capture")).toBeUndefined();
  });
});
