import { AppError } from "#lib/errors.ts";
import type { Runtime } from "#lib/runtime.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export function changesState(method: string): boolean {
  return !SAFE_METHODS.has(method);
}

/**
 * Whether a browser sent this from our own pages, or no browser sent it. A cookie goes along with
 * calls that other sites make, and with `CAPTURE_HOST` a bin's reply runs on a sibling host, which
 * SameSite does not keep out.
 * @throws AppError `forbidden_origin`
 */
export function checkOrigin(headers: Headers, access: Runtime["access"]): void {
  const origin = headers.get("origin");
  const site = headers.get("sec-fetch-site");
  const own = origin
    ? access.isOwnOrigin(origin, headers.get("host"))
    : site === null || site === "same-origin" || site === "none";
  if (own) return;
  throw new AppError(
    "forbidden_origin",
    "Pages of another origin cannot act with this browser's workspace. " +
      "Call from a server with Authorization: Bearer <token>.",
  );
}
