import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { captureIdOf, capturesOf, latin1, serverForTests } from "../testing/conformance.ts";

const subject = serverForTests();

const post = (binId: string, lines: string[], path = "") =>
  `${[`POST /in/${binId}${path} HTTP/1.1`, "Host: inlet.test", ...lines].join("\r\n")}\r\n\r\n`;

/** As one chunk for each part. */
const chunked = (parts: string[]) =>
  [...parts, ""].map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join("");

describe("bodies", () => {
  const everyByte = latin1(Buffer.from(Array.from({ length: 256 }, (_, i) => i)));
  test.each([
    ["of no bytes", ""],
    ["of one NUL", "\0"],
    ["of every byte there is", everyByte],
    ["that look like requests", "\r\n\r\nGET / HTTP/1.1\r\n\r\n"],
    ["of a megabyte", latin1(randomBytes(1024 * 1024))],
  ])("%s come back, with Content-Length and in chunks", async (_name, body) => {
    const bin = await subject.newBin();
    const declared = post(bin.id, [`Content-Length: ${body.length}`]) + body;
    expect((await subject.roundTrip(bin, declared)) === declared).toBe(true);

    const head = post(bin.id, ["Transfer-Encoding: chunked"]);
    const middle = body.length >> 1;
    const parts = [body.slice(0, middle), body.slice(middle)].filter((part) => part !== "");
    const came = await subject.roundTrip(bin, head + chunked(parts));
    expect(came === head + body).toBe(true);

    const sizes = (await capturesOf(bin, 2)).map(({ bodySize, declaredSize }) => ({
      bodySize,
      declaredSize,
    }));
    expect(sizes).toEqual([
      { bodySize: body.length, declaredSize: body.length },
      { bodySize: body.length, declaredSize: null },
    ]);
  });

  test("come back whatever the packets were", async () => {
    const bin = await subject.newBin();
    const request = `${post(bin.id, ["Content-Length: 5"])}hello`;
    const connection = await subject.connect();
    for (const byte of request) {
      // Resolves once the byte is with the kernel, so that each travels alone.
      await new Promise((sent) => connection.socket.write(byte, "latin1", sent));
    }
    const response = await connection.response();
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(request);
  });

  test("that GET, HEAD, DELETE and OPTIONS bring are kept", async () => {
    const bin = await subject.newBin();
    for (const method of ["GET", "HEAD", "DELETE", "OPTIONS"]) {
      const request = `${method} /in/${bin.id} HTTP/1.1\r\nContent-Length: 2\r\n\r\nok`;
      const response = await subject.exchange(request, method === "HEAD" ? "HEAD" : undefined);
      expect(latin1(await bin.http(captureIdOf(response)))).toBe(request);
    }
  });

  test("are text where they are UTF-8, with their byte order mark", async () => {
    const bin = await subject.newBin();
    const send = async (body: string) => {
      const request = post(bin.id, [`Content-Length: ${body.length}`]) + body;
      return (await bin.capture(captureIdOf(await subject.exchange(request)))).text;
    };
    expect(await send("\xef\xbb\xbf\xe2\x82\xac\0")).toBe("\ufeff\u20ac\0");
    expect(await send("\xff")).toBeNull();
  });
});

describe("chunks", () => {
  test("are joined; their extensions are left out, their trailers recorded", async () => {
    const bin = await subject.newBin();
    const head = post(bin.id, ["Transfer-Encoding: chunked", "Trailer: X-Sum"]);
    const body = '5;name=value;q="a;b"\r\nhello\r\n000006\r\n world\r\n0;last\r\n';
    const trailers = "X-Sum: 1\r\nx-sum: \xff 2\r\nOther: \r\n\r\n";
    expect(await subject.roundTrip(bin, head + body + trailers)).toBe(`${head}hello world`);
    const [capture] = await capturesOf(bin, 1);
    expect(capture).toMatchObject({ text: "hello world", problem: null, declaredSize: null });
    expect(capture!.trailers).toEqual([
      ["X-Sum", "1"],
      ["x-sum", "\xff 2"],
      ["Other", ""],
    ]);
  });
});

describe("connections", () => {
  test("take one request after another", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    for (const path of ["/1", "/2", "/3"]) {
      connection.send(`${post(bin.id, ["Content-Length: 2"], path)}ok`);
      const response = await connection.response();
      expect(response.status).toBe(200);
      expect((await bin.capture(captureIdOf(response))).path).toBe(path);
    }
  });

  test("take pipelined requests, all stored and answered in order", async () => {
    const bin = await subject.newBin();
    const connection = await subject.connect();
    const requests = Array.from({ length: 40 }, (_, i) =>
      i % 2 === 0
        ? `${post(bin.id, ["Content-Length: 5"], `/${i}`)}hello`
        : `${post(bin.id, ["Transfer-Encoding: chunked"], `/${i}`)}${chunked(["hel", "lo"])}`,
    );
    connection.send(requests.join(""));
    for (let i = 0; i < requests.length; i++) {
      const response = await connection.response();
      expect(response.status).toBe(200);
      const capture = await bin.capture(captureIdOf(response));
      expect(capture).toMatchObject({ path: `/${i}`, text: "hello", seq: i + 1 });
    }
  });

  test("take pipelined requests to different bins and to none", async () => {
    const [one, two] = [await subject.newBin(), await subject.newBin()];
    const connection = await subject.connect();
    const ids = [one.id, "aaaaaaaaaaaaaaaaaaaa", two.id, one.id];
    connection.send(ids.map((id) => post(id, ["Content-Length: 0"])).join(""));
    const statuses = [];
    for (const _ of ids) statuses.push((await connection.response()).status);
    expect(statuses).toEqual([200, 404, 200, 200]);
    expect((await one.get()).captureCount).toBe(2);
    expect((await two.get()).captureCount).toBe(1);
  });

  test("of HTTP/1.0 and with Connection: close are closed after the answer", async () => {
    const bin = await subject.newBin();
    for (const request of [
      `GET /in/${bin.id} HTTP/1.0\r\n\r\n`,
      post(bin.id, ["Connection: close", "Content-Length: 0"]),
    ]) {
      const connection = await subject.connect();
      connection.send(request);
      const response = await connection.response();
      expect(response.status).toBe(200);
      expect(response.header("connection")).toBe("close");
      expect(latin1(await connection.rest())).toBe("");
    }
  });
});

describe("Expect", () => {
  test("100-continue gets its 100 before the body is sent", async () => {
    const bin = await subject.newBin();
    const head = post(bin.id, ["Expect: 100-continue", "Content-Length: 5"]);
    const connection = await subject.connect();
    connection.send(head);
    expect((await connection.response()).status).toBe(100);
    expect((await bin.get()).captureCount).toBe(0);
    connection.send("hello");
    const response = await connection.response();
    expect(response.status).toBe(200);
    expect(latin1(await bin.http(captureIdOf(response)))).toBe(`${head}hello`);
  });

  test("100-continue to an unknown bin gets the final answer and no 100", async () => {
    const connection = await subject.connect();
    connection.send(post("a".repeat(20), ["Expect: 100-continue", "Content-Length: 5"]));
    expect((await connection.response()).status).toBe(404);
  });

  test("of something unknown is not held against a request", async () => {
    const bin = await subject.newBin();
    const request = `${post(bin.id, ["Expect: 200-maybe", "Content-Length: 5"])}hello`;
    expect(await subject.roundTrip(bin, request)).toBe(request);
  });
});
