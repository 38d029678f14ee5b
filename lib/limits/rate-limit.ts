import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Rate } from "../contract/rate.ts";

export type Exceeded = { rate: Rate; retryAfterSeconds: number };

export type RateLimit = {
  /** Counts one for the key; null while it is within the rate. */
  take(key: string): Promise<Exceeded | null>;
};

/** A fixed window for each key, kept in this process's memory. */
export function rateLimit(rate: Rate): RateLimit {
  const limiter = new RateLimiterMemory({ points: rate.limit, duration: rate.seconds });
  return {
    async take(key) {
      try {
        await limiter.consume(key);
        return null;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        const retryAfterSeconds = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
        return { rate, retryAfterSeconds };
      }
    },
  };
}

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers-10: what is allowed, and what is left.
 *
 * @param policy names the limit, as in `captures`
 */
export function rateLimitHeaders(policy: string, { rate, retryAfterSeconds }: Exceeded): string[] {
  return [
    "RateLimit-Policy",
    `"${policy}";q=${rate.limit};w=${rate.seconds}`,
    "RateLimit",
    `"${policy}";r=0;t=${retryAfterSeconds}`,
  ];
}
