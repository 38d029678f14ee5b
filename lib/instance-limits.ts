import type { Logger } from "pino";
import type { Admit } from "./capture/capture.ts";
import type { Rate } from "./contract/rate.ts";
import type { Env } from "./env.ts";
import { AppError } from "./errors.ts";
import { describeWait } from "./limits/describe-wait.ts";
import { networkOf } from "./limits/network-of.ts";
import { type RateLimit, rateLimitHeaders } from "./limits/rate-limit.ts";
import { ownRateLimits, type RateLimits, sharedRateLimits } from "./limits/shared-rate-limits.ts";
import type { Limits } from "./runtime.ts";

/** Bins on the internet are hammered sooner or later; a developer's own machine is not. */
const PUBLIC_CAPTURE_RATE: Rate = { limit: 100, seconds: 1 };
/** One a minute: many for a person or a test run, few for whoever collects URLs. */
const PUBLIC_BIN_RATE: Rate = { limit: 60, seconds: 3600 };

export type InstanceLimits = Limits & {
  /** Null where nothing is limited: the capture path then does not ask. */
  admitCapture: Admit | null;
  /** For what else is limited: counts in Redis where there is one. */
  rates: RateLimits;
  close(): void;
};

type InstanceLimitsOptions = { env: Env; log: Logger };

/** What is limited on this instance: everything is off while it serves its own machine alone. */
export function instanceLimits({ env, log }: InstanceLimitsOptions): InstanceLimits {
  const isLoopback = ["127.0.0.1", "::1", "localhost"].includes(env.HOST);
  const rates = env.REDIS_URL
    ? sharedRateLimits({
        redisUrl: env.REDIS_URL,
        onAway: (err) => log.warn({ err }, "Redis does not answer: this node counts for itself"),
        onBack: () => log.info("Redis answers again"),
      })
    : ownRateLimits;

  const limitOf = (name: string, set: Rate | "off" | undefined, publicRate: Rate) => {
    const rate = set ?? (isLoopback ? "off" : publicRate);
    return rate === "off" ? null : rates.of(name, rate);
  };
  const captures = limitOf("captures", env.CAPTURE_RATE_LIMIT, PUBLIC_CAPTURE_RATE);
  const bins = limitOf("bins", env.BIN_RATE_LIMIT, PUBLIC_BIN_RATE);

  return {
    rates,
    admitCapture: captures && admitWithin(captures),
    takeBin: (address) => takeBin(bins, address),
    close: rates.close,
  };
}

function admitWithin(captures: RateLimit): Admit {
  return async (binId, address) => {
    const exceeded = await captures.take(`${binId} ${networkOf(address)}`);
    if (!exceeded) return null;
    const headers = rateLimitHeaders("captures", exceeded);
    return { retryAfterSeconds: exceeded.retryAfterSeconds, headers };
  };
}

async function takeBin(bins: RateLimit | null, address: string | null) {
  if (!bins) return {};
  const count = await bins.count(networkOf(address));
  const headers = toRecord(rateLimitHeaders("bins", count));
  if (!count.isExceeded) return headers;
  const { rate, retryAfterSeconds } = count;
  throw new AppError(
    "rate_limited",
    `${rate.limit} bins were made from this address in ${describeWait(rate.seconds)}, which is all ` +
      `that it may make in that time. Try again in ${describeWait(retryAfterSeconds)}, or use a bin that you have.`,
    { headers: { ...headers, "Retry-After": String(retryAfterSeconds) } },
  );
}

function toRecord(headers: string[]): Record<string, string> {
  const pairs = Array.from({ length: headers.length / 2 }, (_, i) =>
    headers.slice(2 * i, 2 * i + 2),
  );
  return Object.fromEntries(pairs);
}
