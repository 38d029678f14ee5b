import type { CaptureFormat } from "../contract/export.ts";
import {
  type CaptureRequest,
  hasHeader,
  isChunked,
  isPlainTarget,
  valuesOf,
} from "./capture-request.ts";

/** What a format's code changes where a capture has it, besides what none can send. */
type Changes = {
  /** Names are written in another case, sorted, or joined with others of the same name. */
  case?: true;
  order?: true;
  duplicates?: true;
  target?: true;
  /** Chunks become one length, or the other way round. */
  framing?: true;
  version?: true;
  trailers?: true;
  /** Header fields that the client sets by itself. */
  own?: string;
};

const CHANGES: Record<CaptureFormat, Changes> = {
  curl: { trailers: true },
  php: { trailers: true },
  "python-exact": { version: true, trailers: true },
  httpie: {
    case: true,
    order: true,
    duplicates: true,
    version: true,
    trailers: true,
    framing: true,
  },
  python: {
    order: true,
    duplicates: true,
    target: true,
    framing: true,
    version: true,
    trailers: true,
    own: "Host, Accept-Encoding and Content-Length",
  },
  fetch: {
    case: true,
    order: true,
    duplicates: true,
    target: true,
    framing: true,
    version: true,
    trailers: true,
    own: "Host, User-Agent, Origin, Cookie, Content-Length and others",
  },
  node: { version: true, own: "Connection, where the request had none" },
  go: { order: true, case: true, version: true, trailers: true, own: "Host, first of all" },
  http: {
    order: true,
    duplicates: true,
    target: true,
    framing: true,
    version: true,
    trailers: true,
    own: "Host, User-Agent, Connection and Content-Length",
  },
  har: {},
  json: {},
};

const isMessy = (names: string[]) =>
  new Set(names.map((name) => name.toLowerCase())).size < names.length;

/**
 * What sending a capture again in this format cannot reproduce, one sentence each; empty where the
 * second capture is the same as the first.
 */
export function limitsOf(
  request: Pick<CaptureRequest, "capture">,
  format: CaptureFormat,
): string[] {
  const { capture } = request;
  if (format === "har" || format === "json") return [];
  if (capture.problem === "malformed") {
    return [
      "The request was not valid HTTP, which no client sends: its bytes go out as they came.",
    ];
  }
  const changes = CHANGES[format];
  const names = capture.headers.map(([name]) => name);
  const limits: string[] = [];
  const add = (applies: boolean | undefined, text: string) => applies && limits.push(text);

  const isShort =
    capture.truncated || (capture.declaredSize ?? capture.bodySize) > capture.bodySize;
  add(
    isShort || capture.problem === "aborted" || capture.problem === "timeout",
    "The body is not complete: what Inlet stored of it is sent, with that length.",
  );
  add(
    capture.method === "CONNECT",
    "CONNECT asks a proxy for a tunnel; this sends no such request.",
  );
  add(
    capture.headers.some(([, value]) => value.includes("[withheld by Inlet]")),
    "Inlet keeps the key of a workspace out of captures: the Cookie header is not what was sent.",
  );
  const isOldWithChunks = capture.httpVersion === "1.0" && isChunked(capture.headers);
  add(isOldWithChunks, "Chunks in an HTTP/1.0 request are not sent.");
  add(capture.httpVersion === "0.9", "HTTP/0.9 is not sent.");
  add(changes.version && capture.httpVersion === "1.0", "It is sent as HTTP/1.1, not as HTTP/1.0.");
  add(changes.trailers && capture.trailers.length > 0, "Trailers are left out.");
  add(
    changes.target && !isPlainTarget(capture.target),
    "The URL is written anew by the client: dot segments and unusual characters change.",
  );
  add(changes.duplicates && isMessy(names), "Headers of the same name are joined with commas.");
  add(changes.order, "Headers are sent in another order.");
  add(changes.case && format === "fetch", "Header names are sent as the browser writes them.");
  add(
    format === "httpie" && valuesOf(capture.headers, "host").length > 1,
    "One Host header is sent.",
  );
  add(
    changes.framing && isChunked(capture.headers),
    "The body is sent with its length, not in chunks.",
  );
  add(changes.own !== undefined, `The client sets these by itself: ${changes.own}.`);
  add(
    format === "fetch" && capture.bodySize > 0 && /^(GET|HEAD)$/.test(capture.method),
    "A browser sends no body with GET or HEAD: it is left out.",
  );
  add(
    format === "fetch" && /^(TRACE|CONNECT)$/.test(capture.method),
    "A browser refuses this method.",
  );
  add(
    format === "http" && capture.bodySize > 0 && hasHeader(capture.headers, "content-encoding"),
    "A compressed body is kept in base64 in a comment: editors send text only.",
  );
  return limits;
}
