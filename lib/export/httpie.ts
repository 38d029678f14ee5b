import { base64Lines } from "./bytes.ts";
import { type CaptureRequest, hasHeader, sendableHeaders, urlOf } from "./capture-request.ts";
import { printfFormat, quoteForShell, shellWord } from "./shell-word.ts";

const PRINTF_MAX = 16 * 1024;

/** HTTPie's request items: a separator right behind the colon would make it another kind of item. */
function item(name: string, value: string): string {
  return shellWord(value === "" ? `${name};` : `${name}:${value.replace(/^[=@]/, "\\$&")}`);
}

export function httpieSnippet(request: CaptureRequest): string {
  const { capture, body } = request;
  const headers = sendableHeaders(request).filter(
    ([name]) => !/^(content-length|transfer-encoding)$/i.test(name),
  );
  const removed = ["User-Agent", "Accept", "Accept-Encoding", "Connection"].filter(
    (name) => !hasHeader(headers, name.toLowerCase()),
  );
  const words = [
    `http --path-as-is${body.byteLength > 0 ? "" : " --ignore-stdin"} ${quoteForShell(capture.method)} ${shellWord(urlOf(request))}`,
    ...removed.map((name) => `${name}:`),
    ...headers.map(([name, value]) => item(name, value)),
  ];
  const command = words.join(" \\\n  ");
  if (body.byteLength === 0) return `${command}\n`;
  if (body.byteLength <= PRINTF_MAX) return `printf ${printfFormat(body)} | ${command}\n`;
  return `base64 -d <<'END_OF_BODY' | ${command}\n${base64Lines(body)}\nEND_OF_BODY\n`;
}
