import { type RateLimiterAbstract, RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import type { Rate } from "../contract/rate.ts";

export type Exceeded = { rate: Rate; retryAfterSeconds: number };

/** Where a key is in its window. */
export type Count = Exceeded & { isExceeded: boolean; remaining: number };

export type RateLimit = {
  /** Counts one for the key; null while it is within the rate. */
  take(key: string): Promise<Exceeded | null>;
  /** The same, and says what is left then. */
  count(key: string): Promise<Count>;
  /** What is left, without counting. */
  look(key: string): Promise<Count>;
};

/** A fixed window for each key: in this process's memory, or wherever `limiter` counts. */
export function rateLimit(
  rate: Rate,
  limiter: RateLimiterAbstract = new RateLimiterMemory({
    points: rate.limit,
    duration: rate.seconds,
  }),
): RateLimit {
  const toCount = (state: RateLimiterRes, isExceeded: boolean): Count => ({
    rate,
    isExceeded,
    remaining: Math.max(0, state.remainingPoints),
    retryAfterSeconds: Math.max(1, Math.ceil(state.msBeforeNext / 1000)),
  });

  const count = async (key: string): Promise<Count> => {
    try {
      return toCount(await limiter.consume(key), false);
    } catch (refusal) {
      if (!(refusal instanceof RateLimiterRes)) throw refusal;
      return toCount(refusal, true);
    }
  };

  return {
    count,
    async take(key) {
      const counted = await count(key);
      return counted.isExceeded ? counted : null;
    },
    async look(key) {
      const state = await limiter.get(key);
      if (state) return toCount(state, state.remainingPoints <= 0);
      return { rate, isExceeded: false, remaining: rate.limit, retryAfterSeconds: rate.seconds };
    },
  };
}

/**
 * The headers of draft-ietf-httpapi-ratelimit-headers-10: what is allowed, and what is left.
 *
 * @param policy names the limit, as in `captures`
 * @returns name, value, name, value …
 */
export function rateLimitHeaders(
  policy: string,
  { rate, retryAfterSeconds, remaining = 0 }: Exceeded & { remaining?: number },
): string[] {
  return [
    "RateLimit-Policy",
    `"${policy}";q=${rate.limit};w=${rate.seconds}`,
    "RateLimit",
    `"${policy}";r=${remaining};t=${retryAfterSeconds}`,
  ];
}
