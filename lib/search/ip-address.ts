/** IP addresses as bytes, and networks of them (RFC 4291 2.2 and 2.3, RFC 4632). */

function parseIpv4(text: string): number[] | null {
  if (!/^\d{1,3}(\.\d{1,3}){3}$/.test(text)) return null;
  const bytes = text.split(".").map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes : null;
}

function parseIpv6(text: string): number[] | null {
  const [plain = ""] = text.split("%");
  // The last 32 bits may be written as IPv4.
  const tail = /[^:]*\.[^:]*$/.exec(plain)?.[0];
  const ipv4 = tail === undefined ? null : parseIpv4(tail);
  if (tail !== undefined && !ipv4) return null;
  const hex = (high: number, low: number) => ((high << 8) | low).toString(16);
  const groups = ipv4
    ? `${plain.slice(0, -tail!.length)}${hex(ipv4[0]!, ipv4[1]!)}:${hex(ipv4[2]!, ipv4[3]!)}`
    : plain;
  const halves = groups.split("::");
  if (!groups.includes(":") || halves.length > 2) return null;
  const [head = [], rest] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - (rest?.length ?? 0);
  if (rest === undefined ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array<string>(missing).fill("0"), ...(rest ?? [])];
  if (!all.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return all.flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** 4 or 16 bytes, or null. An IPv4 address in IPv6's form (RFC 4291 2.5.5.2) is an IPv4 address. */
export function parseIp(text: string): number[] | null {
  const bytes = parseIpv4(text) ?? parseIpv6(text);
  const isMapped =
    bytes?.length === 16 && bytes.every((byte, i) => i >= 12 || byte === (i < 10 ? 0 : 0xff));
  return isMapped ? bytes.slice(12) : bytes;
}

export type IpNetwork = { bytes: number[]; bits: number };

/** `192.0.2.0/24`, `2001:db8::/32`, or null. */
export function parseNetwork(text: string): IpNetwork | null {
  const [, address = "", length = ""] = /^(.*)\/(\d{1,3})$/s.exec(text) ?? [];
  const bytes = parseIp(address);
  const bits = Number(length);
  return bytes && length !== "" && bits <= bytes.length * 8 ? { bytes, bits } : null;
}

function isInNetwork(address: readonly number[], { bytes, bits }: IpNetwork): boolean {
  if (address.length !== bytes.length) return false;
  for (let i = 0; i * 8 < bits; i++) {
    const mask = bits >= i * 8 + 8 ? 0xff : (0xff << (8 - (bits % 8))) & 0xff;
    if ((address[i]! & mask) !== (bytes[i]! & mask)) return false;
  }
  return true;
}

/** Of a whole address, a network, or else what an address begins with. */
export function ipMatcher(wanted: string): (address: string) => boolean {
  const network = parseNetwork(wanted);
  const whole = parseIp(wanted);
  if (network || whole) {
    const range = network ?? { bytes: whole!, bits: whole!.length * 8 };
    return (address) => {
      const bytes = parseIp(address);
      return bytes !== null && isInNetwork(bytes, range);
    };
  }
  const prefix = wanted.toLowerCase();
  return (address) => address.toLowerCase().startsWith(prefix);
}
