import { readdirSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { sep } from "node:path";
import send from "send";

type Handle = (req: IncomingMessage, res: ServerResponse) => unknown;

export type CompressedFilesOptions = {
  /** Ends with a slash. */
  urlPrefix: string;
  /** What the build wrote below it; read once. */
  folder: string;
  /** Whatever has no compressed copy, for clients without Brotli too. */
  otherwise: Handle;
};

const TYPES: Record<string, string> = {
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
};

/** RFC 9110 12.5.3; `br;q=0` refuses it. */
function takesBrotli(req: IncomingMessage): boolean {
  const accepted = String(req.headers["accept-encoding"] ?? "").split(",");
  return accepted.some((item) => /^\s*br\s*(;\s*q=(1|0?\.0*[1-9])[\d.]*\s*)?$/i.test(item));
}

/**
 * Serves the build's scripts and styles as the build compressed them: an eighth smaller than what
 * Next.js compresses for each answer, and no work beside captures. Their names carry a hash of
 * what is in them, so browsers keep them for good.
 */
export function compressedFiles({ urlPrefix, folder, otherwise }: CompressedFilesOptions): Handle {
  const names = new Set(
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(js|css)\.br$/.test(name))
      .map((name) => name.slice(0, -".br".length).replaceAll(sep, "/")),
  );

  return (req, res) => {
    const path = req.url?.split("?", 1)[0] ?? "";
    const name = path.startsWith(urlPrefix) ? path.slice(urlPrefix.length) : "";
    const isRead = req.method === "GET" || req.method === "HEAD";
    if (!isRead || !names.has(name) || !takesBrotli(req)) return otherwise(req, res);
    send(req, `/${name}.br`, { root: folder, index: false, immutable: true, maxAge: "1y" })
      .on("headers", () => {
        res.setHeader("Content-Type", TYPES[name.slice(name.lastIndexOf(".") + 1)]!);
        res.setHeader("Content-Encoding", "br");
        res.setHeader("Vary", "Accept-Encoding");
      })
      .on("error", (error: { status?: number }) => {
        // The build was replaced under a running server.
        if (error.status === 404 && !res.headersSent) return otherwise(req, res);
        if (res.headersSent) return res.destroy();
        res.statusCode = error.status ?? 500;
        res.removeHeader("Content-Encoding");
        res.end();
      })
      .pipe(res);
  };
}
