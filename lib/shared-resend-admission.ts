import { SHARED_RESEND_RATES } from "./contract/limits.ts";
import { AppError } from "./errors.ts";
import { networkOf } from "./limits/network-of.ts";
import { rateLimit } from "./limits/rate-limit.ts";

/**
 * Counts what is sent on through share links: by address first, so that one caller cannot use up
 * what all holders of a link have together.
 */
export function sharedResendAdmission() {
  const perAddress = rateLimit(SHARED_RESEND_RATES.address);
  const perLink = rateLimit(SHARED_RESEND_RATES.link);

  return async (shareId: string, address: string | null): Promise<void> => {
    const exceeded = (await perAddress.take(networkOf(address))) ?? (await perLink.take(shareId));
    if (!exceeded) return;
    const { rate, retryAfterSeconds } = exceeded;
    throw new AppError(
      "rate_limited",
      `Sending on through links is limited to ${rate.limit} a minute. ` +
        `Try again in ${retryAfterSeconds} s.`,
      {
        headers: {
          "Retry-After": String(retryAfterSeconds),
          "RateLimit-Policy": `"resends";q=${rate.limit};w=${rate.seconds}`,
          RateLimit: `"resends";r=0;t=${retryAfterSeconds}`,
        },
      },
    );
  };
}
