import { isInRange, parseIpAddress, parseIpRange } from "./ip-address.ts";
import { specialRangeOf } from "./special-ranges.ts";

/** Targets that are allowed although they are not public: all, none, or those that are named. */
export type PrivateTargets = "all" | "none" | { ranges: string[]; hosts: string[] };

export type TargetPolicyOptions = {
  privateTargets: PrivateTargets;
  /** Names of this instance; one that starts with a dot stands for all names below it. */
  ownHosts: readonly string[];
  /** The addresses of this machine's interfaces, as they are now. */
  ownAddresses(): readonly string[];
};

export type TargetPolicy = {
  /** Why a host may not be named, whatever it resolves to; null when it may. */
  refuseHost(host: string): string | null;
  /** Why an address that `host` stands for may not be connected to; null when it may. */
  refuseAddress(host: string, address: string): string | null;
};

/** `Example.COM.` and `example.com` are one host, `[::1]` and `::1` one address. */
export function plainHost(host: string): string {
  return host
    .toLowerCase()
    .replace(/^\[(.*)\]$/, "$1")
    .replace(/\.$/, "");
}

/**
 * Decides what may be connected to. It looks at addresses alone, as the socket will use them;
 * spellings such as `0x7f.1` are resolved by `new URL` before, names by the guarded lookup.
 */
export function createTargetPolicy(options: TargetPolicyOptions): TargetPolicy {
  const { privateTargets, ownHosts, ownAddresses } = options;
  if (privateTargets === "all") return { refuseHost: () => null, refuseAddress: () => null };

  const named = privateTargets === "none" ? { ranges: [], hosts: [] } : privateTargets;
  const ranges = named.ranges.map((text) => {
    const range = parseIpRange(text);
    if (!range) throw new TypeError(`${text} is not a range of addresses`);
    return range;
  });
  const hosts = new Set(named.hosts.map(plainHost));
  const isOwnHost = (host: string) =>
    ownHosts.some((own) => (own.startsWith(".") ? host.endsWith(own) : host === plainHost(own)));

  return {
    refuseHost(host) {
      const name = plainHost(host);
      if (hosts.has(name) || parseIpAddress(name) || !isOwnHost(name)) return null;
      return `${name} is this server itself`;
    },
    refuseAddress(host, address) {
      if (hosts.has(plainHost(host))) return null;
      const ip = parseIpAddress(address);
      if (!ip) return `${address} is not an IP address`;
      if (ranges.some((range) => isInRange(ip, range))) return null;
      const special = specialRangeOf(ip);
      if (special) return `${address} is not a public address: ${special.name} (${special.source})`;
      const isOwn = ownAddresses().some((own) => {
        const other = parseIpAddress(own);
        return other?.family === ip.family && other.value === ip.value;
      });
      return isOwn ? `${address} is an address of this server` : null;
    },
  };
}
