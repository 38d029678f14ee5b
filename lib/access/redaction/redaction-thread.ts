// The redaction thread: reads through large captures beside the thread that serves, one at a time.
import { parentPort } from "node:worker_threads";
import { redactCapture } from "./redact-capture.ts";
import type { RedactionAnswer, RedactionRequest } from "./redaction-messages.ts";

const port = parentPort!;

port.on("message", ({ record, body, redaction }: RedactionRequest) => {
  const shown = redactCapture(record, body, redaction);
  // Not a part of a pool, which would go as a whole.
  const bytes = new Uint8Array(shown.body);
  const answer: RedactionAnswer = { record: shown.record, body: bytes, fields: shown.fields };
  port.postMessage(answer, [bytes.buffer]);
});
