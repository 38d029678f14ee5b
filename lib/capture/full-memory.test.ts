import { expect, test } from "vitest";
import { BIN_ID, startCaptureServer } from "../testing/capture-server.ts";
import { connectRaw } from "../testing/raw-sender.ts";

const KIB = 1024;

test("what does not fit into memory beside others is answered 503, and fits once they are done", async () => {
  const { port, stored } = await startCaptureServer({ memoryBytes: 100 * KIB });
  const post = async (announced: number) => {
    const sender = await connectRaw(port);
    const head = `POST /in/${BIN_ID} HTTP/1.1\r\nContent-Length: ${announced}\r\n`;
    await sender.write(`${head}Expect: 100-continue\r\n\r\n`);
    return sender;
  };

  const first = await post(60 * KIB);
  await expect.poll(first.received).toContain("100 Continue");
  const second = await post(60 * KIB);
  const refused = await second.answer();
  expect(refused.status).toBe(503);
  expect(refused.headers.get("retry-after")).toBe("1");
  expect(stored).toEqual([]);

  await first.write(Buffer.alloc(60 * KIB));
  expect((await first.answer()).status).toBe(200);
  const third = await post(60 * KIB);
  await third.write(Buffer.alloc(60 * KIB));
  expect((await third.answer()).status).toBe(200);
  expect(stored.map(({ body }) => body.byteLength)).toEqual([60 * KIB, 60 * KIB]);
});

test("a body without an announced length is refused once it grows beyond what is free", async () => {
  const { port, stored } = await startCaptureServer({ memoryBytes: 50 * KIB });
  const sender = await connectRaw(port);
  await sender.write(`POST /in/${BIN_ID} HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n`);
  const chunk = Buffer.alloc(16 * KIB);
  for (let i = 0; i < 4; i++) {
    await sender.write(`${chunk.byteLength.toString(16)}\r\n`);
    await sender.write(chunk);
    await sender.write("\r\n");
  }
  expect((await sender.answer()).status).toBe(503);
  expect(stored).toEqual([]);
});
