import {
  type CaptureRequest,
  hasHeader,
  isChunked,
  sendableHeaders,
  urlOf,
} from "./capture-request.ts";
import { bodyLiteral, latin1Of, quoteLatin1 } from "./literals.ts";

function bodySource(body: Uint8Array): { imports: string; source: string } {
  const literal = bodyLiteral(body);
  if ("text" in literal) return { imports: "", source: `b${quoteLatin1(latin1Of(literal.text))}` };
  return { imports: "import base64\n", source: `base64.b64decode("${literal.base64}")` };
}

/** With `requests`, as most people write it. */
export function pythonSnippet(request: CaptureRequest): string {
  const { capture, body } = request;
  const { imports, source } = bodySource(body);
  const joined = new Map<string, [string, string]>();
  for (const [name, value] of sendableHeaders(request)) {
    if (/^(content-length|transfer-encoding)$/i.test(name)) continue;
    const key = name.toLowerCase();
    const before = joined.get(key);
    joined.set(key, before ? [before[0], `${before[1]}, ${value}`] : [name, value]);
  }
  const headers = [...joined.values()]
    .map(([name, value]) => `    ${quoteLatin1(name)}: b${quoteLatin1(value)},\n`)
    .join("");
  return `${imports}import requests

session = requests.Session()
session.headers.clear()
response = session.request(
    ${quoteLatin1(capture.method)},
    ${quoteLatin1(urlOf(request))},
    headers={
${headers.replace(/^/gm, "    ").trimEnd()}
    },
    data=${body.byteLength > 0 ? source : "None"},
    allow_redirects=False,
)
print(response.status_code, response.text)
`;
}

/** With the standard library alone, which sends a head exactly as it is told. */
export function exactPythonSnippet(request: CaptureRequest): string {
  const { capture, body, origin } = request;
  const { protocol, hostname, port } = new URL(origin);
  const { imports, source } = bodySource(body);
  const headers = sendableHeaders(request);
  const kind = protocol === "https:" ? "HTTPSConnection" : "HTTPConnection";
  const lines = headers
    .map(([name, value]) => `connection.putheader(${quoteLatin1(name)}, b${quoteLatin1(value)})\n`)
    .join("");
  const chunked = isChunked(headers) && hasHeader(headers, "transfer-encoding");
  const end = body.byteLength > 0 ? `${source}` : "";
  const send = chunked
    ? `connection.endheaders(${end || 'b""'}, encode_chunked=True)`
    : `connection.endheaders(${end})`;
  return `${imports}import http.client

connection = http.client.${kind}("${hostname.replace(/^\[|\]$/g, "")}", ${port || (protocol === "https:" ? 443 : 80)})
connection.putrequest(
    ${quoteLatin1(capture.method)},
    ${quoteLatin1(capture.target)},
    skip_host=True,
    skip_accept_encoding=True,
)
${lines}${send}
response = connection.getresponse()
print(response.status, response.read().decode(errors="replace"))
`;
}
