import { isFromOwnPage } from "#lib/access/own-page.ts";
import { AppError } from "#lib/errors.ts";
import type { Runtime } from "#lib/runtime.ts";

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

export function changesState(method: string): boolean {
  return !SAFE_METHODS.has(method);
}

/** @throws AppError `forbidden_origin` */
export function checkOrigin(headers: Headers, access: Runtime["access"]): void {
  const page = {
    origin: headers.get("origin"),
    host: headers.get("host"),
    site: headers.get("sec-fetch-site"),
  };
  if (isFromOwnPage(page, access.isOwnOrigin)) return;
  throw new AppError(
    "forbidden_origin",
    "Pages of another origin cannot act with this browser's workspace. " +
      "Call from a server with Authorization: Bearer <token>.",
  );
}
