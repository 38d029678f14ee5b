import { newCaptureId } from "../capture/capture-id.ts";
import type { ForwardError } from "../contract/forward.ts";
import type { HeaderPair } from "../contract/reply.ts";
import { deliveryResult } from "../outbound/delivery-result.ts";
import { FORWARDED_BY, hopOf, loopReason } from "../outbound/forward-hops.ts";
import { judgeAttempt } from "../outbound/judge-attempt.ts";
import { unsendablePart } from "../outbound/request-head.ts";
import { targetBelow, targetOf } from "../outbound/request-target.ts";
import { RETRY_SPAN_MS, retryDelayMs } from "../outbound/retry-schedule.ts";
import type { Outcome, Sender, Sending } from "../outbound/send.ts";
import type { WholeCapture } from "../store/captures.ts";
import type { ForwardJob } from "../store/claim-forwards.ts";
import type { ForwardAttempt } from "../store/record-forwards.ts";
import type { ForwardRuleRecord } from "../store/records.ts";
import type { ActiveRule } from "./active-rule.ts";
import type { LoadCapture } from "./capture-loader.ts";

export type AttemptOptions = {
  sender: Sender;
  load: LoadCapture;
  now(): Date;
  /** From 0 to 1. */
  random(): number;
  /** Ends the attempt: the server stops. */
  signal: AbortSignal;
};

/** One attempt of a forward, and what follows from it. Rejects when the capture cannot be read. */
export async function attemptForward(
  { sender, load, now, random, signal }: AttemptOptions,
  { record: rule }: ActiveRule,
  job: ForwardJob,
): Promise<ForwardAttempt> {
  const capture = await load(job.captureId, job.bodySize);
  const fail = (code: ForwardError["code"], message: string): ForwardAttempt => ({
    job,
    state: "failed",
    attempts: job.attempts,
    nextAttemptAt: null,
    status: null,
    error: { code, message },
    endedAt: now(),
    delivery: null,
  });
  if (!capture) return fail("capture_gone", "The capture was deleted before it could be sent.");
  const loop = loopReason(capture.headers, job.binId);
  if (loop) return fail("loop_detected", loop);
  const sending = toSending(rule, capture);
  const part = unsendablePart(sending.message);
  if (part) {
    const what = { method: "method", url: "path", headers: "headers" }[part];
    return fail("not_sendable", `The capture's ${what} cannot be sent as a valid request.`);
  }
  const startedAt = now();
  const outcome = await sender.send(sending, signal);
  const delivery = toDelivery(job, sending, outcome, startedAt);
  return { job, delivery, ...consequence(rule, job, outcome, now(), random()) };
}

/** As it came, and the bin that forwarded it. */
function toSending(rule: ForwardRuleRecord, capture: WholeCapture): Sending {
  const url = new URL(rule.url);
  const { method, path, query, trailers, body } = capture;
  const hop: HeaderPair = [FORWARDED_BY, hopOf(rule.binId)];
  return {
    url,
    message: {
      method,
      target: rule.path === "keep" ? targetBelow(url, path, query) : targetOf(url),
      headers: [...capture.headers, hop],
      trailers,
      body,
    },
    isRaw: false,
    followRedirects: false,
    timeoutMs: rule.timeoutMs,
  };
}

function toDelivery(
  { captureId }: ForwardJob,
  { url, message }: Sending,
  outcome: Outcome,
  startedAt: Date,
): ForwardAttempt["delivery"] {
  return {
    id: newCaptureId(startedAt.getTime()),
    captureId,
    method: message.method,
    url: url.origin + message.target,
    startedAt,
    state: outcome.response ? "succeeded" : "failed",
    request: {
      headers: outcome.headers,
      bodySize: message.body.byteLength,
      edited: false,
      notCarried: outcome.notCarried,
    },
    result: deliveryResult(outcome),
    body: outcome.response?.body ?? null,
  };
}

type Consequence = Omit<ForwardAttempt, "job" | "delivery">;

/** What an attempt that was made means for its forward. */
export function consequence(
  rule: Pick<ForwardRuleRecord, "maxAttempts">,
  job: Pick<ForwardJob, "attempts" | "attemptsBefore" | "since">,
  outcome: Outcome,
  now: Date,
  random: number,
): Consequence {
  const verdict = judgeAttempt(outcome, now.getTime());
  const status = outcome.response?.status ?? null;
  if (verdict.error?.code === "interrupted") {
    // The server's doing, not the target's: it does not count, and comes first after the start.
    const { attempts } = job;
    const { error } = verdict;
    return { state: "waiting", attempts, nextAttemptAt: now, status, error, endedAt: null };
  }
  const attempts = job.attempts + 1;
  const ended = (state: "succeeded" | "failed", error: ForwardError | null): Consequence => ({
    state,
    attempts,
    nextAttemptAt: null,
    status,
    error,
    endedAt: now,
  });
  if (verdict.next !== "retry") return ended(verdict.next, verdict.error);
  const { code, message } = verdict.error;
  const made = attempts - job.attemptsBefore;
  if (made >= rule.maxAttempts) {
    const times = made === 1 ? "It was the only attempt" : `That was the last of ${made} attempts`;
    return ended("failed", { code, message: `${message} ${times}.` });
  }
  if (now.getTime() - job.since.getTime() >= RETRY_SPAN_MS) {
    return ended("failed", { code, message: `${message} It was tried for three days.` });
  }
  const delay = retryDelayMs(made, rule.maxAttempts, random);
  return {
    state: "waiting",
    attempts,
    nextAttemptAt: new Date(now.getTime() + Math.max(delay, verdict.retryAfterMs ?? 0)),
    status,
    error: { code, message },
    endedAt: null,
  };
}
