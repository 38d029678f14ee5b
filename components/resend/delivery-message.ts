import { loadResponse } from "#components/api/deliveries.ts";
import type { Message } from "#lib/compare/message.ts";
import type { DeliveryResponse } from "#lib/contract/delivery.ts";

/** What a target answered as the comparison wants it, with the exact bytes that were kept. */
export async function deliveryMessage(
  deliveryId: string,
  response: DeliveryResponse,
  signal: AbortSignal,
): Promise<Message> {
  const { status, statusText, httpVersion, headers, trailers, bodySize, truncated } = response;
  const bytes = bodySize === 0 ? new Uint8Array() : await loadResponse(deliveryId, signal);
  const contentType = headers.find(([name]) => name.toLowerCase() === "content-type");
  return {
    line: [
      { label: "Version", text: `HTTP/${httpVersion}` },
      { label: "Status", text: String(status) },
      { label: "Reason", text: statusText },
    ],
    query: null,
    headers,
    trailers,
    body: { bytes, contentType: contentType?.[1] ?? null, truncated },
  };
}
