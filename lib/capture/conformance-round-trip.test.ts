import fc from "fast-check";
import { expect, test } from "vitest";
import { captureIdOf, serverForTests } from "../testing/conformance.ts";
import { connectRaw } from "../testing/raw-http.ts";

const subject = serverForTests();

const characters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i));

/** RFC 9110 5.6.2 and 5.5; the parser leaves out space around a value, so none is there. */
const TOKEN = [..."!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const VISIBLE = [...characters(0x21, 0x7e), ...characters(0x80, 0xff)];
const INNER = ["\t", " ", ...VISIBLE];
/** Whatever the parser takes in a target but the `?`. */
const TARGET = characters(0x21, 0x7e).filter((character) => character !== "?");

const text = (from: string[], maxLength: number, minLength = 0) =>
  fc.string({ unit: fc.constantFrom(...from), minLength, maxLength });

/** These say how the message is framed or what becomes of the connection; each has its own tests. */
const FRAMING = /^(content-length|transfer-encoding|connection|upgrade|expect|cookie|keep-alive)$/i;

const name = text(TOKEN, 20, 1).filter((candidate) => !FRAMING.test(candidate));
const value = fc.oneof(
  fc.constant(""),
  text(VISIBLE, 1, 1),
  fc
    .tuple(text(VISIBLE, 1, 1), text(INNER, 60), text(VISIBLE, 1, 1))
    .map((parts) => parts.join("")),
);

const request = fc.record({
  method: fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "PURGE"),
  path: fc.oneof(
    fc.constant(""),
    text(TARGET, 60).map((rest) => `/${rest}`),
  ),
  query: fc.option(text([...TARGET, "?"], 60)),
  version: fc.constantFrom("1.0", "1.1"),
  headers: fc.array(fc.tuple(name, value), { maxLength: 30 }),
  body: fc.uint8Array({ maxLength: 2000 }),
  /** Where the body is cut into chunks, or null for Content-Length. */
  chunks: fc.option(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 5 })),
  /** Where the request is cut into writes. */
  writes: fc.array(fc.nat({ max: 3000 }), { maxLength: 3 }),
});

type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

function write(binId: string, sent: Request): { head: Buffer; framed: Buffer } {
  const { method, path, query, version, headers, body, chunks } = sent;
  const target = `/in/${binId}${path}${query === null ? "" : `?${query}`}`;
  const isChunked = chunks !== null && version === "1.1";
  const framing = isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${body.byteLength}`;
  const lines = [
    `${method} ${target} HTTP/${version}`,
    ...headers.map(([key, content]) => `${key}: ${content}`),
    framing,
  ];
  const head = Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  if (!isChunked) return { head, framed: Buffer.from(body) };
  const parts: Buffer[] = [];
  let at = 0;
  for (const size of [...chunks, body.byteLength]) {
    const chunk = body.subarray(at, at + size);
    at += chunk.byteLength;
    if (chunk.byteLength === 0) continue;
    parts.push(Buffer.from(`${chunk.byteLength.toString(16)}\r\n`), Buffer.from(chunk));
    parts.push(Buffer.from("\r\n"));
  }
  return { head, framed: Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]) };
}

test("whatever a request's target, headers and body are, they come back byte for byte", async () => {
  const bin = await subject.newBin();
  await fc.assert(
    fc.asyncProperty(request, async (sent) => {
      const { head, framed } = write(bin.id, sent);
      const all = Buffer.concat([head, framed]);
      const connection = await connectRaw(subject.server.port);
      let from = 0;
      for (const to of [...sent.writes.toSorted((a, b) => a - b), all.length]) {
        connection.send(all.subarray(from, to));
        from = Math.max(from, to);
      }
      const response = await connection.response();
      connection.socket.destroy();
      const came = await bin.http(captureIdOf(response));
      const expected = Buffer.concat([head, sent.body]);
      expect(came.toString("latin1")).toBe(expected.toString("latin1"));
      const [summary] = (await bin.page("limit=1")).captures;
      expect(summary).toMatchObject({
        method: sent.method,
        path: sent.path || "/",
        query: sent.query,
        bodySize: sent.body.byteLength,
        problem: null,
      });
    }),
    { numRuns: 300 },
  );
});
