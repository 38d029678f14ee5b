import { randomUUID } from "node:crypto";

/**
 * UUID version 7 (RFC 9562 5.7): milliseconds since 1970, then 74 random bits. Made from Node's own
 * `randomUUID`, which draws its randomness in blocks: a call of the CSPRNG for each id costs more
 * than all the rest of recording a head.
 */
export function newCaptureId(now: number): string {
  const time = now.toString(16).padStart(12, "0");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
