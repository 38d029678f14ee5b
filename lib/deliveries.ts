import type { Visitor } from "./access/access.ts";
import { newCaptureId } from "./capture/capture-id.ts";
import { decodeText, ownCapture } from "./captures.ts";
import type { Delivery, DeliveryRequest, Resend } from "./contract/delivery.ts";
import type { DeliveryEvent } from "./contract/events.ts";
import { LISTED_TEXT_MAX_BYTES, TEXT_MAX_BYTES } from "./contract/limits.ts";
import { AppError, notFound } from "./errors.ts";
import { type OutgoingMessage, prepareHead, unsendablePart } from "./outbound/request-head.ts";
import { targetBelow, targetOf } from "./outbound/request-target.ts";
import type { Outcome, Sender, Sending } from "./outbound/send.ts";
import type { Resends } from "./runtime.ts";
import type { CaptureRecord, DeliveryRecord, DeliveryResult } from "./store/records.ts";
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
  sender: Sender;
  now(): Date;
  onEnded(event: DeliveryEvent): void;
};

export type DeliveriesService = Resends & {
  /** To be called once, before the first resend: ends what an earlier process left unfinished. */
  failInterrupted(): Promise<void>;
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

/** What a resend sends, and whether that is anything but the capture as it came. */
function toSending(capture: CaptureRecord, body: Uint8Array, input: Resend) {
  const isEdited =
    input.method !== undefined || input.headers !== undefined || input.body !== undefined;
  const url = new URL(input.url);
  const target =
    input.path === "keep" ? targetBelow(url, capture.path, capture.query) : targetOf(url);
  const edited =
    input.body &&
    ("text" in input.body
      ? Buffer.from(input.body.text, "utf8")
      : Buffer.from(input.body.base64, "base64"));
  const message: OutgoingMessage = {
    method: input.method ?? capture.method,
    target,
    headers: input.headers ?? capture.headers,
    trailers: edited ? [] : capture.trailers,
    body: edited ?? body,
  };
  const sending: Sending = {
    url,
    message,
    // Without a head that the parser took there is nothing to build a request from but its bytes.
    isRaw: !isEdited && capture.problem === "malformed" && capture.headers.length === 0,
    followRedirects: input.followRedirects,
    timeoutMs: input.timeoutMs,
  };
  return { sending, isEdited };
}

function checkSendable({ message, isRaw }: Sending): void {
  const part = isRaw ? null : unsendablePart(message);
  if (!part) return;
  const why = {
    method: `${message.method} cannot be sent again: choose another method.`,
    url: "The capture's path has characters that no request may have: choose to replace the path.",
    headers: "The capture has headers that no request may have: send your own headers.",
  }[part];
  throw new AppError("invalid_request", why, { errors: [{ field: part, message: why }] });
}

const toResult = ({ response, redirects, timings, error }: Outcome): DeliveryResult => ({
  redirects,
  response: response && {
    status: response.status,
    statusText: response.statusText,
    httpVersion: response.httpVersion,
    headers: response.headers,
    trailers: response.trailers,
    bodySize: response.body.byteLength,
    truncated: response.truncated,
  },
  timings,
  error,
});

export function createDeliveries(options: DeliveriesOptions): DeliveriesService {
  const { store, sender, now, onEnded } = options;
  const stopping = new AbortController();
  const underway = new Set<Promise<unknown>>();
  let isDraining = false;

  const own = async (visitor: Visitor | null, id: string) => {
    const record = visitor && (await store.findDelivery(id));
    if (!record) throw notFound("delivery");
    const capture = await ownCapture(store, visitor, record.captureId).catch((error) => {
      throw error.code === "not_found" ? notFound("delivery") : error;
    });
    return { record, binId: capture.binId };
  };

  const send = async (
    capture: CaptureRecord,
    sending: Sending,
    isEdited: boolean,
  ): Promise<Delivery> => {
    const { url, message, isRaw } = sending;
    const head = isRaw ? { headers: [], notCarried: [] } : prepareHead(message, url.host);
    const request: DeliveryRequest = {
      headers: head.headers,
      bodySize: message.body.byteLength,
      edited: isEdited,
      notCarried: head.notCarried,
    };
    const begun = {
      id: newCaptureId(now().getTime()),
      captureId: capture.id,
      method: message.method,
      url: isRaw ? url.href : url.origin + message.target,
      startedAt: now(),
      request,
    };
    const attempt = await store.write("createDelivery", begun);
    if (attempt === null) throw notFound("capture");
    const outcome = await sender.send(sending, stopping.signal);
    const end = {
      state: outcome.response ? ("succeeded" as const) : ("failed" as const),
      request: { ...request, headers: outcome.headers, notCarried: outcome.notCarried },
      result: toResult(outcome),
      body: outcome.response?.body ?? null,
    };
    await store.write("finishDelivery", begun.id, end);
    const { binId } = capture;
    const { state } = end;
    onEnded({ binId, captureId: capture.id, deliveryId: begun.id, state, attempt });
    const text = textOf(end.body, TEXT_MAX_BYTES);
    return present({ ...begun, ...end, attempt }, binId, text);
  };

  return {
    async resend(visitor, captureId, input) {
      const capture = await ownCapture(store, visitor, captureId);
      const body = await store.findBody(captureId);
      if (!body) throw notFound("capture");
      const { sending, isEdited } = toSending(capture, body, input);
      checkSendable(sending);
      if (isDraining) throw new AppError("unavailable", "The server stops. Try again in a moment.");
      const delivery = send(capture, sending, isEdited);
      underway.add(delivery);
      return delivery.finally(() => underway.delete(delivery));
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
