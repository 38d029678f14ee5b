import { describe, expect, test } from "vitest";
import {
  captureIdOf,
  capturesOf,
  DATABASES,
  latin1,
  serverForTests,
} from "../testing/conformance.ts";

const MAX_BODY_BYTES = 1000;
const settings = { MAX_BODY_BYTES: String(MAX_BODY_BYTES) };

const post = (binId: string, lines: string[]) =>
  `${[`POST /in/${binId} HTTP/1.1`, "Host: inlet.test", ...lines].join("\r\n")}\r\n\r\n`;

describe("a body over the limit", () => {
  const subject = serverForTests(settings);
  const framings: [string, (body: string) => [line: string, bytes: string]][] = [
    ["with Content-Length", (body) => [`Content-Length: ${body.length}`, body]],
    [
      "in chunks",
      (body) => [
        "Transfer-Encoding: chunked",
        `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`,
      ],
    ],
  ];

  describe.each(framings)("%s", (_name, frame) => {
    test.each([MAX_BODY_BYTES + 1, 8 * 1024 * 1024])(
      "of %i bytes is kept up to the limit and answered 413",
      async (size) => {
        const bin = await subject.newBin();
        const body = "0123456789".repeat(size / 10 + 1).slice(0, size);
        const [line, bytes] = frame(body);
        const head = post(bin.id, [line]);
        const connection = await subject.connect();
        // All of it is sent before the answer is read, as many senders do.
        await new Promise((sent) => connection.socket.write(head + bytes, "latin1", sent));
        const response = await connection.response();
        expect(response.status).toBe(413);
        expect(response.header("content-type")).toBe("application/problem+json");
        expect(JSON.parse(response.body.toString())).toMatchObject({ code: "payload_too_large" });
        const id = captureIdOf(response);
        expect(latin1(await bin.http(id))).toBe(head + body.slice(0, MAX_BODY_BYTES));
        expect(await bin.capture(id)).toMatchObject({
          problem: "truncated",
          truncated: true,
          bodySize: MAX_BODY_BYTES,
          declaredSize: line.startsWith("Content-Length") ? size : null,
        });
      },
    );

    test("of exactly the limit is whole", async () => {
      const bin = await subject.newBin();
      const body = "x".repeat(MAX_BODY_BYTES);
      const [line, bytes] = frame(body);
      const head = post(bin.id, [line]);
      expect(await subject.roundTrip(bin, head + bytes)).toBe(head + body);
    });
  });
});

// PostgreSQL looks a bin up over a connection, so a sender can be gone before its bin is known.
describe.each(DATABASES)("with %s, a sender that goes away in the middle", (database) => {
  const subject = serverForTests(settings, database);
  /** One to a bin that no request has reached yet, whose row has to be looked up, and one after. */
  const coldAndWarm = async (check: (isWarm: boolean) => Promise<void>) => {
    await check(false);
    await check(true);
  };

  const newBin = async (isWarm: boolean) => {
    const bin = await subject.newBin();
    if (isWarm) await subject.exchange(`GET /in/${bin.id} HTTP/1.1\r\n\r\n`);
    return { bin, before: isWarm ? 1 : 0 };
  };

  test.each([
    ["Content-Length: 10", "hello", "hello"],
    ["Content-Length: 10", "", ""],
    ["Transfer-Encoding: chunked", "3\r\nhel\r\n2\r\nl", "hell"],
    ["Transfer-Encoding: chunked", "3\r\nhel\r\n", "hel"],
  ])("(%s, %j) leaves what came", (line, sent, kept) =>
    coldAndWarm(async (isWarm) => {
      const { bin, before } = await newBin(isWarm);
      const connection = await subject.connect();
      const head = post(bin.id, [line]);
      connection.send(head + sent);
      connection.socket.destroySoon();
      const capture = (await capturesOf(bin, before + 1)).at(-1)!;
      expect(capture.problem).toBe("aborted");
      expect(latin1(await bin.http(capture.id))).toBe(head + kept);
    }),
  );

  test("by a reset leaves what came", async () => {
    const { bin } = await newBin(true);
    const connection = await subject.connect();
    const head = post(bin.id, ["Expect: 100-continue", "Content-Length: 10"]);
    connection.send(head);
    await connection.response();
    connection.send("hello");
    // The answer to another request shows that the server is past the bytes that came before.
    await subject.exchange(`GET /in/${bin.id} HTTP/1.1\r\n\r\n`);
    connection.reset();
    const capture = (await capturesOf(bin, 3)).at(-1)!;
    expect(capture.problem).toBe("aborted");
    expect(latin1(await bin.http(capture.id))).toBe(`${head}hello`);
  });

  test("of the direction to us alone still gets an answer", async () => {
    const { bin, before } = await newBin(true);
    const connection = await subject.connect();
    connection.send(`${post(bin.id, ["Content-Length: 10"])}hello`);
    connection.socket.end();
    const response = await connection.response();
    expect(response.status).toBe(400);
    expect(await bin.capture(captureIdOf(response))).toMatchObject({
      problem: "aborted",
      text: "hello",
    });
    expect((await bin.get()).captureCount).toBe(before + 1);
  });

  test("while the answer is on its way does not unmake the capture", async () => {
    const bin = await subject.newBin({
      reply: { status: 200, headers: [], body: "", delayMs: 30_000 },
    });
    const connection = await subject.connect();
    connection.send(`${post(bin.id, ["Content-Length: 5"])}hello`);
    const [capture] = await capturesOf(bin, 1);
    connection.reset();
    expect(capture).toMatchObject({ problem: null, text: "hello" });
  });
});
