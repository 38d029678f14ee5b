import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import { LRUCache } from "lru-cache";
import type { Redaction } from "../../contract/share.ts";
import { AppError } from "../../errors.ts";
import { hiddenWhole } from "./hidden-whole.ts";
import { type Recorded, type RedactedCapture, redactCapture } from "./redact-capture.ts";
import type { RedactionAnswer, RedactionRequest } from "./redaction-messages.ts";

/** What is not larger takes some milliseconds at the very worst: less than a thread is worth. */
const SMALL_BYTES = 16 * 1024;
/** Small captures that are redacted for the live feed, while senders wait for their answers. */
const LIVE_BYTES_PER_SECOND = 1024 * 1024;
/** A capture of 10 MiB takes a few seconds at the very worst, on a machine with other things to do. */
const TIME_LIMIT_MS = 10_000;
/** More than this waiting, and another reading is refused. */
const WAITING_MAX = 200;
const WAITING_BYTES_MAX = 128 * 1024 * 1024;
/** What is read once is read again at once: a page, its body, its download. */
const KEPT_BYTES_MAX = 32 * 1024 * 1024;
const KEPT_MS = 60_000;
/** Beyond it the thread ends, not the process. */
const HEAP_MB = 1_024;

type Stored = Recorded & { id: string };

export type Redactor = {
  /**
   * As `redactCapture`, away from the thread that serves where it could take long. What is not done
   * within the time limit comes back hidden whole.
   */
  redact<R extends Stored>(
    record: R,
    body: Uint8Array,
    redaction: Redaction,
  ): Promise<RedactedCapture<R>>;
  /** At once, or null for what would keep others waiting. */
  redactNow<R extends Recorded>(
    record: R,
    body: Uint8Array,
    redaction: Redaction,
  ): RedactedCapture<R> | null;
  close(): Promise<void>;
};

type Answer = RedactionAnswer | null;
type Job = { request: RedactionRequest; size: number; done(answer: Answer): void };

function sizeOf({ target, headers, trailers }: Recorded, body: Uint8Array): number {
  const pairs = [...headers, ...trailers];
  const ofPairs = pairs.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return target.length + ofPairs + body.byteLength;
}

/** What the thread has to know, without what it could not be sent. */
const recordedOf = (record: Recorded): Recorded => ({
  binId: record.binId,
  method: record.method,
  target: record.target,
  path: record.path,
  query: record.query,
  contentType: record.contentType,
  remoteIp: record.remoteIp,
  problem: record.problem,
  problemDetail: record.problemDetail,
  headers: record.headers,
  trailers: record.trailers,
});

function spawn(): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: HEAP_MB };
  const bundle = new URL("./redaction-thread.js", import.meta.url);
  if (existsSync(bundle)) return new Worker(bundle, { resourceLimits });
  return new Worker(new URL("./redaction-thread-source.mjs", import.meta.url), { resourceLimits });
}

type RedactorOptions = { now?: () => number; timeLimitMs?: number };

/** The redaction thread, from outside. It starts with the first large capture, and again after it ended. */
export function startRedactor({
  now = Date.now,
  timeLimitMs = TIME_LIMIT_MS,
}: RedactorOptions = {}): Redactor {
  const line: Job[] = [];
  const underway = new Map<string, Promise<Answer>>();
  const kept = new LRUCache<string, { answer: Answer }>({
    maxSize: KEPT_BYTES_MAX,
    sizeCalculation: ({ answer }) => SMALL_BYTES + (answer?.body.byteLength ?? 0),
    ttl: KEPT_MS,
    ttlAutopurge: true,
  });
  let isClosed = false;
  let worker: Worker | undefined;
  let running: { job: Job; limit: NodeJS.Timeout } | undefined;
  let waitingBytes = 0;
  let liveBytes = LIVE_BYTES_PER_SECOND;
  let liveSince = now();

  const finish = (answer: Answer): void => {
    if (!running) return;
    clearTimeout(running.limit);
    const { job } = running;
    running = undefined;
    waitingBytes -= job.size;
    job.done(answer);
    next();
  };
  const start = (): Worker => {
    const started = spawn();
    const end = () => {
      if (worker !== started) return;
      worker = undefined;
      finish(null);
    };
    started.on("message", (answer: RedactionAnswer) => worker === started && finish(answer));
    // What ends the thread once would end it again: memory, most likely.
    started.on("error", end);
    started.on("exit", end);
    return started;
  };
  const giveUp = (): void => {
    const stuck = worker;
    worker = undefined;
    void stuck?.terminate();
    finish(null);
  };
  const next = (): void => {
    const job = running ? undefined : line.shift();
    if (!job) return;
    worker ??= start();
    running = { job, limit: setTimeout(giveUp, timeLimitMs) };
    worker.postMessage(job.request);
  };
  const ask = (request: RedactionRequest, size: number): Promise<Answer> => {
    if (line.length >= WAITING_MAX || waitingBytes + size > WAITING_BYTES_MAX) {
      throw new AppError(
        "unavailable",
        "Too many large captures are being looked through for secrets. Try again in a moment.",
      );
    }
    return new Promise((done) => {
      waitingBytes += size;
      line.push({ request, size, done });
      next();
    });
  };
  const askOnce = async (key: string, request: RedactionRequest, size: number) => {
    const before = underway.get(key);
    if (before) return before;
    const asked = ask(request, size);
    underway.set(key, asked);
    const answer = await asked;
    underway.delete(key);
    if (!isClosed) kept.set(key, { answer });
    return answer;
  };

  return {
    async redact(record, body, redaction) {
      const size = sizeOf(record, body);
      if (size <= SMALL_BYTES) return redactCapture(record, body, redaction);
      // Bodies never change; a list looks into some with an empty one.
      const asked = JSON.stringify([record.id, body.byteLength, redaction]);
      const key = createHash("sha256").update(asked).digest("base64");
      const request = { record: recordedOf(record), body, redaction };
      const before = kept.get(key);
      const answer = before ? before.answer : await askOnce(key, request, size);
      if (!answer) return hiddenWhole(record, body);
      return {
        record: { ...record, ...answer.record },
        body: Buffer.from(answer.body.buffer, answer.body.byteOffset, answer.body.byteLength),
        fields: answer.fields,
      };
    },
    redactNow(record, body, redaction) {
      const size = sizeOf(record, body);
      const time = now();
      const since = Math.max(0, time - liveSince) / 1_000;
      liveBytes = Math.min(LIVE_BYTES_PER_SECOND, liveBytes + since * LIVE_BYTES_PER_SECOND);
      liveSince = time;
      if (size > SMALL_BYTES || size > liveBytes) return null;
      liveBytes -= size;
      return redactCapture(record, body, redaction);
    },
    async close() {
      isClosed = true;
      const ending = worker;
      worker = undefined;
      for (const job of line.splice(0)) job.done(null);
      finish(null);
      kept.clear();
      await ending?.terminate();
    },
  };
}
