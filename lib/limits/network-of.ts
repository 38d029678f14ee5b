import { isIPv6 } from "node:net";

/**
 * What a limit counts as one sender: an IPv4 address, or an IPv6 network of 64 bits, which is what
 * one customer gets at least (RFC 6177), so that nobody has 2^64 allowances.
 */
export function networkOf(address: string | null): string {
  if (address === null || !isIPv6(address)) return address ?? "unknown";
  // The URL parser writes an address in one way only: RFC 5952.
  const [left = "", right] = new URL(`http://[${address.split("%")[0]}]`).hostname
    .slice(1, -1)
    .split("::");
  const head = left === "" ? [] : left.split(":");
  const tail = right === undefined || right === "" ? [] : right.split(":");
  const zeros = right === undefined ? 0 : 8 - head.length - tail.length;
  const groups = [...head, ...Array<string>(zeros).fill("0"), ...tail];
  return `${groups.slice(0, 4).join(":")}::/64`;
}
