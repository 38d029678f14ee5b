import { z } from "zod";
import { REPLY_BODY_MAX_LENGTH, REPLY_DELAY_MAX_MS, REPLY_HEADERS_MAX } from "./limits.ts";

/** RFC 9110 5.6.2 `token`. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** RFC 9110 5.5 field value, as Node will send it: visible Latin-1, space and tab. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

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
    .regex(TOKEN, "a header name has only letters, digits and !#$%&'*+-.^_`|~")
    .refine((name) => !FRAMING_HEADERS.has(name.toLowerCase()), {
      error: (issue) => `${issue.input} is set by the server, it cannot be part of a reply`,
    }),
  z.string().regex(FIELD_VALUE, "a header value has no line breaks or other control characters"),
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

export function isOriginWideHeader(name: string): boolean {
  return ORIGIN_WIDE_HEADERS.has(name.toLowerCase());
}

/** The first header of a reply that acts on its whole origin, or undefined. */
export function findOriginWideHeader(reply: Reply): string | undefined {
  return reply.headers.find(([name]) => isOriginWideHeader(name))?.[0];
}
