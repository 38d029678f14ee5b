import { request, requestJson } from "#components/api/request.ts";
import type { Deliveries, Delivery, ResendInput } from "#lib/contract/delivery.ts";
import { DELIVERIES_PER_CAPTURE_MAX } from "#lib/contract/limits.ts";

/** Answers once the target has, or has failed to. */
export function resendCapture(captureId: string, input: ResendInput): Promise<Delivery> {
  return requestJson(`/captures/${captureId}/resend`, { method: "POST", body: input });
}

/** All that are kept, newest first. */
export function getDeliveries(captureId: string, signal?: AbortSignal): Promise<Deliveries> {
  const path = `/captures/${captureId}/deliveries?limit=${DELIVERIES_PER_CAPTURE_MAX}`;
  return requestJson(path, { signal });
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
