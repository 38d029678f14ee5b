import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { DeliveryFailure } from "./delivery-failure.ts";
import { blocked, guardedLookup, type Resolve } from "./guarded-lookup.ts";
import type { PhaseClock } from "./phase-clock.ts";
import { plainHost, type TargetPolicy } from "./target-policy.ts";

export type ConnectOptions = {
  policy: TargetPolicy;
  resolve: Resolve;
  /** Certificates to trust instead of the system's, in PEM. */
  ca?: string;
};

export function portOf({ port, protocol }: URL): number {
  return Number(port) || (protocol === "https:" ? 443 : 80);
}

/** An error that nobody waits for any more must not end the process. */
function ignoreLateErrors(socket: Socket): void {
  socket.on("error", () => {});
}

function whenReady(socket: Socket, event: "connect" | "secureConnect", signal: AbortSignal) {
  return new Promise<void>((resolve, reject) => {
    const abort = () => socket.destroy(signal.reason);
    const settle = () => {
      signal.removeEventListener("abort", abort);
      socket.off("error", fail);
      socket.off("close", fail);
    };
    const fail = (error?: unknown) => {
      settle();
      socket.destroy();
      const reset = Object.assign(new Error("closed"), { code: "ECONNRESET" });
      reject(error instanceof Error ? error : reset);
    };
    socket.once(event, () => {
      settle();
      resolve();
    });
    socket.once("error", fail);
    socket.once("close", fail);
    signal.addEventListener("abort", abort, { once: true });
    if (signal.aborted) abort();
  });
}

/**
 * A connection to a URL's host that the policy allows, with TLS where the URL says so. Rejects with
 * DeliveryFailure `blocked_target`, the clock's reason, or what Node says of the failure.
 */
export async function connectTarget(
  url: URL,
  clock: PhaseClock,
  { policy, resolve, ca }: ConnectOptions,
): Promise<Socket> {
  const host = plainHost(url.hostname);
  const refuse = (refusal: string | null) => {
    if (refusal) throw new DeliveryFailure("blocked_target", blocked(host, refusal));
  };
  refuse(policy.refuseHost(host));
  const isLiteral = isIP(host) !== 0;
  // The socket does not look literals up, so they never come to the guarded lookup.
  if (isLiteral) refuse(policy.refuseAddress(host, host));

  clock.enter(isLiteral ? "connect" : "dns");
  const socket = connectTcp({
    host,
    port: portOf(url),
    lookup: guardedLookup(policy, resolve, () => clock.enter("connect")),
    autoSelectFamily: true,
    // Node's 250 ms are too few for a target on the other side of the world.
    autoSelectFamilyAttemptTimeout: 2_000,
    noDelay: true,
  });
  ignoreLateErrors(socket);
  await whenReady(socket, "connect", clock.signal);
  try {
    // Once more before the first byte is written, at what the system says it is connected to.
    refuse(policy.refuseAddress(host, socket.remoteAddress ?? "an unknown address"));
  } catch (error) {
    socket.destroy();
    throw error;
  }
  if (url.protocol !== "https:") return socket;

  clock.enter("tls");
  const secure = connectTls({
    socket,
    // The name that the certificate is checked against; RFC 6066 3 has no addresses in SNI.
    host,
    ...(isLiteral ? {} : { servername: host }),
    ALPNProtocols: ["http/1.1"],
    ...(ca === undefined ? {} : { ca }),
  });
  ignoreLateErrors(secure);
  await whenReady(secure, "secureConnect", clock.signal);
  return secure;
}
