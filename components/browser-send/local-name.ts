/** Names that no public name server has: RFC 6761, 6762, 8375, 9476, and what routers use. */
const LOCAL_SUFFIX = /\.(localhost|local|internal|intranet|lan|home|corp|test|home\.arpa)$/;
const PRIVATE_V4 = /^(10\.|127\.|169\.254\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|0\.)/;
const SHARED_V4 = /^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./;

/** The browser's own machine, as a URL's `hostname` has it: reachable from https pages too. */
export function isLoopback(hostname: string): boolean {
  const name = hostname.toLowerCase();
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    /^127\.\d+\.\d+\.\d+$/.test(name) ||
    name === "[::1]"
  );
}

/** Whether it names something near the person, which a server elsewhere cannot reach. */
export function isLocalName(hostname: string): boolean {
  const name = hostname.toLowerCase().replace(/\.$/, "");
  if (isLoopback(name)) return true;
  if (/^[\d.]+$/.test(name)) return PRIVATE_V4.test(name) || SHARED_V4.test(name);
  if (name.startsWith("[")) return /^\[(::|f[cd][0-9a-f]{2}:|fe[89ab][0-9a-f]:)/.test(name);
  return !name.includes(".") || LOCAL_SUFFIX.test(name);
}
