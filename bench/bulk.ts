import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { BulkResend } from "../lib/contract/bulk-resend.ts";
import type { TestBin, TestServer } from "../lib/testing/server.ts";
import { median } from "./load.ts";

const CAPTURES = 10_000;
const BODY = Buffer.alloc(32 * 1024, "0123456789abcdef");
const SENDERS = 16;
const SAMPLE_MS = 250;

/** Resident memory in MiB at this moment. */
function memoryMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1024;
}

/** Counts what it gets, and answers at once. */
async function startTarget() {
  const target = { url: "", requests: 0, bytes: 0, stop: () => void server.close() };
  const server = createServer((req, res) => {
    req.on("data", (chunk: Buffer) => {
      target.bytes += chunk.byteLength;
    });
    req.on("end", () => {
      target.requests += 1;
      res.end("ok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  target.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return target;
}

async function fill(bin: TestBin): Promise<void> {
  let left = CAPTURES;
  const send = async () => {
    while (left-- > 0) await fetch(`${bin.captureUrl}/x`, { method: "POST", body: BODY });
  };
  await Promise.all(Array.from({ length: SENDERS }, send));
}

async function post(bin: TestBin, path: string, json: unknown): Promise<BulkResend> {
  const response = await bin.api(path, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(json),
  });
  return (await response.json()) as BulkResend;
}

/** As many captures as one call takes go to a local target, while the server's memory is sampled. */
export async function benchBulk(server: TestServer): Promise<void> {
  console.log(`\n## ${CAPTURES} captures of 32 KiB in one bulk resend, SQLite\n`);
  const bin = await server.createBin();
  await fill(bin);
  for (const concurrency of [8, 1]) {
    const target = await startTarget();
    const input = { url: target.url, captures: { all: true }, ratePerSecond: 500, concurrency };
    const begin = performance.now();
    let bulk = await post(bin, `/bins/${bin.id}/bulk-resends`, input);
    const samples: number[] = [];
    while (bulk.endedAt === null) {
      await sleep(SAMPLE_MS);
      samples.push(memoryMiB(server.pid));
      bulk = (await (await bin.api(`/bulk-resends/${bulk.id}`)).json()) as BulkResend;
    }
    const seconds = (performance.now() - begin) / 1000;
    target.stop();
    const tenth = Math.ceil(samples.length / 10);
    const tenths = Array.from({ length: 10 }, (_, i) =>
      Math.round(median(samples.slice(i * tenth, (i + 1) * tenth))),
    ).filter(Number.isFinite);
    const [least, most] = [Math.min(...samples), Math.max(...samples)];
    console.log(
      `- ${concurrency} at once: ${bulk.succeeded} of ${bulk.total} succeeded, ` +
        `${target.requests} requests and ${Math.round(target.bytes / 2 ** 20)} MiB at the target, ` +
        `${Math.round(bulk.sent / seconds)} a second\n` +
        `- memory in MiB, medians of each tenth of the way: ${tenths.join(", ")}\n` +
        `- **${samples.length} samples: ${Math.round(least)} to ${Math.round(most)} MiB, ` +
        `max/min ${(most / least).toFixed(2)}; last tenth to first ${(tenths.at(-1)! / tenths[0]!).toFixed(2)}**`,
    );
  }
}
