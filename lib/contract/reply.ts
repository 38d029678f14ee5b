import { z } from "zod";
import { FIELD_VALUE, NAME_RULE, TOKEN, VALUE_RULE } from "./header-syntax.ts";
import { REPLY_BODY_MAX_LENGTH, REPLY_DELAY_MAX_MS, REPLY_HEADERS_MAX } from "./limits.ts";
import type { InvalidField } from "./problem.ts";

/** Headers that the connection, not the bin's owner, decides about. */
const FRAMING_HEADERS = new Set([
  "connection",
  "content-length",
  "date",
  "inlet-capture",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Headers that act on a whole origin. On the dashboard's own origin a bin's owner could use them
 * against every other user, so they need a bin that is served from its own host (`CAPTURE_HOST`).
 */
const ORIGIN_WIDE_HEADERS = new Set([
  "alt-svc",
  "clear-site-data",
  "nel",
  "report-to",
  "reporting-endpoints",
  "service-worker-allowed",
  "set-cookie",
  "strict-transport-security",
]);

/** RFC 9110 6.4.1: these answers never have a body. */
const BODILESS_STATUSES = new Set([204, 205, 304]);

export const headerPairSchema = z
  .tuple([z.string(), z.string()])
  .meta({ description: "A header's name and value", example: ["Content-Type", "text/plain"] });

export type HeaderPair = z.infer<typeof headerPairSchema>;

const replyHeaderSchema = z.tuple([
  z
    .string()
    .regex(TOKEN, NAME_RULE)
    .refine((name) => !isFramingHeader(name), {
      error: (issue) => `${issue.input} is set by the server, it cannot be part of a reply`,
    }),
  z.string().regex(FIELD_VALUE, VALUE_RULE),
]);

/** What a sender gets once its capture is stored. */
export const replySchema = z
  .object({
    status: z.int().min(200).max(599).default(200),
    headers: z.array(replyHeaderSchema).max(REPLY_HEADERS_MAX).default([]),
    body: z.string().max(REPLY_BODY_MAX_LENGTH).default(""),
    delayMs: z.int().min(0).max(REPLY_DELAY_MAX_MS).default(0),
  })
  .refine((reply) => reply.body === "" || !BODILESS_STATUSES.has(reply.status), {
    path: ["body"],
    error: "a reply with status 204, 205 or 304 has no body: empty it, or choose another status",
  })
  .meta({ id: "Reply" });

export type Reply = z.infer<typeof replySchema>;

export const DEFAULT_REPLY: Reply = { status: 200, headers: [], body: "", delayMs: 0 };

export function isFramingHeader(name: string): boolean {
  return FRAMING_HEADERS.has(name.toLowerCase());
}

export function isOriginWideHeader(name: string): boolean {
  return ORIGIN_WIDE_HEADERS.has(name.toLowerCase());
}

/** What a reply has that acts on its whole origin, by its place among the headers. */
export function originWideHeaders(reply: Pick<Reply, "headers">): InvalidField[] {
  return reply.headers.flatMap(([name], i) =>
    isOriginWideHeader(name)
      ? {
          field: `headers.${i}.0`,
          message: `${name} acts on the whole origin, which this bin shares with the dashboard. It needs an instance with CAPTURE_HOST, where every bin has a host of its own.`,
        }
      : [],
  );
}

/** Any page may send to a capture URL and read the reply. */
export const OPEN_TO_ALL_ORIGINS = [
  "Access-Control-Allow-Origin",
  "*",
  "Access-Control-Expose-Headers",
  "*",
];

/** A reply on the dashboard's origin runs with no rights of it: no script, no forms, no origin. */
export const SANDBOX = ["Content-Security-Policy", "sandbox", "X-Content-Type-Options", "nosniff"];

/**
 * The headers that a sender gets besides those of the connection: name, value, name, value …
 * @param isSandboxed the reply is on the dashboard's origin
 */
export function replyHeaders(reply: Pick<Reply, "headers">, isSandboxed: boolean): string[] {
  const hasOwnCors = reply.headers.some(([name]) => /^access-control-/i.test(name));
  const cors = hasOwnCors ? [] : OPEN_TO_ALL_ORIGINS;
  if (!isSandboxed) return [...reply.headers.flat(), ...cors];
  // With CAPTURE_HOST a bin may have all of them, and is still reached on the dashboard's origin.
  const harmless = reply.headers.filter(([name]) => !isOriginWideHeader(name));
  return [...harmless.flat(), ...cors, ...SANDBOX];
}

/** RFC 9110 8.6: no Content-Length with 204; and 304 would promise a body that is not there. */
export function hasContentLength(status: number): boolean {
  return status !== 204 && status !== 304;
}
