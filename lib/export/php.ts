import {
  type CaptureRequest,
  hasHeader,
  isPlainTarget,
  sendableHeaders,
} from "./capture-request.ts";
import { bodyLiteral, latin1Of, quotePhp } from "./literals.ts";

/** PHP's curl is libcurl, so the same rules hold as for the command. */
export function phpSnippet(request: CaptureRequest): string {
  const { capture, body, origin } = request;
  const headers = sendableHeaders(request);
  const literal = bodyLiteral(body);
  const source =
    "text" in literal ? quotePhp(latin1Of(literal.text)) : `base64_decode("${literal.base64}")`;
  const isPlain = isPlainTarget(capture.target);
  const isHead = capture.method === "HEAD" && body.byteLength === 0;
  const removed = ["Host", "User-Agent", "Accept", "Content-Type", "Expect"].filter(
    (name) => name === "Host" || !hasHeader(headers, name.toLowerCase()),
  );
  const lines = [
    ...removed.map((name) => `${name}:`),
    ...headers.map(([name, value]) => (value === "" ? `${name};` : `${name}: ${value}`)),
  ];
  const chunked = headers.some(([name]) => name.toLowerCase() === "transfer-encoding");
  const version = capture.httpVersion === "1.0" ? "CURL_HTTP_VERSION_1_0" : "CURL_HTTP_VERSION_1_1";
  return `<?php

$curl = curl_init(${quotePhp(isPlain ? origin + capture.target : `${origin}/`)});
curl_setopt_array($curl, [
    CURLOPT_CUSTOMREQUEST => ${quotePhp(capture.method)},
${isPlain ? "" : `    CURLOPT_REQUEST_TARGET => ${quotePhp(capture.target)},\n`}${isHead ? "    CURLOPT_NOBODY => true,\n" : ""}    CURLOPT_HTTP_VERSION => ${version},
    // A name with nothing behind its colon is not sent; one with a semicolon is sent empty.
    CURLOPT_HTTPHEADER => [
${lines.map((line) => `        ${quotePhp(line)},\n`).join("")}    ],
${body.byteLength > 0 || chunked ? `    CURLOPT_POSTFIELDS => ${body.byteLength > 0 ? source : '""'},\n` : ""}    CURLOPT_RETURNTRANSFER => true,
]);
$text = curl_exec($curl);
echo curl_getinfo($curl, CURLINFO_RESPONSE_CODE), " ", $text === false ? curl_error($curl) : $text, "\\n";
`;
}
