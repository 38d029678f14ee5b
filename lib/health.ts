import type { IncomingMessage, ServerResponse } from "node:http";
import type { Runtime } from "./runtime.ts";

const READY_TIMEOUT_MS = 3_000;

function send(res: ServerResponse, status: number, body: Record<string, string>): void {
  res.writeHead(status, { "Content-Type": "application/json", "Cache-Control": "no-store" });
  res.end(JSON.stringify(body));
}

async function isReady(runtime: Pick<Runtime, "checkReady">): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, READY_TIMEOUT_MS, new Error("timeout"));
  });
  try {
    await Promise.race([runtime.checkReady(), timeout]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** `/healthz`: the process runs. `/readyz`: the database answers. True when it was one of them. */
export function answerHealth(
  req: IncomingMessage,
  res: ServerResponse,
  runtime: Pick<Runtime, "checkReady">,
): boolean {
  const path = req.url?.split("?")[0];
  if (path === "/healthz") {
    send(res, 200, { status: "ok" });
    return true;
  }
  if (path !== "/readyz") return false;
  void isReady(runtime).then((ready) =>
    ready
      ? send(res, 200, { status: "ok" })
      : send(res, 503, { status: "unavailable", reason: "The database does not answer." }),
  );
  return true;
}
