import type { IncomingMessage } from "node:http";
import { EMPTY } from "./record.ts";

export type BodyResult =
  | { outcome: "complete" | "truncated"; body: Uint8Array }
  /** The sender hung up; what came is kept. */
  | { outcome: "aborted"; body: Uint8Array }
  | { outcome: "no_memory" };

export type BodyReader = {
  /** Ends the reading with what is there: the connection or the parser gave up. */
  stop(): Uint8Array;
};

/** A chunk costs a hundred bytes beside its content; a hostile sender's holds one byte. */
const MERGE_CHUNKS = 256;

/**
 * Reads a body up to `maxBytes`. Calls `done` once. Limits hold while streaming: what is beyond
 * is not kept, and `reserve` is asked before a byte is.
 */
export function readBody(
  req: IncomingMessage,
  maxBytes: number,
  reserve: (totalBytes: number) => boolean,
  done: (result: BodyResult) => void,
): BodyReader {
  let merged: Buffer[] = [];
  let chunks: Buffer[] = [];
  let size = 0;
  let isDone = false;

  const take = (): Uint8Array => {
    const all = merged.length === 0 ? chunks : [...merged, ...chunks];
    merged = [];
    chunks = [];
    return all.length === 0 ? EMPTY : all.length === 1 ? all[0]! : Buffer.concat(all, size);
  };

  /** False when it did not fit. */
  const keep = (chunk: Buffer): boolean => {
    const room = maxBytes - size;
    const kept = chunk.byteLength > room ? chunk.subarray(0, room) : chunk;
    if (kept.byteLength > 0) chunks.push(kept);
    size += kept.byteLength;
    if (chunks.length === MERGE_CHUNKS) {
      merged.push(Buffer.concat(chunks));
      chunks = [];
    }
    return chunk.byteLength <= room;
  };

  const finish = (result: BodyResult): void => {
    if (isDone) return;
    isDone = true;
    done(result);
  };

  const onData = (chunk: Buffer): void => {
    if (isDone) return;
    if (!reserve(Math.min(size + chunk.byteLength, maxBytes))) {
      take();
      finish({ outcome: "no_memory" });
      return;
    }
    if (!keep(chunk)) finish({ outcome: "truncated", body: take() });
  };

  req.on("data", onData);
  req.on("end", () => finish({ outcome: "complete", body: take() }));
  req.on("close", () => finish({ outcome: "aborted", body: take() }));
  req.on("error", () => {}); // `close` follows.

  return {
    stop() {
      isDone = true;
      req.off("data", onData);
      // What came while the bin was looked up waits in the stream, which flows only a turn later.
      for (let chunk = req.read(); chunk !== null; chunk = req.read()) keep(chunk);
      return take();
    },
  };
}
