import { isIP } from "node:net";

export type IpAddress = { family: 4 | 6; value: bigint };
export type IpRange = { family: 4 | 6; first: bigint; bits: number };

const SIZE = { 4: 32, 6: 128 } as const;

const joined = (parts: number[], bits: bigint) =>
  parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);

const ipv4Value = (text: string) => joined(text.split(".").map(Number), 8n);

/** RFC 4291 2.2: eight groups, one run of zeros as `::`, the last two perhaps as an IPv4 address. */
function ipv6Value(text: string): bigint {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const tail = ipv4Value(dotted[2]!);
    return ipv6Value(`${dotted[1]}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`);
  }
  const groups = (part: string) =>
    part === "" ? [] : part.split(":").map((group) => Number.parseInt(group, 16));
  const [head = "", tail] = text.split("::");
  if (tail === undefined) return joined(groups(head), 16n);
  const [left, right] = [groups(head), groups(tail)];
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return joined([...left, ...zeros, ...right], 16n);
}

/**
 * An address as the system or a URL's host writes it: four decimal numbers, or RFC 4291 with or
 * without a zone. Null for everything else, odd spellings too: `new URL` resolves those.
 */
export function parseIpAddress(text: string): IpAddress | null {
  const plain = text.replace(/%.*$/s, "");
  const family = isIP(plain);
  if (family === 4) return { family, value: ipv4Value(plain) };
  if (family === 6) return { family, value: ipv6Value(plain) };
  return null;
}

/** `10.0.0.0/8`, `fd00::/8`, or one address. Null when it is neither. */
export function parseIpRange(text: string): IpRange | null {
  const [address = "", length, ...more] = text.split("/");
  const ip = parseIpAddress(address);
  if (!ip || more.length > 0 || (length !== undefined && !/^\d{1,3}$/.test(length))) return null;
  const bits = length === undefined ? SIZE[ip.family] : Number(length);
  return bits > SIZE[ip.family] ? null : { family: ip.family, first: ip.value, bits };
}

export function isInRange({ family, value }: IpAddress, range: IpRange): boolean {
  if (family !== range.family) return false;
  const rest = BigInt(SIZE[family] - range.bits);
  return value >> rest === range.first >> rest;
}
