/** What Inlet reads in a value beyond its characters. A guess: who sent it may mean something else. */
export type Insight =
  | { kind: "time"; date: Date; as: string }
  | { kind: "jwt"; header: string; payload: string; times: [claim: string, date: Date][] }
  | { kind: "basic"; credentials: string }
  | { kind: "number"; read: string };

const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);

/** RFC 3339, and ISO 8601's form of it without seconds or with a comma. */
const ISO = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d([.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;
/** RFC 9110 5.6.7. */
const HTTP_DATE = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;
/** RFC 7519: three parts of base64url, the first of which begins with `{"`. */
const JWT = /(?:^|[\s"'=,;])(eyJ[\w-]+)\.(eyJ[\w-]*)\.[\w-]*/;
const BASIC = /^Basic\s+([A-Za-z0-9+/]+={0,2})$/i;

const UNITS: [digits: number, perMillisecond: number, name: string][] = [
  [10, 0.001, "seconds"],
  [13, 1, "milliseconds"],
  [16, 1_000, "microseconds"],
  [19, 1_000_000, "nanoseconds"],
];

/** Of a header's or a form's value, or of what a JSON string means. */
export function readText(text: string): Insight | null {
  if (text.length > 20_000) return null;
  return readJwt(text) ?? readBasic(text) ?? readDate(text) ?? readUnixTime(text);
}

/** Of a JSON number as it was spelled. */
export function readNumber(source: string): Insight | null {
  const time = readUnixTime(source);
  if (time) return time;
  const read = String(Number(source));
  return sameNumber(source, read) ? null : { kind: "number", read };
}

/** The same without what a number's spelling may have more of: `1.50` is `1.5`, `1E2` is `100`. */
function sameNumber(source: string, read: string): boolean {
  if (source.length < 16 && !/e/i.test(source)) return true;
  return canonical(source) === canonical(read);
}

function canonical(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text);
  if (!match) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  const digits = (whole + fraction).replace(/^0+/, "");
  const trimmed = digits.replace(/0+$/, "");
  if (trimmed === "") return "0";
  const shift = Number(exponent) - fraction.length + digits.length - trimmed.length;
  return `${sign}${trimmed}e${shift}`;
}

function readUnixTime(text: string): Insight | null {
  const whole = /^\d+$/.test(text)
    ? text
    : /^(\d{10})\.\d{1,9}$/.test(text)
      ? text.slice(0, 10)
      : "";
  const unit = UNITS.find(([digits]) => digits === whole.length);
  if (!unit) return null;
  const milliseconds = whole === text ? Number(text) / unit[1] : Number(text) * 1_000;
  if (milliseconds < EARLIEST || milliseconds > LATEST) return null;
  return { kind: "time", date: new Date(milliseconds), as: `Unix time in ${unit[2]}` };
}

function readDate(text: string): Insight | null {
  const isIso = ISO.test(text);
  if (!isIso && !HTTP_DATE.test(text)) return null;
  const date = new Date(isIso ? text.replace(" ", "T").replace(",", ".") : text);
  if (Number.isNaN(date.getTime())) return null;
  return { kind: "time", date, as: isIso ? "ISO 8601" : "HTTP date" };
}

function readJwt(text: string): Insight | null {
  const match = JWT.exec(text);
  if (!match) return null;
  const header = fromBase64(match[1]!);
  const payload = fromBase64(match[2]!);
  const claims = parseObject(payload);
  if (header === null || payload === null || !parseObject(header) || !claims) return null;
  const times = ["iat", "nbf", "exp"].flatMap((claim): [string, Date][] => {
    const seconds = claims[claim];
    if (typeof seconds !== "number" || Math.abs(seconds) > 8.64e12) return [];
    return [[claim, new Date(seconds * 1_000)]];
  });
  return { kind: "jwt", header, payload, times };
}

function readBasic(text: string): Insight | null {
  const credentials = fromBase64(BASIC.exec(text)?.[1] ?? "");
  return credentials?.includes(":") ? { kind: "basic", credentials } : null;
}

function fromBase64(text: string): string | null {
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function parseObject(text: string | null): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}
