import type { IncomingMessage, ServerResponse } from "node:http";
import type { Runtime } from "./runtime.ts";

const LINK = /^\/s\/([A-Za-z0-9_-]{24})(?:[/?#]|$)/;

/**
 * A page of Next's can answer 200 and 404, not 410: for a link that has ended, what the page writes
 * goes out with that status (RFC 9110 15.5.11).
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
  const writeHead = res.writeHead.bind(res) as (...args: unknown[]) => ServerResponse;
  res.writeHead = ((status: number, ...rest: unknown[]) =>
    writeHead(status === 200 ? 410 : status, ...rest)) as typeof res.writeHead;
}

export function isLink(req: IncomingMessage): boolean {
  return LINK.test(req.url ?? "");
}
