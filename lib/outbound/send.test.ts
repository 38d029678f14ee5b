import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { describe, expect, test } from "vitest";
import { listen, newSender, OK, startTarget } from "./testing.ts";

const send = newSender();
const body = (text: string) => Buffer.from(text, "latin1");

/** Nothing is ever heard of it. */
const silence = () => {};

describe("a request goes out as it is", () => {
  test("with its method, target, header order, case, duplicates and bytes", async () => {
    const target = await startTarget();
    const every = Array.from({ length: 256 }, (_, byte) => String.fromCharCode(byte)).join("");
    const high = Array.from({ length: 128 }, (_, i) => String.fromCharCode(128 + i)).join("");
    const { error } = await send(target.url(), {
      method: "M-SEARCH",
      target: "/a/../%2e%2e//b;c?x=%00&x&&=\u00e9#no-fragment-in-a-target",
      headers: [
        ["x-first", "1"],
        ["hOsT", "captured.example"],
        ["X-Twice", "a"],
        ["x-twice", "b"],
        ["X-Empty", ""],
        ["X-Inner", "a \t b"],
        ["X-High", high],
        ["Cookie", "a=1"],
        ["Cookie", "b=2"],
        ["CONTENT-length", "256"],
        ["Date", "yesterday"],
        ["Expect", "something-unknown"],
        ["Trailer", "X-None"],
        ["__proto__", "1"],
      ],
      body: body(every),
    });
    expect(error).toBeNull();
    expect(target.received).toEqual([
      [
        "M-SEARCH /a/../%2e%2e//b;c?x=%00&x&&=\u00e9#no-fragment-in-a-target HTTP/1.1",
        "x-first: 1",
        `hOsT: 127.0.0.1:${target.port}`,
        "X-Twice: a",
        "x-twice: b",
        "X-Empty: ",
        "X-Inner: a \t b",
        `X-High: ${high}`,
        "Cookie: a=1",
        "Cookie: b=2",
        "CONTENT-length: 256",
        "Date: yesterday",
        "Expect: something-unknown",
        "Trailer: X-None",
        "__proto__: 1",
        "Connection: close",
        "",
        every,
      ].join("\r\n"),
    ]);
  });

  test.each(["GET", "HEAD", "DELETE", "OPTIONS", "PURGE", "get", "QUERY"])(
    "%s with a body has its body",
    async (method) => {
      const target = await startTarget();
      await send(target.url(), { method, headers: [["Content-Length", "5"]], body: body("hello") });
      expect(target.received[0]).toMatch(new RegExp(`^${method} / HTTP/1.1\r\n`));
      expect(target.received[0]).toMatch(/Content-Length: 5\r\n[\s\S]*\r\n\r\nhello$/);
    },
  );

  test("a POST with neither length nor body gets neither", async () => {
    const target = await startTarget();
    await send(target.url(), { method: "POST", headers: [["X-A", "1"]] });
    expect(target.received).toEqual([
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${target.port}\r\nX-A: 1\r\nConnection: close\r\n\r\n`,
    ]);
  });

  test("chunks stay chunks, with their trailers", async () => {
    const target = await startTarget();
    await send(target.url(), {
      method: "POST",
      headers: [
        ["transfer-encoding", "Chunked"],
        ["X-A", "1"],
      ],
      trailers: [["Sum", "\u00e4"]],
      body: body("hello world, hello"),
    });
    expect(target.received[0]).toContain("\r\ntransfer-encoding: Chunked\r\nX-A: 1\r\n");
    expect(target.received[0]).toMatch(
      /\r\n\r\n12\r\nhello world, hello\r\n0\r\nSum: \u00e4\r\n\r\n$/,
    );
  });

  test("raw bytes go out raw", async () => {
    const target = await startTarget();
    const raw = "G@RBAGE  /x HTTP/9\nno colon\r\n\r\n\u00ff\u0000";
    const sent = await send(target.url(), { body: body(raw) }, { isRaw: true });
    expect(target.received).toEqual([raw]);
    expect(sent).toMatchObject({ headers: [], notCarried: [], response: { status: 200 } });
  });
});

test("what is about the sender's connection stays behind, and is named", async () => {
  const target = await startTarget();
  const host = `127.0.0.1:${target.port}`;
  const { headers, notCarried } = await send(target.url(), {
    headers: [
      ["Host", "captured.example"],
      ["Host", "twice.example"],
      ["Connection", "keep-alive, X-Private"],
      ["Keep-Alive", "timeout=5"],
      ["Proxy-Connection", "keep-alive"],
      ["TE", "trailers"],
      ["Upgrade", "websocket"],
      ["x-private", "secret"],
      ["Transfer-Encoding", "gzip"],
      ["Content-Length", "99"],
      ["Content-Length", "2"],
      ["Proxy-Authorization", "stays"],
    ],
    body: body("{}"),
  });
  expect(headers).toEqual([
    ["Host", host],
    ["Connection", "close"],
    ["Content-Length", "2"],
    ["Proxy-Authorization", "stays"],
  ]);
  expect(notCarried).toEqual([
    { name: "Host", value: "captured.example", why: "host", sent: host },
    { name: "Host", value: "twice.example", why: "host", sent: null },
    { name: "Connection", value: "keep-alive, X-Private", why: "hop_by_hop", sent: "close" },
    { name: "Keep-Alive", value: "timeout=5", why: "hop_by_hop", sent: null },
    { name: "Proxy-Connection", value: "keep-alive", why: "hop_by_hop", sent: null },
    { name: "TE", value: "trailers", why: "hop_by_hop", sent: null },
    { name: "Upgrade", value: "websocket", why: "hop_by_hop", sent: null },
    { name: "x-private", value: "secret", why: "hop_by_hop", sent: null },
    { name: "Transfer-Encoding", value: "gzip", why: "hop_by_hop", sent: null },
    { name: "Content-Length", value: "99", why: "length", sent: "2" },
    { name: "Content-Length", value: "2", why: "length", sent: null },
  ]);
});

describe("what came back", () => {
  test("has status, headers in order, case and number, the bytes and the trailers", async () => {
    const target = await startTarget(
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 418 Short \u00e9\r\nX-b: 1\r\nx-B: 2\r\n" +
        "Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n3\r\n\u001f\u008b\u0000\r\n0\r\nSum: 1\r\n\r\n",
    );
    const { response, error, timings } = await send(target.url());
    expect(error).toBeNull();
    expect(response).toMatchObject({
      status: 418,
      statusText: "Short \u00e9",
      httpVersion: "1.1",
      headers: [
        ["X-b", "1"],
        ["x-B", "2"],
        ["Transfer-Encoding", "chunked"],
        ["Content-Encoding", "gzip"],
      ],
      trailers: [["Sum", "1"]],
      truncated: false,
    });
    expect([...response!.body]).toEqual([0x1f, 0x8b, 0]);
    expect(timings).toMatchObject({ dns: null, tls: null });
    expect(timings.firstByte).toBeGreaterThan(0);
    expect(timings.total).toBeGreaterThanOrEqual(timings.connect! + timings.firstByte!);
  });

  test.each([
    ["HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", 200],
    ["GET", "HTTP/1.1 204 No Content\r\n\r\n", 204],
    ["GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304],
    ["GET", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n", 101],
    ["GET", "HTTP/1.1 599 \r\nContent-Length: 0\r\n\r\n", 599],
  ])("%s may have no body: %j", async (method, answer, status) => {
    const target = await startTarget(answer);
    const { response } = await send(target.url(), { method });
    expect(response).toMatchObject({ status, truncated: false });
    expect(response!.body).toHaveLength(0);
  });

  test("may end with the connection, and be of HTTP/1.0", async () => {
    const target = await startTarget((socket) => socket.end("HTTP/1.0 200 OK\r\n\r\nall of it"));
    const { response } = await send(target.url());
    expect(response).toMatchObject({ httpVersion: "1.0", truncated: false });
    expect(Buffer.from(response!.body).toString()).toBe("all of it");
  });

  test.each([
    [1000, false],
    [1001, true],
    [500_000, true],
  ])("is kept up to 1,000 bytes, of %i", async (size, truncated) => {
    const target = await startTarget(
      `HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n${"x".repeat(size)}`,
    );
    const { response, error } = await send(target.url());
    expect(response).toMatchObject({ status: 200, truncated });
    expect(response!.body).toHaveLength(1000);
    expect(error).toBeNull();
  });

  test("is kept as far as it came when it breaks off", async () => {
    const target = await startTarget((socket) =>
      socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf"),
    );
    const { response, error } = await send(target.url());
    expect(response).toMatchObject({ status: 200, truncated: true });
    expect(Buffer.from(response!.body).toString()).toBe("half");
    expect(error).toMatchObject({ code: "connection_reset", phase: "body" });
  });

  test("is kept as far as it is HTTP", async () => {
    const target = await startTarget(
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\nno chunk\r\n",
    );
    const { response, error } = await send(target.url());
    expect(response).toMatchObject({ status: 200, truncated: true });
    expect(Buffer.from(response!.body).toString()).toBe("half");
    expect(error).toMatchObject({ code: "invalid_response", phase: "body" });
  });

  test("without an end is cut by the time limit", async () => {
    const target = await startTarget("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
    const { response, error } = await send(target.url(), {}, { timeoutMs: 300 });
    expect(response).toMatchObject({ status: 200, truncated: true });
    expect(error).toMatchObject({ code: "timeout", phase: "body" });
    expect(error?.message).toBe(
      "The response did not end within the 300 ms that the whole delivery may take.",
    );
  });
});

describe("a failure is named", () => {
  test("name_not_found", async () => {
    const { error, timings } = await send("http://nowhere.invalid/");
    expect(error).toEqual({
      code: "name_not_found",
      message: "The name nowhere.invalid has no address.",
      phase: "dns",
    });
    expect(timings.dns).not.toBeNull();
    expect(timings.connect).toBeNull();
  });

  test("name_lookup_failed", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("x"), { code: "EAI_AGAIN" }));
    const { error } = await newSender({ resolve })("http://name.example/");
    expect(error).toMatchObject({ code: "name_lookup_failed", phase: "dns" });
  });

  test("connection_refused", async () => {
    const { error } = await send("http://127.0.0.1:1/");
    expect(error).toMatchObject({ code: "connection_refused", phase: "connect" });
  });

  test.each([
    ["closes", (socket: { destroy(): void }) => socket.destroy()],
    ["resets", (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
  ])("connection_reset, when it %s without an answer", async (_what, answer) => {
    const target = await startTarget(answer);
    const { error, response } = await send(target.url());
    expect(error).toMatchObject({ code: "connection_reset", phase: "firstByte" });
    expect(response).toBeNull();
  });

  test.each(["SSH-2.0-OpenSSH_9.9\r\n", "hello", "HTTP/1.1 xyz\r\n\r\n"])(
    "invalid_response: %j",
    async (answer) => {
      const target = await startTarget((socket) => socket.end(answer));
      const { error } = await send(target.url());
      expect(error?.code).toBe("invalid_response");
    },
  );

  test("response_too_large, for a head without end", async () => {
    const target = await startTarget(`HTTP/1.1 200 OK\r\n${"X-A: 1\r\n".repeat(20_000)}`);
    const { error } = await send(target.url());
    expect(error?.code).toBe("response_too_large");
  });

  test("timeout without an answer", async () => {
    const target = await startTarget(silence);
    const { error } = await send(target.url(), {}, { timeoutMs: 200 });
    expect(error).toMatchObject({ code: "timeout", phase: "firstByte" });
  });

  test("timeout of a phase, before the whole time is over", async () => {
    const resolve = () => new Promise<never>(silence);
    const { error } = await newSender({ resolve, phaseLimits: { dns: 100 } })("http://a.example/");
    expect(error).toEqual({
      code: "timeout",
      message: "The name was not looked up within 100 ms.",
      phase: "dns",
    });
  });

  test("timeout of the handshake", async () => {
    const target = await startTarget(silence);
    const limited = newSender({ phaseLimits: { tls: 100 } });
    const { error } = await limited(`https://localhost:${target.port}/`);
    expect(error).toMatchObject({ code: "timeout", phase: "tls" });
  });

  test("interrupted, when it is told to stop", async () => {
    const controller = new AbortController();
    const target = await startTarget(() => controller.abort());
    const { error } = await send(target.url(), {}, { signal: controller.signal });
    expect(error?.code).toBe("interrupted");
    const late = await send(target.url(), {}, { signal: controller.signal });
    expect(late.error?.code).toBe("interrupted");
    expect(target.received).toHaveLength(1);
  });
});

describe("TLS", () => {
  const file = (name: string) =>
    readFileSync(new URL(`../testing/certificates/${name}`, import.meta.url), "utf8");

  async function startTls(name: string) {
    const server = createTlsServer(
      { key: file(`${name}.key`), cert: file(`${name}.pem`) },
      (socket) => {
        socket.on("error", () => {});
        socket.once("data", () => socket.end(OK));
      },
    );
    server.on("tlsClientError", () => {});
    return listen(server);
  }

  test.each([
    ["self-signed", undefined, "its certificate is signed by itself"],
    ["other-name", "other-name", "its certificate is for another name: Host: localhost"],
  ])("that is not to be trusted: %s", async (name, trusted, reason) => {
    const port = await startTls(name);
    const ca = trusted && file(`${trusted}.pem`);
    const { error } = await newSender(ca ? { ca } : {})(`https://localhost:${port}/`);
    expect(error).toMatchObject({ code: "tls_error", phase: "tls" });
    expect(error?.message).toContain(reason);
  });

  test("that is none at all", async () => {
    const server = createServer((socket) => {
      socket.on("error", () => {});
      socket.end("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    const { error } = await send(`https://127.0.0.1:${await listen(server)}/`);
    expect(error).toMatchObject({ code: "tls_error", phase: "tls" });
    expect(error?.message).toContain("it does not speak TLS on this port");
  });

  test.each(["localhost", "127.0.0.1"])("of a trusted %s carries the request", async (host) => {
    const port = await startTls("self-signed");
    const { response, timings } = await newSender({ ca: file("self-signed.pem") })(
      `https://${host}:${port}/`,
    );
    expect(response?.status).toBe(200);
    expect(timings.tls).toBeGreaterThan(0);
  });
});

describe("a redirect", () => {
  const redirect = (status: number, location: string) =>
    `HTTP/1.1 ${status} Go\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`;
  const secrets: [string, string][] = [
    ["Authorization", "Bearer a"],
    ["cookie", "a=1"],
    ["X-Api-Key", "k"],
    ["X-Kept", "1"],
  ];

  test("is a response when it is not to be followed", async () => {
    const target = await startTarget(redirect(302, "/next"));
    const { response, redirects } = await send(target.url());
    expect(response?.status).toBe(302);
    expect(redirects).toEqual([]);
  });

  test("to another origin takes no secrets along, and says so", async () => {
    const next = await startTarget();
    const first = await startTarget(redirect(307, next.url("/next?a=1")));
    const sent = await send(
      first.url("/a"),
      { method: "POST", headers: secrets, body: body("{}") },
      { followRedirects: true },
    );
    expect(sent.response?.status).toBe(200);
    expect(sent.redirects).toEqual([
      { status: 307, from: first.url("/a"), to: next.url("/next?a=1") },
    ]);
    expect(first.received[0]).toContain("Authorization: Bearer a");
    expect(next.received).toEqual([
      `POST /next?a=1 HTTP/1.1\r\nHost: 127.0.0.1:${next.port}\r\nX-Kept: 1\r\nConnection: close\r\n` +
        "Content-Length: 2\r\n\r\n{}",
    ]);
    expect(sent.notCarried).toEqual(
      secrets
        .slice(0, 3)
        .map(([name, value]) => ({ name, value, why: "other_origin", sent: null })),
    );
  });

  test("within an origin keeps them", async () => {
    const target = await startTarget((socket, request) =>
      socket.end(request.startsWith("GET /a") ? redirect(302, "b?c") : OK),
    );
    await send(target.url("/a"), { headers: secrets }, { followRedirects: true });
    expect(target.received[1]).toContain("GET /b?c HTTP/1.1");
    expect(target.received[1]).toContain("Authorization: Bearer a\r\ncookie: a=1\r\n");
  });

  test.each([
    [301, "POST", "GET"],
    [302, "POST", "GET"],
    [303, "POST", "GET"],
    [303, "PUT", "GET"],
    [303, "HEAD", "HEAD"],
    [301, "PUT", "PUT"],
    [302, "DELETE", "DELETE"],
    [307, "POST", "POST"],
    [308, "POST", "POST"],
  ])("with %i turns %s into %s", async (status, method, becomes) => {
    const target = await startTarget((socket, request) =>
      socket.end(request.includes(" /a ") ? redirect(status, "/b") : OK),
    );
    const headers: [string, string][] = [
      ["Content-Type", "a/b"],
      ["Content-Length", "2"],
    ];
    await send(target.url("/a"), { method, headers, body: body("{}") }, { followRedirects: true });
    expect(target.received[1]).toMatch(new RegExp(`^${becomes} /b HTTP/1.1\r\n`));
    const hasBody = becomes === method;
    expect(target.received[1]!.endsWith("\r\n\r\n{}")).toBe(hasBody);
    expect(target.received[1]!.includes("Content-Type")).toBe(hasBody);
  });

  test("without end is too_many_redirects", async () => {
    const target = await startTarget(redirect(302, "/again"));
    const { error, redirects, response } = await send(target.url(), {}, { followRedirects: true });
    expect(error).toMatchObject({ code: "too_many_redirects", phase: null });
    expect(redirects).toHaveLength(4);
    expect(response).toBeNull();
    expect(target.received).toHaveLength(4);
  });
});

test("one target has a bounded number of connections, and does not hold up the others", async () => {
  const open: (() => void)[] = [];
  const slow = await startTarget((socket) => void open.push(() => socket.end(OK)));
  const quick = await startTarget();
  const limited = newSender({ sockets: { perTarget: 2, total: 10 } });
  const all = Array.from({ length: 5 }, () => limited(slow.url()));
  await expect.poll(() => open.length).toBe(2);
  expect((await limited(quick.url())).response?.status).toBe(200);
  expect(slow.received).toHaveLength(2);
  const { error } = await limited(slow.url(), {}, { timeoutMs: 100 });
  expect(error).toMatchObject({ code: "timeout", phase: "queue" });
  for (let answered = 0; answered < 5; answered += 1) {
    await expect.poll(() => open.length).toBeGreaterThan(answered);
    open[answered]!();
  }
  expect((await Promise.all(all)).map(({ response }) => response?.status)).toEqual(
    Array.from({ length: 5 }, () => 200),
  );
});
