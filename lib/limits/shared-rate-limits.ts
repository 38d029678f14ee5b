import { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis } from "rate-limiter-flexible";
import type { Rate } from "../contract/rate.ts";
import { type RateLimit, rateLimit } from "./rate-limit.ts";

/** An answer that takes longer is not waited for: captures wait for it. */
const COMMAND_TIMEOUT_MS = 250;
const CONNECT_TIMEOUT_MS = 2_000;
const RECONNECT_MAX_MS = 2_000;

export type RateLimits = {
  /** @param name keeps the counts of one limit apart from those of others */
  of(name: string, rate: Rate): RateLimit;
  /** Resolves when it is known whether Redis answers. */
  ready: Promise<void>;
  close(): void;
};

/** Each process counts for itself. */
export const ownRateLimits: RateLimits = {
  of: (_name, rate) => rateLimit(rate),
  ready: Promise.resolve(),
  close() {},
};

export type SharedOptions = {
  redisUrl: string;
  /** Called when Redis goes away, and when it is back. */
  onAway: (error: Error) => void;
  onBack: () => void;
};

/**
 * All processes count together, in Redis. While it does not answer each counts for itself: nothing
 * is ever refused because of Redis, and nothing waits for it longer than COMMAND_TIMEOUT_MS.
 */
export function sharedRateLimits({ redisUrl, onAway, onBack }: SharedOptions): RateLimits {
  const redis = new Redis(redisUrl, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    commandTimeout: COMMAND_TIMEOUT_MS,
    // What waited for a connection would be counted long after it was let in.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(100 * attempt, RECONNECT_MAX_MS),
  });
  let isAway = false;
  redis.on("error", (error: Error) => {
    if (!isAway) onAway(error);
    isAway = true;
  });
  redis.on("ready", () => {
    if (isAway) onBack();
    isAway = false;
  });
  const ready = new Promise<void>((resolve) => {
    redis.once("ready", resolve);
    redis.once("error", () => resolve());
  });

  return {
    ready,
    of(name, rate) {
      const window = { points: rate.limit, duration: rate.seconds };
      const limiter = new RateLimiterRedis({
        ...window,
        storeClient: redis,
        keyPrefix: `inlet:${name}`,
        insuranceLimiter: new RateLimiterMemory({ ...window, keyPrefix: `inlet:${name}` }),
        // Whoever is over the limit already is refused without asking.
        inMemoryBlockOnConsumed: rate.limit + 1,
      });
      return rateLimit(rate, limiter);
    },
    close: () => redis.disconnect(),
  };
}
