import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import type { Capture } from "../contract/capture.ts";
import { captureIdOf, serverForTests } from "../testing/conformance.ts";
import { newFolder } from "../testing/databases.ts";
import type { TestBin } from "../testing/server.ts";
import { originOf } from "./capture-request.ts";
import { curlCommand } from "./curl.ts";

const run = promisify(execFile);
const subject = serverForTests();

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
  await run("curl", ["--version"]).catch(() => {
    throw new Error("curl is missing: these tests run what Inlet exports (apt-get install curl)");
  });
});

type Stored = { capture: Capture; body: Buffer };

async function stored(bin: TestBin, id: string): Promise<Stored> {
  return { capture: await bin.capture(id), body: await bin.body(id) };
}

/** Sends it raw, and what was captured again with what is exported for it. */
async function sendTwice(bin: TestBin, request: Uint8Array, shell = "sh") {
  const isHead = Buffer.from(request.subarray(0, 5)).toString() === "HEAD ";
  const connection = await subject.connect();
  connection.send(request);
  let answer = await connection.response(isHead ? "HEAD" : undefined);
  while (answer.status < 200) answer = await connection.response();
  connection.socket.destroy();
  const first = await stored(bin, captureIdOf(answer));
  const origin = originOf(first.capture.target, bin);
  const script = join(folder, "sent.sh");
  const text = curlCommand({ ...first, origin });
  await writeFile(script, text);
  await run(shell, [script], {
    env: { ...process.env, HOME: folder },
  });
  const second = await stored(bin, (await bin.page("limit=1")).captures[0]!.id);
  expect(second.capture.seq).toBe(first.capture.seq + 1);
  return { first, second, text };
}

function same({ first, second, text }: Awaited<ReturnType<typeof sendTwice>>) {
  const facts = ({ capture, body }: Stored) => ({
    method: capture.method,
    target: capture.target,
    httpVersion: capture.httpVersion,
    headers: capture.headers,
    declaredSize: capture.declaredSize,
    problem: capture.problem,
    body: body.toString("latin1"),
  });
  expect(facts(second), text).toEqual(facts(first));
}

const characters = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i));

const TOKEN = [..."!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const VISIBLE = [...characters(0x21, 0x7e), ...characters(0x80, 0xff)];
const TARGET = characters(0x21, 0x7e);
const from = (units: string[], maxLength: number, minLength = 0) =>
  fc.string({ unit: fc.constantFrom(...units), minLength, maxLength });

/** How a message is framed and what becomes of its connection: cases of their own, below. */
const FRAMING = /^(content-length|transfer-encoding|connection|upgrade|expect|host)$/i;
const KNOWN = ["Accept", "accept", "User-Agent", "user-agent", "Content-Type", "CONTENT-TYPE"];
const MORE = ["Authorization", "Cookie", "Referer", "Range", "TE", "Accept-Encoding", "X-A", "x-a"];

const name = fc.oneof(
  fc.constantFrom(...KNOWN, ...MORE),
  from(TOKEN, 20, 1).filter((candidate) => !FRAMING.test(candidate)),
);
const utf8 = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const value = fc.oneof(
  fc.constant(""),
  fc.constantFrom(
    "@/etc/passwd",
    "$(id)",
    "`id`",
    "!!",
    "'",
    "\\",
    "a  b",
    "a\tb",
    ";",
    ":",
    "%41%",
  ),
  utf8
    .map((text) => Buffer.from(text).toString("latin1"))
    .filter((text) =>
      /^[\x21-\x7e\x80-\xff]([\t\x20-\x7e\x80-\xff]*[\x21-\x7e\x80-\xff])?$/.test(text),
    ),
  fc
    .tuple(from(VISIBLE, 1, 1), from(["\t", " ", ...VISIBLE], 60), from(VISIBLE, 1, 1))
    .map((parts) => parts.join("")),
);

const hosts = fc.constantFrom<[string, string][]>(
  ["Host", "own"],
  ["host", "own"],
  ["HOST", "example.com"],
  ["Host", ""],
);

const body = fc.oneof(
  fc.constant(new Uint8Array()),
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: "grapheme", maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
  fc
    .constantFrom("@file", "-d x", "'\\''", "%s%d\n", "a\r\nb\0c", "\n\n", "'END_OF_BODY\n")
    .map((text) => new TextEncoder().encode(text)),
  fc
    .tuple(fc.uint8Array({ minLength: 1, maxLength: 9 }), fc.constantFrom(3_000, 20_000))
    .map(
      ([part, times]) =>
        new Uint8Array(Buffer.from(Buffer.from(part).toString("latin1").repeat(times), "latin1")),
    ),
);

const METHODS = [
  "GET",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
  "PROPFIND",
  "M-SEARCH",
  "QUERY",
];

const request = fc.record({
  method: fc.constantFrom(...METHODS),
  path: fc.oneof(
    fc.constantFrom(
      "",
      "/",
      "/a/../b",
      "/./",
      "/%2e%2E/x",
      "//",
      "/[1-3]{a,b}",
      "/a b".replace(" ", "%20"),
      "/#f",
    ),
    from(
      TARGET.filter((c) => c !== "?"),
      40,
    ).map((rest) => `/${rest}`),
  ),
  query: fc.option(from(TARGET, 40)),
  version: fc.constantFrom("1.0", "1.1"),
  headers: fc.array(fc.tuple(name, value), { maxLength: 12 }),
  host: fc.option(hosts),
  hostAt: fc.nat({ max: 12 }),
  body,
  framing: fc.constantFrom(
    "Content-Length",
    "content-length",
    "Transfer-Encoding",
    "transfer-encoding",
  ),
});

type Request = typeof request extends fc.Arbitrary<infer R> ? R : never;

function write(bin: TestBin, sent: Request): Buffer {
  const { method, path, query, version, body, framing } = sent;
  const target = `/in/${bin.id}${path}${query === null ? "" : `?${query}`}`;
  const headers = sent.headers.map(([key, content]) => `${key}: ${content}`);
  if (sent.host) {
    const host = new URL(subject.server.publicUrl).host;
    headers.splice(
      sent.hostAt,
      0,
      `${sent.host[0]}: ${sent.host[1] === "own" ? host : sent.host[1]}`,
    );
  }
  const isChunked = version === "1.1" && framing.toLowerCase().startsWith("t");
  const length = framing.toLowerCase().startsWith("t") ? "Content-Length" : framing;
  headers.push(isChunked ? `${framing}: chunked` : `${length}: ${body.byteLength}`);
  const head = `${method} ${target} HTTP/${version}\r\n${headers.join("\r\n")}\r\n\r\n`;
  const chunk = body.byteLength > 0 ? [`${body.byteLength.toString(16)}\r\n`, body, "\r\n"] : [];
  const parts = isChunked ? [...chunk, "0\r\n\r\n"] : [body];
  const bytes = (part: string | Uint8Array) =>
    typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part);
  return Buffer.concat([head, ...parts].map(bytes));
}

test.each(["dash", "bash"])(
  "what %s runs makes the same capture again, byte for byte",
  async (shell) => {
    const bin = await subject.newBin();
    await fc.assert(
      fc.asyncProperty(request, async (sent) => {
        same(await sendTwice(bin, write(bin, sent), shell));
      }),
      { numRuns: 120 },
    );
  },
);

describe("and so does", () => {
  const cases: Record<string, (path: string) => string | Buffer> = {
    "a HEAD": (path) => `HEAD ${path} HTTP/1.1\r\nHost: x\r\n\r\n`,
    "no length at all": (path) => `POST ${path} HTTP/1.1\r\nHost: x\r\n\r\n`,
    "a length of zero": (path) => `POST ${path} HTTP/1.1\r\nContent-Length: 0\r\nHost: x\r\n\r\n`,
    "no header": (path) => `GET ${path} HTTP/1.1\r\n\r\n`,
    "two hosts": (path) => `GET ${path} HTTP/1.1\r\nHost: a\r\nhost: b\r\n\r\n`,
    "Connection: close": (path) => `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    "keep-alive of HTTP/1.0": (path) => `GET ${path} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n`,
    "absolute form": (path) => `GET http://elsewhere.example${path}?x HTTP/1.1\r\nHost: x\r\n\r\n`,
    "an empty query": (path) => `GET ${path}? HTTP/1.1\r\nHost: x\r\n\r\n`,
    "an expectation": (path) =>
      `POST ${path} HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nhi`,
    "3 MiB of every byte": (path) => {
      const body = Buffer.alloc(
        3 * 1024 * 1024,
        Buffer.from(characters(0, 255).join(""), "latin1"),
      );
      const head = `PUT ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`;
      return Buffer.concat([Buffer.from(head), body]);
    },
    "1 MiB of text": (path) => {
      const body = Buffer.alloc(1024 * 1024, "it's JSON\n");
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`;
      return Buffer.concat([Buffer.from(head), body]);
    },
  };
  test.each(Object.keys(cases))("%s", async (which) => {
    const bin = await subject.newBin();
    same(await sendTwice(bin, Buffer.from(cases[which]!(`/in/${bin.id}/x`) as string, "latin1")));
  });
});
