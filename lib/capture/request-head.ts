import type { IncomingMessage } from "node:http";

/**
 * The head of a request as it came: request line, header lines, blank line. Node decodes heads as
 * Latin-1, so encoding them the same way gives the sender's bytes.
 */
export function requestHead(req: IncomingMessage): Buffer {
  const lines = [`${req.method} ${req.url} HTTP/${req.httpVersion}`];
  for (let i = 0; i < req.rawHeaders.length; i += 2) {
    lines.push(`${req.rawHeaders[i]}: ${req.rawHeaders[i + 1]}`);
  }
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
}
