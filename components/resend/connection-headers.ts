import type { HeaderPair } from "#lib/contract/reply.ts";

const HOP_BY_HOP = "Left out: it is about the sender's connection (hop-by-hop)";

/** RFC 9110 7.6.1, and what a connection has of its own. */
const OWN: Record<string, string> = {
  host: "Sent with the target's own host",
  "content-length": "Sent with the length of what goes out",
  connection: "Sent as close: it is about the new connection",
  "keep-alive": HOP_BY_HOP,
  "proxy-connection": HOP_BY_HOP,
  te: HOP_BY_HOP,
  upgrade: HOP_BY_HOP,
};

/** What becomes of each header that does not go out as it is, by its place; null for the others. */
export function connectionNotes(headers: readonly HeaderPair[]): (string | null)[] {
  const valuesOf = (wanted: string) =>
    headers
      .filter(([name]) => name.toLowerCase() === wanted)
      .flatMap(([, value]) => value.split(","))
      .map((value) => value.trim().toLowerCase());
  const nominated = new Set(valuesOf("connection"));
  // The body goes out in chunks when it came so.
  const isChunked = valuesOf("transfer-encoding").at(-1) === "chunked";
  const seen = new Set<string>();
  return headers.map(([written]) => {
    const name = written.toLowerCase();
    if (name === "transfer-encoding") return isChunked ? null : HOP_BY_HOP;
    if (name === "content-length" && isChunked) return "Left out: the body goes in chunks";
    const own = Object.hasOwn(OWN, name) ? OWN[name]! : nominated.has(name) ? HOP_BY_HOP : null;
    const again = own !== null && own !== HOP_BY_HOP && seen.has(name);
    seen.add(name);
    return again ? "Left out: one of this name is enough" : own;
  });
}
