import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { BIN_ID, startCaptureServer } from "../testing/capture-server.ts";
import { connectRaw } from "../testing/raw-http.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

test("a connection that idles after its answer does not hold the body that it sent", async () => {
  const bodies: WeakRef<Uint8Array>[] = [];
  const { port, stored } = await startCaptureServer({
    onAppend(captures) {
      for (const { body } of captures) bodies.push(new WeakRef(body));
    },
  });

  const connection = await connectRaw(port);
  const size = 512 * 1024;
  connection.send(`POST /in/${BIN_ID} HTTP/1.1\r\nContent-Length: ${size}\r\n\r\n`);
  connection.send(Buffer.alloc(size));
  expect((await connection.response()).status).toBe(200);
  stored.length = 0;

  await expect
    .poll(() => {
      collectGarbage();
      return bodies.map((body) => body.deref()?.byteLength);
    })
    .toEqual([undefined]);
  expect(connection.socket.readyState).toBe("open");
});
