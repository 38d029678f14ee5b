import { randomUUID } from "node:crypto";
import { openStore } from "../lib/store/store.ts";
import { median } from "./load.ts";

const SIZES = [1_000, 1_000_000];
const BATCH = 1_000;
const SAMPLES = 200;

function capture(binId: string) {
  return {
    id: randomUUID(),
    binId,
    receivedAt: new Date(),
    method: "POST",
    target: `/in/${binId}`,
    path: "/",
    query: null,
    httpVersion: "1.1",
    contentType: "application/json",
    remoteIp: "127.0.0.1",
    tls: false,
    declaredSize: 200,
    truncated: false,
    problem: null,
    problemDetail: null,
    readMs: 0,
    rawHeaders: ["Content-Type", "application/json"],
    rawTrailers: [],
    body: Buffer.alloc(200, "x"),
  };
}

/** The first page of a bin with a thousand and with a million captures stored. */
export async function benchLists(name: string, databaseUrl: string): Promise<void> {
  const nothing = () => {};
  const store = await openStore({
    databaseUrl,
    maxCapturesPerBin: 10_000_000,
    binTtlDays: 30,
    now: () => new Date(),
    onTrimmed: nothing,
    onExpired: nothing,
    onError: nothing,
  });
  const createdAt = new Date();
  await store.write("createWorkspace", { id: "bench", createdAt, tokens: [] });
  const bins = SIZES.map((size) => ({ size, id: `lists${size}`.padEnd(20, "x") }));
  for (const { id, size } of bins) {
    await store.write("createBin", {
      id,
      workspaceId: "bench",
      name: null,
      reply: null,
      createdAt,
    });
    for (let done = 0; done < size; done += BATCH) {
      await store.append(Array.from({ length: BATCH }, () => capture(id)));
    }
  }
  console.log(`\n## The first page of a bin, 50 captures, ${name}\n`);
  const times = bins.map(() => [] as number[]);
  for (let i = 0; i < SAMPLES; i++) {
    for (const [index, { id }] of bins.entries()) {
      const start = performance.now();
      await store.pageOfCaptures(id, { limit: 50 });
      times[index]!.push(performance.now() - start);
    }
  }
  const medians = times.map(median);
  for (const [index, { size }] of bins.entries()) {
    console.log(`- ${size} captures stored: median ${medians[index]!.toFixed(2)} ms`);
  }
  console.log(`- **ratio ${(medians[1]! / medians[0]!).toFixed(2)}**`);
  await store.close();
}
