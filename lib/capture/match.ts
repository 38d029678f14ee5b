import { BIN_ID_LENGTH, BIN_ID_PATTERN } from "../contract/ids.ts";

export const CAPTURE_PREFIX = "/in/";

export type CaptureMatch = {
  /** Null for an address that can belong to no bin: the answer is 404. */
  binId: string | null;
  /** What follows the bin, undecoded, `/` at least. */
  path: string;
  /** What follows the first `?`, undecoded; null without one. */
  query: string | null;
  /** Reached by its own host, so that its replies act on no other origin. */
  ownHost: boolean;
};

/** RFC 9112 3.2.2: a target in absolute form brings its own host. */
const ABSOLUTE_FORM = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;

function toMatch(binId: string, rest: string, ownHost: boolean): CaptureMatch {
  const mark = rest.indexOf("?");
  const path = mark < 0 ? rest : rest.slice(0, mark);
  return {
    binId: BIN_ID_PATTERN.test(binId) ? binId : null,
    path: path === "" ? "/" : path,
    query: mark < 0 ? null : rest.slice(mark + 1),
    ownHost,
  };
}

function matchHost(host: string, suffix: string, pathAndQuery: string): CaptureMatch | null {
  const name = host.replace(/:\d*$/, "").replace(/\.$/, "").toLowerCase();
  if (!name.endsWith(suffix)) return null;
  return toMatch(name.slice(0, -suffix.length), pathAndQuery, true);
}

/**
 * The bin that a request target belongs to, null for one that is not a capture's.
 *
 * @param target as received, in origin, absolute or asterisk form
 * @param host reads the Host header; called only where hosts matter
 * @param hostSuffix `.hooks.example.com`, null without `CAPTURE_HOST`
 */
export function matchCapture(
  target: string,
  host: () => string | undefined,
  hostSuffix: string | null,
): CaptureMatch | null {
  let pathAndQuery = target;
  let authority: string | undefined;
  if (target.charCodeAt(0) !== 47) {
    const absolute = ABSOLUTE_FORM.exec(target);
    if (absolute) {
      authority = absolute[1];
      pathAndQuery = target.slice(absolute[0].length);
    }
  }
  if (hostSuffix !== null) {
    const match = matchHost(authority ?? host() ?? "", hostSuffix, pathAndQuery);
    if (match) return match;
  }
  if (!pathAndQuery.startsWith(CAPTURE_PREFIX)) return null;
  const end = CAPTURE_PREFIX.length + BIN_ID_LENGTH;
  const next = pathAndQuery.charAt(end);
  const isBounded = next === "" || next === "/" || next === "?";
  const binId = isBounded ? pathAndQuery.slice(CAPTURE_PREFIX.length, end) : "";
  return toMatch(binId, pathAndQuery.slice(end), false);
}
