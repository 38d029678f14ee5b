import { requestJson } from "#components/api/request.ts";
import type {
  BulkDeliveries,
  BulkResend,
  CreateBulkResendInput,
} from "#lib/contract/bulk-resend.ts";

export function createBulkResend(binId: string, input: CreateBulkResendInput): Promise<BulkResend> {
  return requestJson(`/bins/${binId}/bulk-resends`, { method: "POST", body: input });
}

export function controlBulkResend(
  id: string,
  action: "pause" | "resume" | "cancel",
): Promise<BulkResend> {
  return requestJson(`/bulk-resends/${id}/${action}`, { method: "POST", body: {} });
}

/** Those that got no 2xx, from the one after `after` on. */
export function getUnsuccessful(
  id: string,
  after: number | null,
  signal?: AbortSignal,
): Promise<BulkDeliveries> {
  const from = after === null ? "" : `&after=${after}`;
  return requestJson(`/bulk-resends/${id}/deliveries?outcome=unsuccessful&limit=50${from}`, {
    signal,
  });
}
