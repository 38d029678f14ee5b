import type { IncomingMessage, ServerResponse } from "node:http";
import { setPageStatus } from "./page-status.ts";
import type { Runtime } from "./runtime.ts";

const LINK = /^\/s\/([A-Za-z0-9_-]{24})(?:[/?#]|$)/;

/**
 * For a link that has ended, what the page writes goes out as 410 (RFC 9110 15.5.11).
 */
export async function answerGone(
  req: IncomingMessage,
  res: ServerResponse,
  { shares, log }: Pick<Runtime, "shares" | "log">,
): Promise<void> {
  const secret = LINK.exec(req.url ?? "")?.[1];
  if (secret === undefined) return;
  // Nothing that a reader sees may be kept by somebody in between.
  res.setHeader("Cache-Control", "private, no-store");
  try {
    if (!(await shares.isGone(secret))) return;
  } catch (error) {
    // The page asks again, and says what is wrong.
    log.warn({ err: error }, "a share link could not be looked up");
    return;
  }
  setPageStatus(res, 410);
}

export function isLink(req: IncomingMessage): boolean {
  return LINK.test(req.url ?? "");
}
