import { networkInterfaces } from "node:os";
import { RESEND_LIMITS, RESPONSE_MAX_BYTES } from "./contract/limits.ts";
import type { Env } from "./env.ts";
import { systemResolve } from "./outbound/guarded-lookup.ts";
import { createSender, type Sender } from "./outbound/send.ts";
import { createTargetPolicy } from "./outbound/target-policy.ts";

/** What one target gets at once, and all together: a target is somebody's small development server. */
const SOCKETS = { perTarget: 8, total: 64 };

const ownAddresses = () =>
  Object.values(networkInterfaces()).flatMap((addresses) =>
    (addresses ?? []).map(({ address }) => address),
  );

/** The same for forward rules, which have targets of their own, and go to each as fast as it answers. */
export const FORWARD_SOCKETS = { perTarget: 16, total: 256 };

/** A sender with the guard that the settings ask for. */
export function senderFor(env: Env, publicUrl: string, sockets = SOCKETS): Sender {
  const isLoopback = ["127.0.0.1", "::1", "localhost"].includes(env.HOST);
  const policy = createTargetPolicy({
    privateTargets: env.ALLOW_PRIVATE_TARGETS ?? (isLoopback ? "all" : "none"),
    ownHosts: [new URL(publicUrl).hostname, ...(env.CAPTURE_HOST ? [env.CAPTURE_HOST] : [])],
    ownAddresses,
  });
  return createSender({
    policy,
    resolve: systemResolve,
    maxBodyBytes: RESPONSE_MAX_BYTES,
    maxRedirects: RESEND_LIMITS.redirects,
    sockets,
  });
}
