import { existsSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { NewCapture } from "../contract/new-capture.ts";
import { AppError } from "../errors.ts";
import type { Database } from "./database-url.ts";
import { toRow } from "./insert-captures.ts";
import type { Appended, WriterAnswer, WriterData, WriterRequest } from "./writer-messages.ts";
import type { WriteArgs, WriteName, WriteResult } from "./writes.ts";

export type Writer = {
  /** One transaction. Rejects when nothing of it can be vouched for. */
  append(captures: NewCapture[]): Promise<Appended>;
  write<N extends WriteName>(name: N, ...args: WriteArgs<N>): Promise<WriteResult<N>>;
  /** After everything asked before is done. */
  close(): Promise<void>;
};

type Pending = { resolve(value: unknown): void; reject(error: Error): void };
type Request = WriterRequest extends infer R ? (R extends unknown ? Omit<R, "id"> : never) : never;

const unavailable = (message: string) =>
  new AppError("unavailable", "The database did not take the write. Try again in a moment.", {
    cause: new Error(message),
  });

function spawn(database: Database): Worker {
  const workerData: WriterData = { database };
  const bundle = new URL("./writer-thread.js", import.meta.url);
  if (existsSync(bundle)) return new Worker(bundle, { workerData });
  return new Worker(new URL("./writer-thread-source.mjs", import.meta.url), { workerData });
}

/**
 * The writer thread, from outside. It is the only writer, so writes never wait for each other's
 * locks on SQLite, and neither writing nor fsync ever stops the thread that serves requests.
 * A thread that dies is replaced at the next call; what it had not answered is rejected.
 */
export function startWriter(database: Database): Writer {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  let worker: Worker | undefined;

  const start = (): Worker => {
    const started = spawn(database);
    const fail = (reason: string) => {
      if (worker !== started) return;
      worker = undefined;
      for (const { reject } of pending.values()) reject(unavailable(reason));
      pending.clear();
    };
    started.on("message", (answers: WriterAnswer[]) => {
      for (const answer of answers) {
        const waiting = pending.get(answer.id);
        pending.delete(answer.id);
        if (answer.ok) waiting?.resolve(answer.value);
        else waiting?.reject(unavailable(answer.message));
      }
    });
    started.on("error", (error) => fail(String(error)));
    started.on("exit", (code) => fail(`the writer thread ended with code ${code}`));
    return started;
  };

  const ask = <T>(request: Request, transfer: ArrayBuffer[] = []): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      worker ??= start();
      const id = ++lastId;
      pending.set(id, { resolve: resolve as Pending["resolve"], reject });
      worker.postMessage({ ...request, id }, transfer);
    });

  return {
    append(captures) {
      const sizes = captures.map((capture) => capture.body.byteLength);
      // Filled below to the last byte, so it need not be cleared first. Not pooled: it is handed over.
      const bodies = Buffer.allocUnsafeSlow(sizes.reduce((total, size) => total + size, 0))
        .buffer as ArrayBuffer;
      const block = new Uint8Array(bodies);
      let offset = 0;
      for (const { body } of captures) {
        block.set(body, offset);
        offset += body.byteLength;
      }
      return ask({ kind: "append", rows: captures.map(toRow), bodies, sizes }, [bodies]);
    },
    write: (name, ...args) => ask({ kind: "write", name, args }),
    async close() {
      if (worker) await ask({ kind: "close" });
    },
  };
}
