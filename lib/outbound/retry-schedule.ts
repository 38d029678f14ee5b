const SECOND = 1_000;
const DAY = 24 * 60 * 60 * SECOND;

/** No attempt is made later than this after the first. */
export const RETRY_SPAN_MS = 3 * DAY;
const FIRST_DELAY_MS = 5 * SECOND;
/** Pauses grow by this at most: few attempts are not spread out over days. */
const GROWTH_MAX = 6;
/** How much of a pause chance takes away, so that what failed together does not come back together. */
const JITTER = 0.2;

/** The sum of `count` pauses that begin at the first and grow by `growth`. */
function span(count: number, growth: number): number {
  let sum = 0;
  for (let i = 0, delay = FIRST_DELAY_MS; i < count; i++, delay *= growth) sum += delay;
  return sum;
}

/** The growth with which all pauses together take three days, as far as `GROWTH_MAX` lets them. */
function growthFor(delays: number): number {
  let [low, high] = [1, GROWTH_MAX];
  if (span(delays, high) <= RETRY_SPAN_MS) return high;
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (span(delays, middle) <= RETRY_SPAN_MS) low = middle;
    else high = middle;
  }
  return low;
}

/**
 * The pause after an attempt that failed, in milliseconds: exponential, with jitter, from 5 seconds
 * on, so that all attempts take up to three days, as Stripe's do
 * (https://docs.stripe.com/webhooks#automatic-retries).
 *
 * @param attempt 1 for the pause after the first one
 * @param random from 0 to 1
 */
export function retryDelayMs(attempt: number, maxAttempts: number, random: number): number {
  const delay = FIRST_DELAY_MS * growthFor(maxAttempts - 1) ** (attempt - 1);
  return Math.round(delay * (1 - JITTER * random));
}
