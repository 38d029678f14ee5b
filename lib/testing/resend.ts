import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { expect } from "vitest";
import type { Capture } from "../contract/capture.ts";
import type { Delivery } from "../contract/delivery.ts";
import type { TestBin } from "./server.ts";

/** RFC 9110 7.6.1, and what each connection has of its own. */
const OWN = /^(host|content-length|connection|keep-alive|proxy-connection|te|upgrade)$/i;

type Message = { line: string; headers: string[]; body: string };

/** Takes a message apart, and its chunks together, without any of the product's code. */
function parse(text: string): Message & { hosts: string[] } {
  const end = text.indexOf("\r\n\r\n");
  const [line = "", ...lines] = text.slice(0, end).split("\r\n");
  const nameOf = (header: string) => header.slice(0, header.indexOf(":"));
  const body = text.slice(end + 4);
  const isChunked = lines.some((header) => /^transfer-encoding:.*chunked$/i.test(header));
  return {
    line,
    headers: lines.filter((header) => !OWN.test(nameOf(header))),
    hosts: lines.filter((header) => /^host:/i.test(header)),
    body: isChunked ? joinChunks(body) : body,
  };
}

/** The data of the chunks, then their trailers. */
function joinChunks(text: string): string {
  let joined = "";
  for (let at = 0; ; ) {
    const lineEnd = text.indexOf("\r\n", at);
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (!(size >= 0)) throw new Error(`no chunk at ${at} of ${text}`);
    if (size === 0) return joined + text.slice(lineEnd + 2, -2);
    joined += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 2 + size + 2;
  }
}

function expected({ method, path, query, headers, trailers }: Capture, body: string): Message {
  const nominated = headers
    .filter(([name]) => /^connection$/i.test(name))
    .flatMap(([, value]) => value.split(","))
    .map((name) => name.trim().toLowerCase());
  const isLast = (coding: string) => /(^|,)\s*chunked\s*$/i.test(coding);
  const kept = headers.filter(
    ([name, value]) =>
      !OWN.test(name) &&
      !nominated.includes(name.toLowerCase()) &&
      (!/^transfer-encoding$/i.test(name) || isLast(value)),
  );
  return {
    line: `${method} ${path}${query === null ? "" : `?${query}`} HTTP/1.1`,
    headers: kept.map(([name, value]) => `${name}: ${value}`),
    body: body + trailers.map(([name, value]) => `${name}: ${value}\r\n`).join(""),
  };
}

/** A server that keeps the bytes of each connection, and answers once they are as many as said. */
async function startEcho() {
  const echo = { received: "", isWhole: (_received: string) => true, url: "", stop };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    echo.received = "";
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      echo.received += bytes.toString("latin1");
      if (echo.isWhole(echo.received)) socket.end("HTTP/1.1 204 No Content\r\n\r\n");
    });
  });
  function stop() {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  echo.url = `http://127.0.0.1:${(server.address() as { port: number }).port}/`;
  return echo;
}

/** How much there is of a body and its trailers; chunks count once the last one is there. */
function sizeOf(received: string): number {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return -1;
  const isChunked = /\r\ntransfer-encoding:.*chunked(\r\n|$)/i.test(received.slice(0, end));
  const isAll = /(^|\r\n)0\r\n([^\r\n]+\r\n)*\r\n$/.test(received.slice(end + 4));
  return isChunked && !isAll ? -1 : parse(received).body.length;
}

/** Sends every capture of a bin again, unedited: the target has to get what Inlet got. */
export async function expectResentAsCaptured(bin: TestBin): Promise<void> {
  if (!(await bin.api(`/bins/${bin.id}`)).ok) return;
  const echo = await startEcho();
  try {
    for (const { id } of await bin.all()) {
      const capture = await bin.capture(id);
      const body = (await bin.body(id)).toString("latin1");
      const isRaw = capture.problem === "malformed" && capture.headers.length === 0;
      const whole = expected(capture, body);
      echo.isWhole = (received) =>
        isRaw ? received.length >= body.length : sizeOf(received) >= whole.body.length;
      const response = await bin.api(`/captures/${id}/resend`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ url: echo.url }),
      });
      if (capture.method === "CONNECT" && !isRaw) {
        expect(response.status).toBe(400);
        continue;
      }
      const delivery = (await response.json()) as Delivery;
      expect(delivery.error).toBeNull();
      expect(delivery.response?.status).toBe(204);
      const came = echo.received;
      if (isRaw) {
        expect(came).toBe(body);
        continue;
      }
      const { hosts, ...message } = parse(came);
      expect(message).toEqual(whole);
      expect(hosts.map((host) => host.slice(host.indexOf(":") + 2))).toEqual([
        echo.url.slice("http://".length, -1),
      ]);
    }
  } finally {
    echo.stop();
  }
}
