import type { Visitor } from "./access/access.ts";
import { decodeText, ownCapture } from "./captures.ts";
import type { Delivery, Resend } from "./contract/delivery.ts";
import { LISTED_TEXT_MAX_BYTES, TEXT_MAX_BYTES } from "./contract/limits.ts";
import { begin, type Deliver, endOf } from "./deliver.ts";
import { AppError, notFound } from "./errors.ts";
import type { Sender } from "./outbound/send.ts";
import type { Resends } from "./runtime.ts";
import { type Sendable, toSending, unsendable } from "./sending.ts";
import type { DeliveryRecord, DeliveryResult } from "./store/records.ts";
import type { Store } from "./store/store.ts";

export type DeliveriesOptions = {
  store: Pick<
    Store,
    | "findBin"
    | "findCapture"
    | "findBody"
    | "deliveriesOf"
    | "findDelivery"
    | "findDeliveryBody"
    | "write"
  >;
  deliver: Deliver;
  sender: Sender;
  now(): Date;
};

/** What came of a sending that is not kept, with all of the response's body. */
export type UnstoredDelivery = Pick<
  DeliveryRecord,
  "id" | "method" | "url" | "startedAt" | "request"
> & { state: "succeeded" | "failed"; result: DeliveryResult; body: Uint8Array | null };

export type DeliveriesService = Resends & {
  /** To be called once, before the first resend: ends what an earlier process left unfinished. */
  failInterrupted(): Promise<void>;
  /** Sends what its caller gives, like `resend`, and keeps nothing of it. */
  sendUnstored(capture: Sendable, body: Uint8Array, input: Resend): Promise<UnstoredDelivery>;
  /** Refuses new ones, ends those that take longer than `graceMs`; resolves when all are stored. */
  drain(graceMs: number): Promise<void>;
};

function present(record: DeliveryRecord, binId: string, text: string | null): Delivery {
  const { id, captureId, method, url, state, attempt, request, result } = record;
  const { redirects = [], response = null, timings = null, error = null } = result ?? {};
  return {
    id,
    captureId,
    binId,
    method,
    url,
    startedAt: record.startedAt.toISOString(),
    state,
    attempt,
    ruleId: record.ruleId,
    forwardId: record.forwardId,
    request,
    redirects,
    response: response && { ...response, text },
    timings,
    error,
  };
}

/** Text where it is UTF-8 and shorter than the limit. */
function textOf(body: Uint8Array | null, maxBytes: number): string | null {
  return body && body.byteLength <= maxBytes ? decodeText(body) : null;
}

export function createDeliveries(options: DeliveriesOptions): DeliveriesService {
  const { store, deliver, sender, now } = options;
  const stopping = new AbortController();
  const underway = new Set<Promise<unknown>>();
  let isDraining = false;

  const own = async (visitor: Visitor | null, id: string) => {
    const record = visitor && (await store.findDelivery(id));
    if (!record) throw notFound("delivery");
    const { binId } = await ownCapture(store, visitor, record.captureId, "delivery");
    return { record, binId };
  };

  const check = (capture: Sendable, body: Uint8Array, input: Resend) => {
    const checked = toSending(capture, body, input);
    const fault = unsendable(checked.sending);
    if (fault) throw new AppError("invalid_request", fault.message, { errors: [fault] });
    if (isDraining) throw new AppError("unavailable", "The server stops. Try again in a moment.");
    return checked;
  };

  /** What it resolves with, the server waits for when it stops. */
  const track = <T>(delivery: Promise<T>): Promise<T> => {
    underway.add(delivery);
    return delivery.finally(() => underway.delete(delivery));
  };

  return {
    async resend(visitor, captureId, input) {
      const capture = await ownCapture(store, visitor, captureId);
      const body = await store.findBody(captureId);
      if (!body) throw notFound("capture");
      const { sending, isEdited } = check(capture, body, input);
      const signal = stopping.signal;
      const delivered = await track(deliver(capture, sending, { isEdited, signal }));
      if (!delivered) throw notFound("capture");
      return present(delivered.record, capture.binId, textOf(delivered.body, TEXT_MAX_BYTES));
    },
    async sendUnstored(capture, body, input) {
      const { sending, isEdited } = check(capture, body, input);
      const begun = begin(sending, isEdited, now());
      const outcome = await track(sender.send(sending, stopping.signal));
      const end = endOf(outcome, begun.request);
      return { ...begun, ...end, body: outcome.response?.body ?? null };
    },
    async list(visitor, captureId, { limit }) {
      const { binId } = await ownCapture(store, visitor, captureId);
      const maxBodyBytes = LISTED_TEXT_MAX_BYTES;
      const listed = await store.deliveriesOf(captureId, { limit, maxBodyBytes });
      const deliveries = listed.map(({ body, ...record }) =>
        present(record, binId, textOf(body, maxBodyBytes)),
      );
      return { deliveries };
    },
    async get(visitor, id) {
      const { record, binId } = await own(visitor, id);
      return present(record, binId, textOf(await store.findDeliveryBody(id), TEXT_MAX_BYTES));
    },
    async body(visitor, id) {
      const { record, binId } = await own(visitor, id);
      const body = await store.findDeliveryBody(id);
      if (!body) throw notFound("delivery");
      return { delivery: present(record, binId, null), body };
    },
    async failInterrupted() {
      await store.write("failPendingDeliveries", {
        redirects: [],
        response: null,
        timings: null,
        error: {
          code: "interrupted",
          message: "The server stopped before the delivery ended. The target may have got it.",
          phase: null,
        },
      });
    },
    async drain(graceMs) {
      isDraining = true;
      const timer = setTimeout(() => stopping.abort(), graceMs);
      await Promise.allSettled(underway);
      clearTimeout(timer);
    },
  };
}
