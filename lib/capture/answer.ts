import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { CaptureProblem } from "../contract/capture.ts";
import type { NewCapture } from "../contract/new-capture.ts";
import type { ErrorCode } from "../contract/problem.ts";
import {
  type CompiledReply,
  isPreflight,
  type Refusal,
  refuse,
  sendPreflight,
  sendReply,
} from "./reply.ts";

const RETRY_AFTER_SECONDS = 1;

/** Problems that end the request before its body did. */
const INTERRUPTED: Partial<Record<CaptureProblem, { code: ErrorCode; detail: string }>> = {
  malformed: { code: "invalid_request", detail: "The request is not valid HTTP." },
  timeout: { code: "request_timeout", detail: "The body did not arrive in time." },
  aborted: { code: "invalid_request", detail: "The connection ended before the body did." },
};

export type StoredCapture = {
  req: IncomingMessage;
  res: ServerResponse;
  capture: NewCapture;
  reply: CompiledReply;
  /** The reply is on the dashboard's origin. */
  isSandboxed: boolean;
};

/** Why a capture is not taken: `detail` says to the sender what happened and what to do. */
export type TooMany = {
  code: "rate_limited" | "storage_full";
  detail: string;
  retryAfterSeconds: number;
  headers: string[];
};

export type Answers = {
  /** Answers the sender of a capture that is on the disk; `done` once that is on its way. */
  stored(stored: StoredCapture, done: () => void): void;
  unknownBin(req: IncomingMessage, res: ServerResponse): void;
  /** 429: a limit stands in the way; `headers` say how much is allowed. */
  tooMany(req: IncomingMessage, res: ServerResponse, refusal: TooMany): void;
  /** 503: nothing can be vouched for, the sender should try again. */
  notNow(req: IncomingMessage, res: ServerResponse): void;
  /** From now on nothing is delayed and connections end with their answer. */
  hurry(): void;
};

export function answers(maxBodyBytes: number): Answers {
  const delayed = new Set<() => void>();
  let isHurrying = false;

  const refuseWith = (
    req: IncomingMessage,
    res: ServerResponse,
    refusal: Omit<Refusal, "requestId">,
  ): void => refuse(req, res, { ...refusal, requestId: randomUUID() });

  const delay = (ms: number, send: () => void): void => {
    const sendOnce = (): void => {
      clearTimeout(timer);
      if (delayed.delete(sendOnce)) send();
    };
    const timer = setTimeout(sendOnce, ms);
    delayed.add(sendOnce);
  };

  return {
    stored({ req, res, capture, reply, isSandboxed }, done) {
      const { id: captureId, problem } = capture;
      if (isHurrying) res.shouldKeepAlive = false;
      if (problem === "truncated") {
        const detail = `Only the first ${maxBodyBytes} bytes of the body were stored.`;
        refuseWith(req, res, { code: "payload_too_large", detail, captureId });
        return done();
      }
      const interrupted = problem && INTERRUPTED[problem];
      if (interrupted) {
        refuseWith(req, res, { ...interrupted, captureId });
        return done();
      }
      if (problem === "upgrade") res.shouldKeepAlive = false;
      if (isPreflight(req)) {
        sendPreflight(req, res, captureId, isSandboxed);
        return done();
      }
      const send = (): void => {
        sendReply(res, reply, captureId, isSandboxed);
        done();
      };
      if (reply.delayMs === 0 || isHurrying) send();
      else delay(reply.delayMs, send);
    },

    unknownBin(req, res) {
      const detail = "No bin takes requests at this URL. It may have been deleted or have expired.";
      refuseWith(req, res, { code: "not_found", detail });
    },

    tooMany(req, res, refusal) {
      refuseWith(req, res, refusal);
    },

    notNow(req, res) {
      const detail = "The request was not stored. Send it again in a moment.";
      const retryAfterSeconds = RETRY_AFTER_SECONDS;
      refuseWith(req, res, { code: "unavailable", detail, retryAfterSeconds });
    },

    hurry() {
      isHurrying = true;
      for (const send of [...delayed]) send();
    },
  };
}
