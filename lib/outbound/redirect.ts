import type { NotCarried } from "../contract/delivery.ts";
import type { HeaderPair } from "../contract/reply.ts";
import type { OutgoingMessage } from "./request-head.ts";
import { targetOf } from "./request-target.ts";

const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** What opens something at the first origin, and is none of the second's business. */
const SECRETS = new Set([
  "authorization",
  "cookie",
  "cookie2",
  "proxy-authorization",
  "x-api-key",
  "x-auth-token",
  "x-gitlab-token",
]);

/** https://fetch.spec.whatwg.org/#request-body-header-name, and what frames a body. */
const ABOUT_BODY = new Set([
  "content-encoding",
  "content-language",
  "content-length",
  "content-location",
  "content-type",
  "trailer",
  "transfer-encoding",
]);

export type NextHop = { url: URL; message: OutgoingMessage; notCarried: NotCarried[] };

/** Where a response sends us on to, null when it does not, or to nothing that can be followed. */
export function redirectTarget(status: number, headers: readonly HeaderPair[], from: URL) {
  if (!REDIRECTS.has(status)) return null;
  const location = headers.find(([name]) => name.toLowerCase() === "location")?.[1];
  if (location === undefined || !URL.canParse(location, from)) return null;
  const url = new URL(location, from);
  return /^https?:$/.test(url.protocol) ? url : null;
}

/**
 * The message as it follows a redirect: RFC 9110 15.4 lets 301 and 302 turn POST into GET, as all
 * browsers do (https://fetch.spec.whatwg.org/#http-redirect-fetch), and 303 any method but HEAD.
 */
export function followRedirect(
  message: OutgoingMessage,
  status: number,
  from: URL,
  to: URL,
): NextHop {
  const { method } = message;
  const becomesGet =
    status === 303 ? method !== "GET" && method !== "HEAD" : status < 303 && method === "POST";
  const isOtherOrigin = from.origin !== to.origin;
  const notCarried: NotCarried[] = [];
  const headers = message.headers.filter(([name, value]) => {
    const key = name.toLowerCase();
    const why =
      isOtherOrigin && SECRETS.has(key)
        ? "other_origin"
        : becomesGet && ABOUT_BODY.has(key)
          ? "no_body"
          : null;
    if (why) notCarried.push({ name, value, why, sent: null });
    return why === null;
  });
  const target = targetOf(to);
  return {
    url: to,
    notCarried,
    message: becomesGet
      ? { method: "GET", target, headers, trailers: [], body: new Uint8Array() }
      : { ...message, target, headers },
  };
}
