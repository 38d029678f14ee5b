import { BodyDocument } from "./body-document.ts";
import { type BodyReply, type BodyRequest, buffersOf } from "./body-messages.ts";
import { decodeContent } from "./decode/decode-content.ts";

/** One body's worker: it decodes, parses and searches, and the page stays free. */
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<BodyRequest>) => void) | null;
  postMessage(message: BodyReply, transfer: ArrayBuffer[]): void;
};

let document: BodyDocument | null = null;

async function answer(request: BodyRequest): Promise<unknown> {
  if (request.method !== "open") {
    const ask = document![request.method] as (...args: unknown[]) => unknown;
    return ask.apply(document, request.args);
  }
  const { raw, contentType, contentEncoding } = request;
  const { bytes, decoding } = await decodeContent(raw, contentEncoding);
  document = new BodyDocument(bytes, contentType);
  // The page has the raw bytes; of decoded ones it gets its own copy.
  return { facts: document.facts, decoding, bytes: decoding ? bytes.slice() : null };
}

scope.onmessage = ({ data }) => {
  answer(data).then(
    (value) => scope.postMessage({ id: data.id, value }, buffersOf(value)),
    (error) => scope.postMessage({ id: data.id, error: String(error) }, []),
  );
};
