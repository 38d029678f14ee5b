import { type CaptureRequest, sendableHeaders, urlOf } from "./capture-request.ts";
import { bodyLiteral, quoteLatin1, quoteText } from "./literals.ts";

/** Fetch standard, 2.2.2: a page may not set these. */
const FORBIDDEN =
  /^(accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;

const pairLines = (pairs: readonly (readonly [string, string])[]) =>
  pairs.map(([name, value]) => `    [${quoteLatin1(name)}, ${quoteLatin1(value)}],\n`).join("");

/** For the console of a browser; runs in Node, Deno and Bun too. */
export function fetchSnippet(request: CaptureRequest): string {
  const { capture, body } = request;
  const headers = sendableHeaders(request).filter(([name]) => !FORBIDDEN.test(name));
  const literal = bodyLiteral(body);
  const hasBody = body.byteLength > 0 && !/^(GET|HEAD)$/.test(capture.method);
  const source =
    "text" in literal
      ? quoteText(literal.text)
      : `Uint8Array.from(atob("${literal.base64}"), (character) => character.charCodeAt(0))`;
  return `const response = await fetch(${quoteLatin1(urlOf(request))}, {
  method: ${quoteLatin1(capture.method)},
  headers: [
${pairLines(headers)}  ],
${hasBody ? `  body: ${source},\n` : ""}});
console.log(response.status, await response.text());
`;
}

/** `node:http` takes headers as one flat list, and keeps order, case and duplicates. */
export function nodeSnippet(request: CaptureRequest): string {
  const { capture, body, origin } = request;
  const { protocol, hostname, port } = new URL(origin);
  const module = protocol === "https:" ? "https" : "http";
  const literal = bodyLiteral(body);
  const source =
    "text" in literal ? quoteText(literal.text) : `Buffer.from("${literal.base64}", "base64")`;
  const headers = sendableHeaders(request)
    .map(([name, value]) => `    ${quoteLatin1(name)}, ${quoteLatin1(value)},\n`)
    .join("");
  const trailers =
    capture.trailers.length === 0
      ? ""
      : `request.addTrailers([\n${pairLines(capture.trailers)}]);\n`;
  return `import { request as send } from "node:${module}";

const request = send({
  hostname: ${quoteText(hostname.replace(/^\[|\]$/g, ""))},
  port: ${port || (protocol === "https:" ? 443 : 80)},
  method: ${quoteLatin1(capture.method)},
  path: ${quoteLatin1(capture.target)},
  setHost: false,
  // Name, value, name, value …
  headers: [
${headers}  ],
});
request.on("response", async (response) => {
  console.log(response.statusCode, Buffer.concat(await response.toArray()).toString());
});
${trailers}request.end(${body.byteLength > 0 ? source : ""});
`;
}
