import { z } from "zod";
import { binIdSchema, captureIdSchema } from "./ids.ts";
import { BULK_MAX, NOTE_MAX_LENGTH, PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "./limits.ts";
import { headerPairSchema } from "./reply.ts";
import { seqParameter } from "./seq-parameter.ts";
import { storedTextSchema } from "./stored-text.ts";

/**
 * What was wrong with a request, or unusual enough that the sender did not get what it asked for:
 * - `truncated`: the body was longer than the limit; what fitted is kept.
 * - `aborted`: the sender hung up before the request was complete.
 * - `timeout`: the sender took too long to complete the request.
 * - `malformed`: not valid HTTP; the body holds the bytes that came.
 * - `upgrade`: asked to switch protocols; was answered as an ordinary request.
 * - `connect`: asked for a tunnel; was refused.
 */
export const captureProblemSchema = z.enum([
  "truncated",
  "aborted",
  "timeout",
  "malformed",
  "upgrade",
  "connect",
]);

export type CaptureProblem = z.infer<typeof captureProblemSchema>;

export const summarySchema = z
  .object({
    id: captureIdSchema,
    binId: binIdSchema,
    /** 1, 2, 3 … in commit order within the bin, without a gap. */
    seq: z.int(),
    receivedAt: z.iso.datetime(),
    method: z.string(),
    /** What follows the bin in the target, undecoded, `/` at least. */
    path: z.string(),
    /** What follows the first `?` of the target, undecoded; null without one. */
    query: z.string().nullable(),
    contentType: z.string().nullable(),
    /** Bytes of body that are stored. */
    bodySize: z.int(),
    truncated: z.boolean(),
    problem: captureProblemSchema.nullable(),
    remoteIp: z.string().nullable(),
    note: z.string().nullable(),
    starred: z.boolean(),
  })
  .meta({ id: "Summary" });

export type Summary = z.infer<typeof summarySchema>;

export const captureSchema = summarySchema
  .extend({
    /** The request target as received (RFC 9112 3.2). */
    target: z.string(),
    httpVersion: z.string(),
    headers: z.array(headerPairSchema),
    trailers: z.array(headerPairSchema),
    /** The body where it is valid UTF-8 and under 1 MiB, else null. */
    text: z.string().nullable(),
    /** Content-Length as declared; null without a usable one. */
    declaredSize: z.int().nullable(),
    /** What the parser or the connection said about `problem`. */
    problemDetail: z.string().nullable(),
    tls: z.boolean(),
    /** Milliseconds from the request's head to the last byte of its body. */
    readMs: z.int(),
  })
  .meta({ id: "Capture" });

export type Capture = z.infer<typeof captureSchema>;

export const updateCaptureSchema = z
  .strictObject({
    note: storedTextSchema.max(NOTE_MAX_LENGTH).nullable().optional(),
    starred: z.boolean().optional(),
  })
  .meta({ id: "UpdateCapture" });

export type UpdateCapture = z.infer<typeof updateCaptureSchema>;

export const captureIdsSchema = z
  .array(captureIdSchema)
  .min(1)
  .max(BULK_MAX)
  .meta({ description: "Captures of the bin. Ids that are not there (any more) are passed over." });

export const starCapturesSchema = z
  .strictObject({ ids: captureIdsSchema, starred: z.boolean() })
  .meta({ id: "StarCaptures" });

export type StarCaptures = z.infer<typeof starCapturesSchema>;

/** The ids of those that had another star before. */
export const starredCapturesSchema = z
  .object({ changed: z.array(captureIdSchema) })
  .meta({ id: "StarredCaptures" });

export type StarredCaptures = z.infer<typeof starredCapturesSchema>;

const SEARCH_SYNTAX =
  'Only captures that match. Words and "quoted phrases" are found anywhere: in path and query, ' +
  "headers, body, note or id. Filters: `method:GET,POST`, `path:/orders`, `query:page=2`, " +
  "`header:name`, `header:name=value`, `header:name~part`, `body:text`, `json:$.items[0].id=7` (also " +
  "`~`, `>`, `>=`, `<`, `<=`, or no value for any), `type:json`, `ip:192.0.2.0/24`, `size:>10k` (also " +
  "`1k..2k`), `after:2026-11-21T14:00Z`, `before:10m` (ISO 8601, UTC without an offset; or s, m, h, " +
  "d, w ago), `is:starred` (also `problem`, `truncated`, `aborted`, `timeout`, `malformed`, `upgrade`, " +
  "`connect`), `note:text`. `path:=/exact` compares the whole value. All terms have to match; `OR` " +
  "between them means either, `-` excludes, parentheses group. A–Z and a–z are the same, except for " +
  "names in a JSON path. A body with a Content-Encoding is searched as it was sent. A query that cannot be read is a 400 whose `errors` say `start` and `end`.";

const NEXT =
  "With `q` and `hasMore`: give it as `before`, or as `after`, to go on. A search that takes long " +
  "ends early, so a page can have fewer captures than `limit`, even none, and still be followed by more.";

export const capturePageQuerySchema = z
  .object({
    limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
    before: seqParameter,
    after: seqParameter,
    q: z
      .string()
      .optional()
      .meta({ description: SEARCH_SYNTAX, example: "method:POST json:$.action=opened" }),
  })
  .refine((query) => query.before === undefined || query.after === undefined, {
    path: ["after"],
    error: "give before or after, not both",
  });

export type CapturePageQuery = z.infer<typeof capturePageQuerySchema>;

export const capturePageSchema = z
  .object({
    captures: z.array(summarySchema),
    hasMore: z.boolean(),
    /** With `q` and `hasMore`: give it as `before`, or as `after`, for the page that follows. */
    next: z.int().optional().meta({ description: NEXT }),
  })
  .meta({ id: "CapturePage" });

/** `before` without a value is from the newest on. */
export const alikeQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
  before: seqParameter,
});

export type AlikeQuery = z.infer<typeof alikeQuerySchema>;

export type CapturePage = z.infer<typeof capturePageSchema>;
