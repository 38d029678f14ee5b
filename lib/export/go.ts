import type { HeaderPair } from "../contract/reply.ts";
import {
  type CaptureRequest,
  hasHeader,
  isChunked,
  sendableHeaders,
  valuesOf,
} from "./capture-request.ts";
import { bodyLiteral, latin1Of, quoteLatin1 } from "./literals.ts";

/** These are fields of Go's request. */
const OWN = /^(host|content-length|transfer-encoding)$/i;

function headerLines(headers: readonly HeaderPair[]): string {
  const byName = new Map<string, string[]>();
  for (const [name, value] of headers) {
    if (!OWN.test(name)) byName.set(name, [...(byName.get(name) ?? []), value]);
  }
  // Go sends a user agent of its own, unless this is there and empty.
  if (!hasHeader(headers, "user-agent")) byName.set("User-Agent", [""]);
  return [...byName]
    .map(([name, values]) => `\t\t${quoteLatin1(name)}: {${values.map(quoteLatin1).join(", ")}},\n`)
    .join("");
}

export function goSnippet(request: CaptureRequest): string {
  const { capture, body, origin } = request;
  const headers = sendableHeaders(request);
  const { protocol, host } = new URL(origin);
  const literal = bodyLiteral(body);
  const isBase64 = "base64" in literal;
  const source = isBase64
    ? `base64.StdEncoding.DecodeString(${quoteLatin1(literal.base64)})`
    : `[]byte(${quoteLatin1(latin1Of(literal.text))}), error(nil)`;
  const hasBody = body.byteLength > 0;
  const imports = [
    "bytes",
    ...(isBase64 ? ["encoding/base64"] : []),
    "fmt",
    "io",
    "net/http",
    "net/url",
  ]
    .filter((name) => hasBody || name !== "bytes")
    .map((name) => `\t"${name}"\n`)
    .join("");
  const opaque = capture.target.startsWith("/") ? `//${host}${capture.target}` : capture.target;
  const isPath = capture.target.startsWith("/") && !capture.target.startsWith("//");
  const mark = capture.target.indexOf("?");
  const path = mark < 0 ? capture.target : capture.target.slice(0, mark);
  const url = isPath
    ? `Opaque: ${quoteLatin1(path)}, RawQuery: ${quoteLatin1(mark < 0 ? "" : capture.target.slice(mark + 1))}, ForceQuery: ${mark >= 0}`
    : `Opaque: ${quoteLatin1(opaque)}`;
  return `package main

import (
${imports})

func main() {
${hasBody ? `\tbody, err := ${source}\n\tif err != nil {\n\t\tpanic(err)\n\t}\n` : ""}\trequest := &http.Request{
\t\tMethod: ${quoteLatin1(capture.method)},
\t\tURL:    &url.URL{Scheme: "${protocol.slice(0, -1)}", Host: ${quoteLatin1(host)}, ${url}},
\t\tHost:   ${quoteLatin1(valuesOf(headers, "host")[0] ?? host)},
\t\tHeader: header,
${hasBody ? `\t\tBody:   io.NopCloser(bytes.NewReader(body)),\n\t\tContentLength: ${isChunked(headers) ? -1 : "int64(len(body))"},\n` : ""}${isChunked(headers) ? `\t\tTransferEncoding: []string{"chunked"},\n` : ""}\t}
\t// The transport: a client would follow redirects; compression is asked for as it was.
\tresponse, err := (&http.Transport{DisableCompression: true}).RoundTrip(request)
\tif err != nil {
\t\tpanic(err)
\t}
\tdefer response.Body.Close()
\ttext, _ := io.ReadAll(response.Body)
\tfmt.Println(response.Status, string(text))
}

// Names are sent as they are written here; Go sorts them.
var header = http.Header{
${headerLines(headers).replace(/^\t/gm, "")}}
`;
}
