import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, onTestFinished, test } from "vitest";
import { connectRaw } from "../testing/raw-http.ts";
import { createCapturePath } from "./capture.ts";
import { HTTP_SERVER_OPTIONS } from "./http-options.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const BIN_ID = "a".repeat(20);

test("a connection that idles after its answer does not hold the body that it sent", async () => {
  const bodies: WeakRef<Uint8Array>[] = [];
  const path = createCapturePath({
    hostSuffix: null,
    maxBodyBytes: 1024 * 1024,
    memoryBytes: 16 * 1024 * 1024,
    ownCookies: [],
    forwarded: null,
    loadBin: async (id) => ({ id, reply: null }),
    async append(captures) {
      for (const { body } of captures) bodies.push(new WeakRef(body));
      return { seqs: captures.map(() => 1), failed: [] };
    },
    onCommitted() {},
    onError: (error) => {
      throw error;
    },
  });
  const server = createServer(HTTP_SERVER_OPTIONS, (req, res) => void path.handle(req, res));
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => void server.close().closeAllConnections());

  const connection = await connectRaw((server.address() as AddressInfo).port);
  const size = 512 * 1024;
  connection.send(`POST /in/${BIN_ID} HTTP/1.1\r\nContent-Length: ${size}\r\n\r\n`);
  connection.send(Buffer.alloc(size));
  expect((await connection.response()).status).toBe(200);

  await expect
    .poll(() => {
      collectGarbage();
      return bodies.map((body) => body.deref()?.byteLength);
    })
    .toEqual([undefined]);
  expect(connection.socket.readyState).toBe("open");
});
