import { readBytes } from "#components/api/read-bytes.ts";
import type { Message } from "#lib/compare/message.ts";
import type { Capture } from "#lib/contract/capture.ts";

/** Longer than any body that a server can be set to keep. */
const EVERYTHING = 1024 * 1024 * 1024;

/** A captured request as the comparison wants it, with the exact bytes of its body. */
export async function captureMessage(capture: Capture, signal: AbortSignal): Promise<Message> {
  const { id, method, target, httpVersion, headers, trailers, query, bodySize } = capture;
  const { bytes } =
    bodySize === 0 ? { bytes: new Uint8Array() } : await readBytes(id, "body", EVERYTHING, signal);
  const at = target.indexOf("?");
  return {
    line: [
      { label: "Method", text: method },
      { label: "Target", text: at === -1 ? target : target.slice(0, at) },
      { label: "Version", text: httpVersion === "" ? "" : `HTTP/${httpVersion}` },
    ],
    query,
    headers,
    trailers,
    body: { bytes, contentType: capture.contentType, truncated: capture.truncated },
  };
}
