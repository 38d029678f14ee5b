import type { DeliveryError, DeliveryTimings, NotCarried, Redirect } from "../contract/delivery.ts";
import type { HeaderPair } from "../contract/reply.ts";
import { type ConnectOptions, connectTarget, portOf } from "./connect-target.ts";
import { DeliveryFailure, toFailure } from "./delivery-failure.ts";
import { exchange, type ReceivedResponse } from "./exchange.ts";
import { PHASE_LIMITS, type PhaseClock, type PhaseLimits, startPhaseClock } from "./phase-clock.ts";
import { followRedirect, redirectTarget } from "./redirect.ts";
import { type OutgoingMessage, prepareHead, writeMessage } from "./request-head.ts";
import { createSlots } from "./slots.ts";
import { plainHost } from "./target-policy.ts";

export type SenderOptions = ConnectOptions & {
  /** A response's body is kept up to this. */
  maxBodyBytes: number;
  maxRedirects: number;
  /** Connections at once, to one host and port and in all. */
  sockets: { perTarget: number; total: number };
  phaseLimits?: PhaseLimits;
};

export type Sending = {
  url: URL;
  message: OutgoingMessage;
  /** The body is a whole request already, which is sent as it is. */
  isRaw: boolean;
  followRedirects: boolean;
  timeoutMs: number;
};

export type Outcome = {
  /** Headers as the last target got them. */
  headers: HeaderPair[];
  notCarried: NotCarried[];
  redirects: Redirect[];
  response: Omit<ReceivedResponse, "error"> | null;
  timings: DeliveryTimings;
  /** With a response: why that broke off. */
  error: DeliveryError | null;
};

export type Sender = {
  /** Never rejects: whatever happens is an outcome. Ends early when the signal aborts. */
  send(sending: Sending, signal?: AbortSignal): Promise<Outcome>;
};

type Hop = { url: URL; message: OutgoingMessage; isRaw: boolean };
type Sent = Pick<Outcome, "headers" | "notCarried" | "redirects">;

/** Sends requests to targets that the policy allows, and keeps what comes back. */
export function createSender(options: SenderOptions): Sender {
  const { maxBodyBytes, maxRedirects, sockets, phaseLimits = PHASE_LIMITS } = options;
  const slots = createSlots({ perKey: sockets.perTarget, total: sockets.total });

  const sendHop = async ({ url, message, isRaw }: Hop, clock: PhaseClock, sent: Sent) => {
    clock.enter("queue");
    const release = await slots.take(url.host, clock.signal);
    try {
      const head = isRaw ? null : prepareHead(message, url.host);
      sent.headers = head?.headers ?? [];
      // What redirects took stays; what the connection replaces is known anew for each.
      const taken = sent.notCarried.filter(
        ({ why }) => why === "other_origin" || why === "no_body",
      );
      sent.notCarried = [...taken, ...(head?.notCarried ?? [])];
      const socket = await connectTarget(url, clock, options);
      clock.enter("firstByte");
      return await exchange({
        socket,
        pieces: head ? writeMessage(message, head) : [message.body],
        method: message.method,
        maxBodyBytes,
        signal: clock.signal,
        onFirstByte: () => clock.enter("body"),
      });
    } finally {
      release();
    }
  };

  const sendAll = async (sending: Sending, clock: PhaseClock, sent: Sent) => {
    let hop: Hop = sending;
    for (;;) {
      let response: ReceivedResponse;
      try {
        response = await sendHop(hop, clock, sent);
      } catch (error) {
        const target = { host: plainHost(hop.url.hostname), port: portOf(hop.url) };
        throw toFailure(clock.signal.aborted ? clock.signal.reason : error, clock.phase, target);
      }
      const { status, headers } = response;
      const mayFollow = sending.followRedirects && !sending.isRaw;
      const to = mayFollow ? redirectTarget(status, headers, hop.url) : null;
      if (!to) return { response, hop };
      sent.redirects.push({ status, from: hop.url.href, to: to.href });
      if (sent.redirects.length > maxRedirects) {
        const message = `The target redirected more than ${maxRedirects} times, last to ${to.href}.`;
        throw new DeliveryFailure("too_many_redirects", message);
      }
      const next = followRedirect(hop.message, status, hop.url, to);
      sent.notCarried.push(...next.notCarried);
      hop = { ...next, isRaw: false };
    }
  };

  return {
    async send(sending, signal) {
      const clock = startPhaseClock(sending.timeoutMs, phaseLimits);
      const abort = () =>
        clock.abort(new DeliveryFailure("interrupted", "The server stopped before the end."));
      signal?.addEventListener("abort", abort, { once: true });
      if (signal?.aborted) abort();
      const sent: Sent = { headers: [], notCarried: [], redirects: [] };
      const errorOf = ({ code, message }: DeliveryFailure): DeliveryError => ({
        code,
        message,
        phase: code === "too_many_redirects" ? null : clock.phase,
      });
      try {
        const { response, hop } = await sendAll(sending, clock, sent);
        const { error: cause, ...received } = response;
        const target = { host: plainHost(hop.url.hostname), port: portOf(hop.url) };
        const error = cause
          ? errorOf(
              toFailure(clock.signal.aborted ? clock.signal.reason : cause, clock.phase, target),
            )
          : null;
        return { ...sent, response: received, timings: clock.stop(), error };
      } catch (error) {
        const failure = errorOf(error as DeliveryFailure);
        return { ...sent, response: null, timings: clock.stop(), error: failure };
      } finally {
        signal?.removeEventListener("abort", abort);
      }
    },
  };
}
