import { base64Of } from "./bytes.ts";
import { type CaptureRequest, sendableHeaders, urlOf } from "./capture-request.ts";
import { bodyLiteral, readableValue } from "./literals.ts";

/** These the editors work out from the body they send. */
const OWN = /^(content-length|transfer-encoding|host|connection)$/i;

/** A comment must stay one, whatever a sender wrote. */
const oneLine = (text: string) => text.replace(/[^\x20-\x7e]/g, "?");

/** A line of the body that would begin the next request, or run a script. */
const DANGEROUS = /^(###|<|>|%|#|\/\/|@)|\{\{/m;

/**
 * One request of a `.http` file, as JetBrains' HTTP client and VS Code's REST Client read it. A body
 * that they would change or misread stands in a comment, in base64.
 */
export function httpFileEntry(request: CaptureRequest, notes: readonly string[]): string {
  const { capture, body } = request;
  const title = oneLine(`#${capture.seq} ${capture.method} ${capture.path}`);
  const headers = sendableHeaders(request).filter(([name]) => !OWN.test(name));
  const literal = bodyLiteral(body);
  const isText = "text" in literal && !DANGEROUS.test(literal.text) && !literal.text.includes("\r");
  const lines = [
    `### ${title}`,
    `# Received ${capture.receivedAt}`,
    ...notes.map((note) => `# ${note}`),
    ...(isText || body.byteLength === 0
      ? []
      : [`# The body (${body.byteLength} bytes) in base64: ${base64Of(body)}`]),
    `${capture.method} ${oneLine(urlOf(request)).replaceAll("{{", "%7B%7B")}`,
    ...headers.map(([name, value]) => `${name}: ${readableValue(value).replaceAll("{{", "{ {")}`),
    "",
  ];
  return `${lines.join("\n")}\n${isText && "text" in literal ? `${literal.text}\n` : ""}\n`;
}
