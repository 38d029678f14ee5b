import { isLocalName, isLoopback } from "#components/browser-send/local-name.ts";
import { checkHeader } from "#components/headers/header-row.ts";
import { TOKEN } from "#lib/contract/header-syntax.ts";
import type { HeaderPair } from "#lib/contract/reply.ts";

/** Fetch, "forbidden request-header": the browser decides about these. */
const FORBIDDEN = new Set([
  "accept-charset",
  "accept-encoding",
  "access-control-request-headers",
  "access-control-request-method",
  "access-control-request-private-network",
  "connection",
  "content-length",
  "cookie",
  "cookie2",
  "date",
  "dnt",
  "expect",
  "host",
  "keep-alive",
  "origin",
  "referer",
  "set-cookie",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
  "via",
]);

const WHY: Record<string, string> = {
  host: "Not sent: the browser sends the target's own host",
  "content-length": "Not sent: the browser counts the body itself",
  cookie: "Not sent: a page cannot set it, and no cookies go along",
  origin: "Not sent: the browser sends Origin: null",
  referer: "Not sent: the browser sends none",
  "accept-encoding": "Not sent: the browser sends its own",
  "sec-fetch-mode": "Not sent: the browser sends its own",
};
const NOT_SENT = "Not sent: a page may not set this one";

export type FetchInput = {
  url: string;
  method: string;
  headers: readonly HeaderPair[];
  bodySize: number;
  /** Of the page that sends: `https:` or `http:`. */
  pageProtocol: string;
};

export type FetchPlan = {
  /** Why no browser can send this, and what to do instead; null when it can. */
  impossible: string | null;
  method: string;
  /** What is handed to the browser. */
  headers: HeaderPair[];
  /** What becomes of each given header, by its place; null for those that go as they are. */
  notes: (string | null)[];
  /** Why it asks the target first; empty for what browsers have always sent without asking. */
  preflight: string[];
  /** Header names that the target has to allow, in lower case. */
  asksFor: string[];
  /** An https page may not connect to this http URL, or only in some browsers. */
  mixed: boolean;
  /** The browser may want the person's permission for its own network. */
  local: boolean;
};

const SIMPLE_METHODS = new Set(["GET", "HEAD", "POST"]);
/** Fetch, "normalize a method". */
const NORMALIZED = new Set(["DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"]);

/** What a browser makes of a request: https://fetch.spec.whatwg.org/ */
export function planFetch(input: FetchInput): FetchPlan {
  const upper = input.method.toUpperCase();
  const method = NORMALIZED.has(upper) ? upper : input.method;
  const notes = noteHeaders(input.headers);
  const headers = input.headers.filter((_, i) => !notes[i]?.startsWith("Not sent"));
  const unsafe = unsafeNames(headers);
  const url = URL.canParse(input.url) ? new URL(input.url) : null;
  const preflight = SIMPLE_METHODS.has(method) ? [] : [`the method ${method}`];
  if (unsafe.length > 0)
    preflight.push(`the header${unsafe.length > 1 ? "s" : ""} ${list(unsafe)}`);
  return {
    impossible: whyImpossible(url, method, headers, input.bodySize),
    method,
    headers,
    notes,
    preflight,
    asksFor: unsafe,
    mixed:
      input.pageProtocol === "https:" && url?.protocol === "http:" && !isLoopback(url.hostname),
    local: url !== null && isLocalName(url.hostname),
  };
}

/** Fetch, "bad port": browsers connect to none of these, whatever the scheme. */
const BAD_PORTS = new Set(
  "1 7 9 11 13 15 17 19 20 21 22 23 25 37 42 43 53 69 77 79 87 95 101 102 103 104 109 110 111 113 115 117 119 123 135 137 139 143 161 179 389 427 465 512 513 514 515 526 530 531 532 540 548 554 556 563 587 601 636 989 990 993 995 1719 1720 1723 2049 3659 4045 4190 5060 5061 6000 6566 6665 6666 6667 6668 6669 6679 6697 10080".split(
    " ",
  ),
);

function whyImpossible(
  url: URL | null,
  method: string,
  headers: readonly HeaderPair[],
  bodySize: number,
): string | null {
  if (url && (url.username || url.password)) {
    return "A browser sends nothing to a URL with a user name and password: take them out of it.";
  }
  if (url && BAD_PORTS.has(url.port)) {
    return `No browser connects to port ${url.port}: run the target on another one, or send from Inlet's server.`;
  }
  if (!TOKEN.test(method)) return "This is not a method: choose another one.";
  if (/^(connect|trace|track)$/i.test(method)) {
    return `No page may send ${method}: choose another method, or send from Inlet's server.`;
  }
  if (/^(get|head)$/i.test(method) && bodySize > 0) {
    return `A browser sends no body with ${method}: empty the body, choose another method, or send from Inlet's server.`;
  }
  const wrong = headers.find((pair) => checkHeader(pair) !== null);
  return wrong ? `No request may have the header ${wrong[0] || "without a name"}.` : null;
}

function noteHeaders(headers: readonly HeaderPair[]): (string | null)[] {
  const count = new Map<string, number>();
  for (const [name] of headers) {
    count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
  }
  return headers.map(([written, value]) => {
    const name = written.toLowerCase();
    const isForbidden =
      FORBIDDEN.has(name) ||
      /^(proxy-|sec-)/.test(name) ||
      (/^x-(http-)?method(-override)?$/.test(name) && /\b(connect|trace|track)\b/i.test(value));
    if (isForbidden) return Object.hasOwn(WHY, name) ? WHY[name]! : NOT_SENT;
    return count.get(name)! > 1 ? "The browser joins those of one name into one line" : null;
  });
}

/** Fetch, "CORS-safelisted request-header": of what is given, the names of the others. */
function unsafeNames(headers: readonly HeaderPair[]): string[] {
  const joined = new Map<string, string>();
  for (const [written, value] of headers) {
    const name = written.toLowerCase();
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return [...joined]
    .flatMap(([name, value]) => (isSafelisted(name, value.trim()) ? [] : [name]))
    .sort();
}

/** Fetch, "CORS-unsafe request-header byte"; control characters are refused anyway. */
const UNSAFE_BYTE = /["():<>?@[\\\]{}]/;

function isSafelisted(name: string, value: string): boolean {
  if (value.length > 128) return false;
  if (name === "accept") return !UNSAFE_BYTE.test(value);
  if (name === "accept-language" || name === "content-language") {
    return /^[0-9A-Za-z *,.;=-]*$/.test(value);
  }
  if (name !== "content-type") return false;
  const essence = value.split(";")[0]!.trim().toLowerCase();
  const isForm = /^(application\/x-www-form-urlencoded|multipart\/form-data|text\/plain)$/;
  return !UNSAFE_BYTE.test(value) && isForm.test(essence);
}

export function list(names: readonly string[]): string {
  if (names.length < 2) return names.join("");
  return `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

/** What the target has to answer before a browser shows anything of it; the first is for OPTIONS. */
export function neededAnswer({ method, preflight, asksFor }: FetchPlan): {
  preflight: string | null;
  answer: string;
} {
  const allowed = [
    "Access-Control-Allow-Origin: *",
    ...(SIMPLE_METHODS.has(method) ? [] : [`Access-Control-Allow-Methods: ${method}`]),
    ...(asksFor.length > 0 ? [`Access-Control-Allow-Headers: ${asksFor.join(", ")}`] : []),
  ];
  return {
    preflight: preflight.length > 0 ? allowed.join("\n") : null,
    answer: "Access-Control-Allow-Origin: *\nAccess-Control-Expose-Headers: *",
  };
}
