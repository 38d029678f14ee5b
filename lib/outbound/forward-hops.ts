import { createHash } from "node:crypto";
import type { HeaderPair } from "../contract/reply.ts";

/**
 * Which bins forwarded a request so far, oldest first, like CDN-Loop (RFC 8586). Like that one it
 * must not be taken out on the way.
 */
export const FORWARDED_BY = "Inlet-Forwarded-By";

/** A chain of bins is this long at most, also where instances on the way rename each other's hops. */
export const HOPS_MAX = 3;

/** Names a bin without saying where it is: its id would let every target send to it. */
export function hopOf(binId: string): string {
  return createHash("sha256").update(`inlet hop ${binId}`).digest("hex").slice(0, 20);
}

export function hopsOf(headers: readonly HeaderPair[]): string[] {
  return headers
    .filter(([name]) => name.toLowerCase() === FORWARDED_BY.toLowerCase())
    .flatMap(([, value]) => value.split(","))
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");
}

/** Why forwarding a capture of a bin would go round in circles; null when it would not. */
export function loopReason(headers: readonly HeaderPair[], binId: string): string | null {
  const hops = hopsOf(headers);
  if (hops.includes(hopOf(binId))) {
    return "A loop was stopped: this bin forwarded the request before, and the target sent it back.";
  }
  if (hops.length < HOPS_MAX) return null;
  return `A loop was stopped: bins forwarded the request ${hops.length} times already.`;
}
