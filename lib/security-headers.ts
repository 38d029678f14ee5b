import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

/** The request header that hands a page's nonce to the root layout. Never believed from outside. */
const NONCE_HEADER = "x-nonce";
const HSTS = "max-age=31536000";

const PERMISSIONS = [
  "accelerometer",
  "autoplay",
  "camera",
  "display-capture",
  "encrypted-media",
  "geolocation",
  "gyroscope",
  "hid",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "screen-wake-lock",
  "serial",
  "usb",
  "xr-spatial-tracking",
]
  .map((feature) => `${feature}=()`)
  .join(", ");

export type SecurityHeadersOptions = {
  publicUrl: string;
  /** Next's development server evaluates code and writes style elements. */
  isDevelopment: boolean;
  /** Whether this request came over TLS, as far as we believe those in front of us. */
  isTls(req: IncomingMessage): boolean;
};

/** What sends from a person's browser: a frame, see `senderPolicy`. */
const SENDER_PATH = "/browser-sender";

/** Where something of ours is, for the origins that a page may have been asked for by. */
function ownSources(publicUrl: string, host: string | undefined, path: string): string {
  const sources = [publicUrl + path];
  // The name or address that the browser used, when that is not the public one. No policy can write
  // an IPv6 address.
  const isOther = host !== undefined && host !== new URL(publicUrl).host;
  if (isOther && /^[a-z0-9.-]+(:\d+)?$/i.test(host)) sources.push(host + path);
  return sources.join(" ");
}

/**
 * What a page may do.
 * - Scripts: those that carry this answer's nonce, and the build's own files. Not `'self'`: on this
 *   origin anybody can make a bin whose reply is a script. The same for styles and workers.
 * - Style attributes: the virtual list, menus and resizable panels are placed by `style`, which the
 *   server renders as an attribute. React writes it; no text that a sender controls becomes one.
 * - Frames only for what the browser itself holds (`blob:`, `srcdoc`), which inherits all of this,
 *   and for the one that sends from the browser.
 */
export function pagePolicy(
  nonce: string,
  host: string | undefined,
  { publicUrl, isDevelopment }: Pick<SecurityHeadersOptions, "publicUrl" | "isDevelopment">,
): string {
  const files = ownSources(publicUrl, host, "/_next/");
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' ${files}${isDevelopment ? " 'unsafe-eval'" : ""}`,
    // With a nonce beside it, 'unsafe-inline' would be ignored.
    `style-src ${isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`} ${files}`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' blob: data:",
    "media-src blob:",
    "font-src 'self'",
    // Not every browser takes 'self' for the same host's WebSockets.
    `connect-src 'self' ${publicUrl.replace(/^http/, "ws")}`,
    `worker-src ${files}`,
    `frame-src blob: ${ownSources(publicUrl, host, SENDER_PATH)}`,
    "manifest-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/**
 * The frame that sends from a person's browser may connect anywhere, which no page may. So it is a
 * document without an origin: it has no cookie of ours and can read nothing that the API answers,
 * also when somebody opens it by itself. It runs its one script and shows nothing.
 */
function senderPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    "connect-src http: https:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    "sandbox allow-scripts",
  ].join("; ");
}

/** A worker that is started from one of these obeys its file's policy, not its page's. */
const ASSET_POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'";

/**
 * Sets what every answer of ours but a capture's carries, and gives a page its nonce: Next reads it
 * from the policy in the request's headers. The API says its own policies (`lib/api/app.ts`),
 * because what it sends, a stranger may have written.
 */
export function securityHeaders(options: SecurityHeadersOptions) {
  const { protocol, hostname } = new URL(options.publicUrl);
  // Elsewhere browsers ignore it, with an error in the console of every page.
  const isTrustworthy = protocol === "https:" || /^(localhost|127\.|\[::1\])/.test(hostname);

  return (req: IncomingMessage, res: ServerResponse): void => {
    const path = req.url ?? "/";
    res.setHeader("X-Content-Type-Options", "nosniff");
    // A bin's reply that is opened in a browser is another origin's page, and asks for the icon.
    const isIcon = path === "/favicon.ico" || path.startsWith("/icon.svg");
    res.setHeader("Cross-Origin-Resource-Policy", isIcon ? "cross-origin" : "same-origin");
    if (options.isTls(req)) res.setHeader("Strict-Transport-Security", HSTS);
    delete req.headers["content-security-policy-report-only"];
    delete req.headers["content-security-policy"];
    delete req.headers[NONCE_HEADER];
    if (path.startsWith("/api/")) {
      res.setHeader("Referrer-Policy", "no-referrer");
      return;
    }
    if (path.startsWith("/_next/static/")) {
      res.setHeader("Content-Security-Policy", ASSET_POLICY);
      return;
    }
    const nonce = randomBytes(18).toString("base64");
    res.setHeader("Permissions-Policy", PERMISSIONS);
    if (path === SENDER_PATH) {
      req.headers[NONCE_HEADER] = nonce;
      res.setHeader("Content-Security-Policy", senderPolicy(nonce));
      res.setHeader("X-Frame-Options", "SAMEORIGIN");
      res.setHeader("Referrer-Policy", "no-referrer");
      return;
    }
    const policy = pagePolicy(nonce, req.headers.host, options);
    req.headers["content-security-policy"] = policy;
    req.headers[NONCE_HEADER] = nonce;
    res.setHeader("Content-Security-Policy", policy);
    res.setHeader("X-Frame-Options", "DENY");
    if (isTrustworthy) res.setHeader("Cross-Origin-Opener-Policy", "same-origin");
    // The address of a shared page, or of one that opens a workspace, is its key.
    const isKey = path.startsWith("/s/") || path.startsWith("/open/");
    res.setHeader("Referrer-Policy", isKey ? "no-referrer" : "same-origin");
    if (isKey) res.setHeader("X-Robots-Tag", "noindex, nofollow");
  };
}
