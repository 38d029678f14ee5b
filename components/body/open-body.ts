import { type BodyAnswers, BodyDocument, type BodyFacts } from "./body-document.ts";
import type { BodyMethod, BodyReply, BodyRequest } from "./body-messages.ts";
import { codingsOf, type Decoding } from "./decode/decode-content.ts";

export type BodyHeaders = { contentType: string | null; contentEncoding: string | null };

export type Answer<Method extends BodyMethod> = ReturnType<BodyAnswers[Method]>;

/** A body that can be shown. */
export type OpenedBody = {
  /** As it was sent. */
  raw: Uint8Array<ArrayBuffer>;
  /** With its Content-Encoding undone. */
  bytes: Uint8Array<ArrayBuffer>;
  decoding: Decoding | null;
  facts: BodyFacts;
  /** At once for a small body; for others a promise, the same one for the same question. */
  ask<Method extends BodyMethod>(
    method: Method,
    ...args: Parameters<BodyAnswers[Method]>
  ): Answer<Method> | Promise<Answer<Method>>;
  /** Lets its worker go. */
  close(): void;
};

/** Up to this, asking a worker takes longer than doing it. */
const AT_ONCE_BYTES = 96 * 1024;

/** Small and not encoded: nothing to wait for. Null for all else. */
export function openAtOnce(raw: Uint8Array<ArrayBuffer>, headers: BodyHeaders): OpenedBody | null {
  if (raw.length > AT_ONCE_BYTES || codingsOf(headers.contentEncoding).length > 0) return null;
  const document = new BodyDocument(raw, headers.contentType);
  return {
    raw,
    bytes: raw,
    decoding: null,
    facts: document.facts,
    ask: remembered((method, args) => {
      const ask = document[method] as (...args: unknown[]) => never;
      return ask.apply(document, args);
    }),
    close: () => {},
  };
}

type Opened = Pick<OpenedBody, "facts" | "decoding"> & { bytes: Uint8Array<ArrayBuffer> | null };

/** Decodes and reads a body of any size in a worker of its own. */
export async function openInWorker(
  raw: Uint8Array<ArrayBuffer>,
  headers: BodyHeaders,
  signal: AbortSignal,
): Promise<OpenedBody> {
  const worker = new Worker(new URL("./body-worker.ts", import.meta.url), { type: "module" });
  signal.addEventListener("abort", () => worker.terminate());
  const call = callerOf(worker);
  const opened = (await call({ method: "open", raw, ...headers })) as Opened;
  return {
    raw,
    bytes: opened.bytes ?? raw,
    decoding: opened.decoding,
    facts: opened.facts,
    ask: remembered((method, args) => call({ method, args }) as never),
    close: () => worker.terminate(),
  };
}

type WithoutId<Message> = Message extends unknown ? Omit<Message, "id"> : never;

function callerOf(worker: Worker): (request: WithoutId<BodyRequest>) => Promise<unknown> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let lastId = 0;
  worker.onmessage = ({ data }: MessageEvent<BodyReply>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ("error" in data) call?.reject(new Error(data.error));
    else call?.resolve(data.value);
  };
  // It did not start, or ran out of memory.
  worker.onerror = (event) => {
    event.preventDefault();
    for (const { reject } of waiting.values()) {
      reject(new Error("The browser could not read this body. Download it instead."));
    }
    waiting.clear();
  };
  return (request) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage({ id: lastId, ...request });
    });
}

/** Of questions whose answers depend on what somebody types, only some are kept. */
const MOST_ANSWERS = 12;

function remembered(ask: (method: BodyMethod, args: unknown[]) => never): OpenedBody["ask"] {
  const answers = new Map<string, never>();
  return (method, ...args) => {
    const key = JSON.stringify([method, ...args]);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const answer = ask(method, args);
    answers.set(key, answer);
    if (answers.size > MOST_ANSWERS) {
      const oldest = [...answers.keys()].find((other) => /^\["(find|textRows)/.test(other));
      if (oldest !== undefined && oldest !== key) answers.delete(oldest);
    }
    return answer;
  };
}
