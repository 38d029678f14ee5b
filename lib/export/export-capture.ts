import type { CaptureFormat } from "../contract/export.ts";
import { base64Lines } from "./bytes.ts";
import { captureJson } from "./capture-json.ts";
import type { CaptureRequest } from "./capture-request.ts";
import { curlCommand } from "./curl.ts";
import { goSnippet } from "./go.ts";
import { HAR_END, HAR_START, harEntry } from "./har.ts";
import { httpFileEntry } from "./http-file.ts";
import { httpieSnippet } from "./httpie.ts";
import { fetchSnippet, nodeSnippet } from "./javascript.ts";
import { limitsOf } from "./limits-of.ts";
import { phpSnippet } from "./php.ts";
import { exactPythonSnippet, pythonSnippet } from "./python.ts";

type CodeFormat = Exclude<CaptureFormat, "har" | "json" | "http">;

const CODE: Record<CodeFormat, { comment: string; write(request: CaptureRequest): string }> = {
  curl: { comment: "#", write: curlCommand },
  httpie: { comment: "#", write: httpieSnippet },
  fetch: { comment: "//", write: fetchSnippet },
  node: { comment: "//", write: nodeSnippet },
  python: { comment: "#", write: pythonSnippet },
  "python-exact": { comment: "#", write: exactPythonSnippet },
  go: { comment: "//", write: goSnippet },
  php: { comment: "//", write: phpSnippet },
};

/** What no client sends goes out as it came. `nc` speaks no TLS; `openssl s_client` does. */
function rawCommand({ body, origin }: CaptureRequest): string {
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[|\]$/g, "");
  const client =
    protocol === "https:"
      ? `openssl s_client -quiet -connect ${host}:${port || 443}`
      : `nc ${host} ${port || 80}`;
  return `base64 -d <<'END_OF_BYTES' | ${client}\n${base64Lines(body)}\nEND_OF_BYTES\n`;
}

/** One capture in one format. What cannot be reproduced is said in comments before it. */
export function exportCapture(request: CaptureRequest, format: CaptureFormat): string {
  const limits = limitsOf(request, format);
  if (format === "json") return `${captureJson(request)}\n`;
  if (format === "har") return `${HAR_START}${JSON.stringify(harEntry(request))}${HAR_END}`;
  if (format === "http") return httpFileEntry(request, limits);
  const isMalformed = request.capture.problem === "malformed";
  const comment = isMalformed ? "#" : CODE[format].comment;
  const text = isMalformed ? rawCommand(request) : CODE[format].write(request);
  const notes = limits.map((limit) => `${comment} ${limit}\n`).join("");
  // PHP's comments are comments only behind its opening tag.
  if (format === "php" && !isMalformed) return text.replace("<?php\n", `<?php\n${notes}`);
  return notes + text;
}
