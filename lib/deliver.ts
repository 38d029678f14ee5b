import { newCaptureId } from "./capture/capture-id.ts";
import type { BulkOutcome } from "./contract/bulk-resend.ts";
import type { DeliveryRequest } from "./contract/delivery.ts";
import type { DeliveryEvent } from "./contract/events.ts";
import { deliveryResult } from "./outbound/delivery-result.ts";
import { prepareHead } from "./outbound/request-head.ts";
import type { Outcome, Sender, Sending } from "./outbound/send.ts";
import { unsendable } from "./sending.ts";
import type { CaptureRecord, DeliveryRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";

export type DeliverOptions = {
  store: Pick<Store, "write">;
  sender: Sender;
  now(): Date;
  onEnded(event: DeliveryEvent): void;
};

export type Delivered = { record: DeliveryRecord; body: Uint8Array | null };

/**
 * Sends a capture and stores what came of it, whatever that is: pending first, so that none is
 * lost when the server dies meanwhile. Null when the capture went away. Ends early when the signal
 * aborts; a bulk resend does not count that one, and sends it again. What cannot be sent at all
 * fails.
 */
export type Deliver = (
  capture: CaptureRecord,
  sending: Sending,
  how: { isEdited: boolean; signal: AbortSignal; bulk?: { id: string; index: number } },
) => Promise<Delivered | null>;

/** A sending before it begins. */
export function begin({ url, message, isRaw }: Sending, isEdited: boolean, at: Date) {
  const head = isRaw ? { headers: [], notCarried: [] } : prepareHead(message, url.host);
  const request: DeliveryRequest = {
    headers: head.headers,
    bodySize: message.body.byteLength,
    edited: isEdited,
    notCarried: head.notCarried,
  };
  return {
    id: newCaptureId(at.getTime()),
    method: message.method,
    url: isRaw ? url.href : url.origin + message.target,
    startedAt: at,
    request,
  };
}

/** What came of it, but the body. */
export function endOf(outcome: Outcome, request: DeliveryRequest) {
  return {
    state: outcome.response ? ("succeeded" as const) : ("failed" as const),
    request: { ...request, headers: outcome.headers, notCarried: outcome.notCarried },
    result: deliveryResult(outcome),
  };
}

function unsent(message: string): Outcome {
  const timings = { dns: null, connect: null, tls: null, firstByte: null, total: 0 };
  const error = { code: "failed" as const, message, phase: null };
  return { headers: [], notCarried: [], redirects: [], response: null, timings, error };
}

function bulkOutcome({ response, error }: Outcome): BulkOutcome | null {
  if (error?.code === "interrupted") return null;
  if (!response) return "failed";
  return response.status >= 200 && response.status < 300 ? "succeeded" : "other";
}

export function createDeliver({ store, sender, now, onEnded }: DeliverOptions): Deliver {
  return async (capture, sending, { isEdited, signal, bulk }) => {
    const begun = { captureId: capture.id, bulk, ...begin(sending, isEdited, now()) };
    const attempt = await store.write("createDelivery", begun);
    if (attempt === null) return null;
    const fault = unsendable(sending);
    const outcome = fault ? unsent(fault.message) : await sender.send(sending, signal);
    const counted = bulk && bulkOutcome(outcome);
    const end = endOf(outcome, begun.request);
    const body = outcome.response?.body ?? null;
    const countedBy = bulk && counted ? { ...bulk, outcome: counted } : undefined;
    await store.write("finishDelivery", begun.id, { ...end, body, countedBy });
    const { binId, id: captureId } = capture;
    onEnded({ binId, captureId, deliveryId: begun.id, state: end.state, attempt });
    return { record: { ...begun, ...end, attempt, ruleId: null, forwardId: null }, body };
  };
}
