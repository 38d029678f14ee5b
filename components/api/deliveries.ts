import { request, requestJson } from "#components/api/request.ts";
import type { Deliveries, Delivery, ResendInput } from "#lib/contract/delivery.ts";

/** Answers once the target has, or has failed to. */
export function resendCapture(captureId: string, input: ResendInput): Promise<Delivery> {
  return requestJson(`/captures/${captureId}/resend`, { method: "POST", body: input });
}

/** Newest first. */
export function getDeliveries(captureId: string, signal?: AbortSignal): Promise<Deliveries> {
  return requestJson(`/captures/${captureId}/deliveries`, { signal });
}

export function responseUrl(deliveryId: string): string {
  return `/api/v1/deliveries/${deliveryId}/body`;
}

export async function loadResponse(
  deliveryId: string,
  signal: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  const response = await request(`/deliveries/${deliveryId}/body`, { signal });
  return new Uint8Array(await response.arrayBuffer());
}
