import { base64Of, bytesOf, utf8Of } from "./bytes.ts";
import { type CaptureRequest, isChunked } from "./capture-request.ts";

/** Fields that HAR reads as text: as UTF-8 where they are, else one character a byte. */
const text = (latin1: string) => utf8Of(bytesOf(latin1)) ?? latin1;

const ORIGIN = /^https?:\/\/(\[[\da-f:.]+\]|[\w.~-]+)(:\d+)?(?=[/?]|$)/i;
const NOT_IN_URLS = /[^\w.~!$&'()*+,;=:@%/?-]|%(?![\da-f]{2})/gi;

const percentEncode = (character: string) =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`;

/**
 * HAR wants an absolute URL (RFC 3986), which a target need not be: what a URL cannot hold is percent-encoded.
 * The target as it was sent is in `_inlet`.
 */
function urlIn({ capture: { target }, origin }: CaptureRequest): string {
  // RFC 9110 7.1: of the server as a whole.
  if (target === "*") return origin;
  const own = ORIGIN.exec(target)?.[0];
  if (own !== undefined && URL.canParse(own)) {
    return own + target.slice(own.length).replace(NOT_IN_URLS, percentEncode);
  }
  const path = target.startsWith("/") ? target : `/${target}`;
  return origin + path.replace(NOT_IN_URLS, percentEncode);
}

function parameters(query: string | null) {
  if (query === null || query === "") return [];
  return query.split("&").map((part) => {
    const equals = part.indexOf("=");
    const cut = equals < 0 ? part.length : equals;
    return { name: text(part.slice(0, cut)), value: text(part.slice(cut + 1)) };
  });
}

function cookies(headers: readonly (readonly [string, string])[]) {
  return headers
    .filter(([name]) => name.toLowerCase() === "cookie")
    .flatMap(([, value]) => value.split(/; */))
    .filter((part) => part.includes("="))
    .map((part) => {
      const equals = part.indexOf("=");
      return { name: text(part.slice(0, equals).trim()), value: text(part.slice(equals + 1)) };
    });
}

/** HAR 1.2 knows an encoding for responses alone; `_encoding` is a custom field, as the format allows. */
function postData(mimeType: string, body: Uint8Array) {
  const plain = utf8Of(body);
  if (plain !== null && !plain.includes("\0")) return { mimeType, text: plain };
  return {
    mimeType,
    text: base64Of(body),
    _encoding: "base64",
    comment: "The text is the body's bytes in base64.",
  };
}

/**
 * An entry of a HAR 1.2 log. HAR wants a response; a bin's reply is not recorded with a capture, so it
 * says, as browsers do for requests that got none, status 0.
 */
export function harEntry(request: CaptureRequest) {
  const { capture, body } = request;
  const head = `${capture.method} ${capture.target} HTTP/${capture.httpVersion}\r\n`;
  const headersSize = capture.headers.reduce(
    (size, [name, value]) => size + name.length + value.length + 4,
    head.length + 2,
  );
  return {
    startedDateTime: capture.receivedAt,
    time: capture.readMs,
    request: {
      method: capture.method,
      url: urlIn(request),
      httpVersion: `HTTP/${capture.httpVersion}`,
      cookies: cookies(capture.headers),
      headers: capture.headers.map(([name, value]) => ({ name, value: text(value) })),
      queryString: parameters(capture.query),
      ...(body.byteLength > 0 && { postData: postData(text(capture.contentType ?? ""), body) }),
      headersSize: capture.problem === "malformed" ? -1 : headersSize,
      bodySize: body.byteLength,
      ...(isChunked(capture.headers) && { comment: "The body came in chunks." }),
    },
    response: {
      status: 0,
      statusText: "",
      httpVersion: "",
      cookies: [],
      headers: [],
      content: { size: 0, mimeType: "x-unknown" },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
      comment: "Inlet keeps requests, not its replies to them.",
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: capture.readMs },
    ...(capture.note !== null && { comment: capture.note }),
    _inlet: {
      id: capture.id,
      seq: capture.seq,
      target: capture.target,
      remoteIp: capture.remoteIp,
      problem: capture.problem,
      truncated: capture.truncated,
      trailers: capture.trailers,
    },
  };
}

export const HAR_START =
  '{"log":{"version":"1.2","creator":{"name":"Inlet","version":"0.1.0"},"entries":[';
export const HAR_END = "]}}\n";
