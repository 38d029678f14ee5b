import type { HeaderPair } from "../contract/reply.ts";
import { base64Lines, isPlainText, utf8Of } from "./bytes.ts";
import {
  type CaptureRequest,
  hasHeader,
  isChunked,
  isPlainTarget,
  sendableHeaders,
} from "./capture-request.ts";
import { printfFormat, quoteForShell, shellWord } from "./shell-word.ts";

/** A curl line that sends a small JSON body. */
export function exampleCurl(url: string): string {
  const body = JSON.stringify({ hello: "world" });
  const header = quoteForShell("Content-Type: application/json");
  return `curl -X POST ${quoteForShell(url)} -H ${header} -d ${quoteForShell(body)}`;
}

/** Linux takes 128 KiB for one argument; in a here-document the size does not matter. */
const ARGUMENT_MAX = 64 * 1024;
/** A byte is four characters to `printf` at worst, and nobody reads more of them than this. */
const PRINTF_MAX = 16 * 1024;
/** Above this curl asks with `Expect: 100-continue` before it sends a body. */
const EXPECT_FROM = 1024 * 1024;

/** How the body gets to curl: a command before it, what is piped into that, and curl's option. */
type BodySource = { before: string; option: string | null; hereDocument: string };

function bodySource(body: Uint8Array, headers: readonly HeaderPair[]): BodySource {
  const none = { before: "", hereDocument: "" };
  if (body.byteLength === 0) {
    // Chunks come of a body alone, be it an empty one.
    return { ...none, option: isChunked(headers) ? "--data-raw ''" : null };
  }
  const text = body.byteLength <= ARGUMENT_MAX ? utf8Of(body) : null;
  if (text !== null && isPlainText(text, "\n")) {
    return { ...none, option: `--data-raw ${quoteForShell(text)}` };
  }
  const option = "--data-binary @-";
  if (body.byteLength <= PRINTF_MAX) {
    return { ...none, option, before: `printf ${printfFormat(body)} | ` };
  }
  const hereDocument = `\n${base64Lines(body)}\nEND_OF_BODY`;
  return { before: "base64 -d <<'END_OF_BODY' | ", option, hereDocument };
}

/** curl gives `-d` POST, and needs to be told that no body follows the answer to HEAD. */
function methodOptions(method: string, hasBody: boolean): string[] {
  if (method === (hasBody ? "POST" : "GET")) return [];
  if (method === "HEAD" && !hasBody) return ["--head"];
  return [`-X ${quoteForShell(method)}`];
}

/**
 * `-H` for each header, and for each that curl would add. curl puts a Host of its own first,
 * written in its way; once that is removed, a Host among the others stays where it is.
 */
function headerOptions(
  headers: readonly HeaderPair[],
  host: string,
  body: Uint8Array,
  hasBody: boolean,
) {
  const own = headers[0]?.[0] === "Host" && headers[0][1] === host;
  const isOnlyHost = own && !hasHeader(headers.slice(1), "host");
  const removed = isOnlyHost ? [] : ["Host"];
  for (const name of ["User-Agent", "Accept"]) {
    if (!hasHeader(headers, name.toLowerCase())) removed.push(name);
  }
  if (hasBody && !hasHeader(headers, "content-type")) removed.push("Content-Type");
  if (body.byteLength >= EXPECT_FROM && !hasHeader(headers, "expect")) removed.push("Expect");
  return [
    ...removed.map((name) => `-H '${name}:'`),
    ...headers
      .slice(isOnlyHost ? 1 : 0)
      .map(([name, value]) => `-H ${shellWord(value === "" ? `${name};` : `${name}: ${value}`)}`),
  ];
}

/**
 * A command for a POSIX shell that sends the capture again, byte for byte: method, target, headers
 * with their order, case, duplicates and empty values, and the body. `notReproduced` says what curl
 * cannot do. Behaviour of `-H` and `Host` is that of curl's own manual and lib/http.c.
 */
export function curlCommand(request: CaptureRequest): string {
  const { capture, body, origin } = request;
  const headers = sendableHeaders(request);
  const source = bodySource(body, headers);
  const hasBody = source.option !== null;
  const isPlain = isPlainTarget(capture.target);
  const options = [
    ...methodOptions(capture.method, hasBody),
    ...(isPlain ? [] : [`--request-target ${shellWord(capture.target)}`]),
    ...(capture.httpVersion === "1.0" ? ["--http1.0"] : []),
    // With TLS curl would agree on HTTP/2, which knows neither case nor a reason to keep it.
    ...(capture.httpVersion !== "1.0" && origin.startsWith("https:") ? ["--http1.1"] : []),
    ...headerOptions(headers, new URL(origin).host, body, hasBody),
    ...(source.option === null ? [] : [source.option]),
  ];
  const url = quoteForShell(isPlain ? origin + capture.target : `${origin}/`);
  return `${source.before}curl ${[url, ...options].join(" \\\n  ")}${source.hereDocument}\n`;
}
