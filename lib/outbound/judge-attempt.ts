import type { ForwardError } from "../contract/forward.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { Outcome } from "./send.ts";

/** What a forward's attempt means for it. `retryAfterMs` is what the target asked for. */
export type Verdict =
  | { next: "succeeded"; error: null }
  | { next: "retry"; error: ForwardError; retryAfterMs: number | null }
  | { next: "failed"; error: ForwardError };

/** Failures that another attempt does not mend: nothing was sent, and nothing would be. */
const FINAL = new Set(["blocked_target"]);

/** However long a target asks for, it is asked again after a day. */
const RETRY_AFTER_MAX_MS = 24 * 60 * 60 * 1_000;

const isWorthRetrying = (status: number) => status === 408 || status === 429 || status >= 500;

/**
 * Any 2xx is success, as Stripe and Svix say; a status that says "not now" (408, 429, 5xx) and the
 * connection's failures are tried again. A redirect is not followed, so it is a failure.
 */
export function judgeAttempt({ response, error }: Outcome, now: number): Verdict {
  if (!response) {
    const { code, message } = error!;
    const failure = { code, message };
    if (FINAL.has(code)) return { next: "failed", error: failure };
    return { next: "retry", error: failure, retryAfterMs: null };
  }
  const { status, headers } = response;
  // A body that breaks off does not take the status back.
  if (status >= 200 && status < 300) return { next: "succeeded", error: null };
  if (isWorthRetrying(status)) {
    const header = headers.find(([name]) => name.toLowerCase() === "retry-after")?.[1];
    const asked = header === undefined ? null : parseRetryAfter(header, now);
    const retryAfterMs = asked && Math.min(asked, RETRY_AFTER_MAX_MS);
    const message = `The target answered ${status}, which may pass.`;
    return { next: "retry", error: { code: "bad_status", message }, retryAfterMs };
  }
  const hint =
    status >= 300 && status < 400
      ? "Redirects are not followed: change the rule's URL to where it leads."
      : "That does not change by itself: correct the target or the rule, then retry.";
  const failure = {
    code: "bad_status" as const,
    message: `The target answered ${status}. ${hint}`,
  };
  return { next: "failed", error: failure };
}
