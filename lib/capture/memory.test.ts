import { createHash, randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { newDatabaseUrl, PROVIDERS } from "../testing/databases.ts";
import { inParallel } from "../testing/load.ts";
import { peakMemory } from "../testing/process-memory.ts";
import { connectRaw, type RawAnswer } from "../testing/raw-sender.ts";
import { startServer, type TestServer } from "../testing/server.ts";

const MEBIBYTE = 1024 * 1024;
const SENDERS = 200;
/** All senders share these bytes but for the first of them, so that the test needs little itself. */
const SHARED = randomBytes(10 * MEBIBYTE - 64);

type Sent = { start: Buffer; answer: RawAnswer };

const sha256 = (...parts: Uint8Array[]) =>
  parts.reduce((hash, part) => hash.update(part), createHash("sha256")).digest("hex");

/** Half of them tell their length beforehand, the others send chunks without an announced end. */
async function sendLarge(server: TestServer, binId: string, index: number): Promise<Sent> {
  const start = randomBytes(64);
  const sender = await connectRaw(server.port);
  const isChunked = index % 2 === 1;
  const length = start.byteLength + SHARED.byteLength;
  const framing = isChunked ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
  await sender.write(`POST /in/${binId} HTTP/1.1\r\nHost: localhost\r\n${framing}\r\n\r\n`);
  if (isChunked) await sender.write(`${length.toString(16)}\r\n`);
  await sender.write(start);
  for (let offset = 0; offset < SHARED.byteLength; offset += MEBIBYTE) {
    await sender.write(SHARED.subarray(offset, offset + MEBIBYTE));
  }
  if (isChunked) await sender.write("\r\n0\r\n\r\n");
  const answer = await sender.answer();
  sender.socket.destroy();
  return { start, answer };
}

describe.each(PROVIDERS)("memory with %s", (provider) => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startServer({ DATABASE_URL: await newDatabaseUrl(provider) });
  });
  afterAll(() => server?.stop());

  test(`stays under 1 GiB with ${SENDERS} senders of 10 MiB at once`, async () => {
    const bin = await server.createBin();
    for (const _wave of [1, 2]) {
      const known = new Set((await bin.all()).map(({ id }) => id));
      const senders = Array.from({ length: SENDERS });
      const sent = await inParallel(senders, SENDERS, (_, i) => sendLarge(server, bin.id, i));

      const stored = sent.filter(({ answer }) => answer.status === 200);
      const refused = sent.filter(({ answer }) => answer.status === 503);
      expect(stored.length + refused.length).toBe(SENDERS);
      expect(stored.length).toBeGreaterThan(0);
      expect(refused.length).toBeGreaterThan(0);
      for (const { answer } of refused) {
        expect(answer.headers.get("retry-after")).toMatch(/^\d+$/);
        expect(answer.headers.has("inlet-capture")).toBe(false);
      }
      const ids = (await bin.all()).map(({ id }) => id).filter((id) => !known.has(id));
      const idOf = ({ answer }: Sent) => answer.headers.get("inlet-capture")!;
      expect(ids.sort()).toEqual(stored.map(idOf).sort());
      await inParallel(stored.slice(0, 8), 2, async (one) => {
        expect(sha256(await bin.body(idOf(one)))).toBe(sha256(one.start, SHARED));
      });
    }
    const peak = peakMemory(server.pid);
    expect(peak).toBeLessThan(1024 * MEBIBYTE);
  }, 180_000);
});
