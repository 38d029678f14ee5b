import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type IpAddress, isInRange, parseIpAddress, parseIpRange } from "./ip-address.ts";
import { SPECIAL_RANGES, specialRangeOf } from "./special-ranges.ts";

const nameOf = (text: string) => specialRangeOf(parseIpAddress(text)!)?.name ?? null;

/**
 * IANA's registries as they are published, in their order: each block, its first and its last
 * address, written out by hand so that no mistake of the code can hide in them.
 */
const REGISTRY: [cidr: string, first: string, last: string][] = [
  ["0.0.0.0/8", "0.0.0.0", "0.255.255.255"],
  ["10.0.0.0/8", "10.0.0.0", "10.255.255.255"],
  ["100.64.0.0/10", "100.64.0.0", "100.127.255.255"],
  ["127.0.0.0/8", "127.0.0.0", "127.255.255.255"],
  ["169.254.0.0/16", "169.254.0.0", "169.254.255.255"],
  ["172.16.0.0/12", "172.16.0.0", "172.31.255.255"],
  ["192.0.0.0/24", "192.0.0.0", "192.0.0.255"],
  ["192.0.0.0/29", "192.0.0.0", "192.0.0.7"],
  ["192.0.0.8/32", "192.0.0.8", "192.0.0.8"],
  ["192.0.0.9/32", "192.0.0.9", "192.0.0.9"],
  ["192.0.0.10/32", "192.0.0.10", "192.0.0.10"],
  ["192.0.0.170/31", "192.0.0.170", "192.0.0.171"],
  ["192.0.2.0/24", "192.0.2.0", "192.0.2.255"],
  ["192.31.196.0/24", "192.31.196.0", "192.31.196.255"],
  ["192.52.193.0/24", "192.52.193.0", "192.52.193.255"],
  ["192.88.99.0/24", "192.88.99.0", "192.88.99.255"],
  ["192.168.0.0/16", "192.168.0.0", "192.168.255.255"],
  ["192.175.48.0/24", "192.175.48.0", "192.175.48.255"],
  ["198.18.0.0/15", "198.18.0.0", "198.19.255.255"],
  ["198.51.100.0/24", "198.51.100.0", "198.51.100.255"],
  ["203.0.113.0/24", "203.0.113.0", "203.0.113.255"],
  ["224.0.0.0/4", "224.0.0.0", "239.255.255.255"],
  ["240.0.0.0/4", "240.0.0.0", "255.255.255.254"],
  ["255.255.255.255/32", "255.255.255.255", "255.255.255.255"],
  ["::/128", "::", "0:0:0:0:0:0:0:0"],
  ["::1/128", "::1", "0:0:0:0:0:0:0:1"],
  ["::/96", "::2", "::255.255.255.255"],
  ["::ffff:0:0/96", "::ffff:0.0.0.0", "::ffff:255.255.255.255"],
  ["64:ff9b::/96", "64:ff9b::", "64:ff9b::ffff:ffff"],
  ["64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"],
  ["100::/64", "100::", "100::ffff:ffff:ffff:ffff"],
  ["100:0:0:1::/64", "100:0:0:1::", "100::1:ffff:ffff:ffff:ffff"],
  ["2001::/23", "2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001::/32", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:1::1/128", "2001:1::1", "2001:1::1"],
  ["2001:1::2/128", "2001:1::2", "2001:1::2"],
  ["2001:1::3/128", "2001:1::3", "2001:1::3"],
  ["2001:2::/48", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff"],
  ["2001:3::/32", "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:4:112::/48", "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff"],
  ["2001:10::/28", "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:20::/28", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:30::/28", "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2002::/16", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["2620:4f:8000::/48", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff"],
  ["3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["5f00::/16", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fc00::/7", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fe80::/10", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["fec0::/10", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
  ["ff00::/8", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"],
];

describe("a special-purpose block is not public, from its first address to its last", () => {
  test.each(REGISTRY)("%s", (cidr, first, last) => {
    expect(SPECIAL_RANGES.map((range) => range.cidr)).toContain(cidr);
    expect(nameOf(first)).not.toBeNull();
    expect(nameOf(last)).not.toBeNull();
  });

  test("and the table has nothing that no line here names, but two single addresses' names", () => {
    const extra = SPECIAL_RANGES.map(({ cidr }) => cidr).filter(
      (cidr) => !REGISTRY.some(([known]) => known === cidr),
    );
    expect(extra).toEqual(["0.0.0.0/32", "169.254.169.254/32", "192.88.99.2/32"]);
  });
});

test.each([
  ["0.0.0.0", "this host on this network"],
  ["169.254.169.254", "cloud metadata (link-local)"],
  ["192.0.0.171", "NAT64/DNS64 discovery"],
  ["192.88.99.2", "6a44 relay anycast"],
  ["255.255.255.255", "limited broadcast"],
  ["::ffff:8.8.8.8", "IPv4-mapped"],
  ["::8.8.8.8", "deprecated IPv4-compatible"],
  ["2002:7f00:1::", "6to4"],
  ["2001:0:4136:e378:8000:63bf:3fff:fdd2", "Teredo"],
  ["64:ff9b::808:808", "IPv4-IPv6 translation (NAT64)"],
  ["2001:100::", "IETF protocol assignments"],
  ["fe80::1%eth0", "link-local"],
  ["4000::1", "outside of the global unicast addresses"],
  ["1fff:ffff::", "outside of the global unicast addresses"],
])("%s is named for what it is: %s", (text, name) => {
  expect(nameOf(text)).toBe(name);
});

test.each([
  "1.0.0.0",
  "1.1.1.1",
  "8.8.8.8",
  "9.255.255.255",
  "11.0.0.0",
  "100.63.255.255",
  "100.128.0.0",
  "126.255.255.255",
  "128.0.0.0",
  "169.253.255.255",
  "169.255.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "191.255.255.255",
  "192.0.1.0",
  "192.0.3.0",
  "192.31.195.255",
  "192.88.98.255",
  "192.88.100.0",
  "192.167.255.255",
  "192.169.0.0",
  "198.17.255.255",
  "198.20.0.0",
  "198.51.99.255",
  "198.51.101.0",
  "203.0.112.255",
  "203.0.114.0",
  "223.255.255.255",
  "2000::",
  "2001:200::",
  "2001:db7:ffff::",
  "2001:db9::",
  "2001:4860:4860::8888",
  "2003::1",
  "2606:4700:4700::1111",
  "2620:4f:7fff::",
  "2620:4f:8001::",
  "3ffe:ffff::",
  "3fff:1000::",
])("%s is public", (text) => {
  expect(nameOf(text)).toBeNull();
});

const written = ({ family, value }: IpAddress): string => {
  const [count, bits, base, between] = family === 4 ? [4, 8n, 10, "."] : [8, 16n, 16, ":"];
  const parts = Array.from({ length: count as number }, (_, index) =>
    ((value >> (BigInt(index) * (bits as bigint))) & ((1n << (bits as bigint)) - 1n)).toString(
      base as number,
    ),
  );
  return parts.reverse().join(between as string);
};

test("an address is read as it was written, whatever it is", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 128n) - 1n }), (value) => {
      expect(parseIpAddress(written({ family: 6, value }))).toEqual({ family: 6, value });
      // WHATWG's serializer writes the shortest form, with `::`.
      const short = new URL(`http://[${written({ family: 6, value })}]`).hostname.slice(1, -1);
      expect(parseIpAddress(short)).toEqual({ family: 6, value });
      const low = value & 0xffffffffn;
      expect(parseIpAddress(written({ family: 4, value: low }))).toEqual({ family: 4, value: low });
      expect(parseIpAddress(`64:ff9b::${written({ family: 4, value: low })}`)?.value).toBe(
        (0x64ff9bn << 96n) | low,
      );
    }),
  );
});

test.each(["", "1.2.3", "1.2.3.256", "0x7f.0.0.1", "127.1", "::g", "1.2.3.4:80", "example.com"])(
  "%s is no address",
  (text) => expect(parseIpAddress(text)).toBeNull(),
);

test.each(["10.0.0.0/33", "fd00::/129", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1", "host/8"])(
  "%s is no range",
  (text) => expect(parseIpRange(text)).toBeNull(),
);

test("a range of length 0 has all addresses of its family, and none of the other", () => {
  expect(isInRange(parseIpAddress("8.8.8.8")!, parseIpRange("0.0.0.0/0")!)).toBe(true);
  expect(isInRange(parseIpAddress("::1")!, parseIpRange("0.0.0.0/0")!)).toBe(false);
  expect(isInRange(parseIpAddress("10.1.2.3")!, parseIpRange("10.9.9.9/8")!)).toBe(true);
});
