import { frameProgram } from "./frame-program.ts";

export const dynamic = "force-dynamic";

/**
 * The frame that sends from a person's browser: see `senderPolicy` in lib/security-headers.ts for
 * what it may do, which is to connect anywhere, and nothing else.
 */
export function GET(request: Request): Response {
  const nonce = request.headers.get("x-nonce") ?? "";
  const html = `<!doctype html><meta charset="utf-8"><title>Inlet: sends from this browser</title><script nonce="${nonce}">(${frameProgram})()</script>`;
  return new Response(html, {
    headers: { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" },
  });
}
