import { z } from "zod";
import { captureIdsSchema } from "./capture.ts";
import { searchScopeSchema, wholeScopeSchema } from "./capture-scope.ts";
import { deliveryErrorSchema, targetUrlSchema } from "./delivery.ts";
import { binIdSchema, captureIdSchema } from "./ids.ts";
import {
  BULK_MAX,
  BULK_RESEND_LIMITS,
  PAGE_SIZE_DEFAULT,
  PAGE_SIZE_MAX,
  RESEND_LIMITS,
} from "./limits.ts";
import { seqParameter } from "./seq-parameter.ts";

const LIMITS = BULK_RESEND_LIMITS;

/**
 * How one of its captures ended:
 * - `succeeded`: the target answered with a 2xx status.
 * - `other`: the target answered with another one.
 * - `failed`: there was no answer, or the capture cannot be sent at all.
 */
export const bulkOutcomeSchema = z.enum(["succeeded", "other", "failed"]);

export type BulkOutcome = z.infer<typeof bulkOutcomeSchema>;

export const bulkStateSchema = z.enum(["running", "paused", "cancelled", "done"]);

export type BulkState = z.infer<typeof bulkStateSchema>;

/** The time between two captures: none, as it was, or a tenth of that. */
export const bulkGapsSchema = z.enum(["none", "1x", "10x"]);

export type BulkGaps = z.infer<typeof bulkGapsSchema>;

const options = {
  url: targetUrlSchema,
  /** `keep` puts each capture's path and query below the URL's own, `replace` sends the URL's. */
  path: z.enum(["keep", "replace"]),
  gaps: bulkGapsSchema.meta({
    description:
      "`1x` keeps the time between two captures as it was, `10x` makes it a tenth; the rate still " +
      "holds. After a pause and a restart of the server, gaps count from there.",
  }),
  /** At most so many are begun in a second. */
  ratePerSecond: z.int().min(1).max(LIMITS.ratePerSecondMax),
  /** So many are on their way at once; with 1, each waits for the one before it to end. */
  concurrency: z.int().min(1).max(LIMITS.concurrencyMax),
  followRedirects: z.boolean(),
  /** For each of them. */
  timeoutMs: z.int().min(RESEND_LIMITS.timeoutMinMs).max(RESEND_LIMITS.timeoutMaxMs),
};

export const bulkResendSchema = z
  .object({
    id: captureIdSchema.meta({ description: "A bulk resend's id" }),
    binId: binIdSchema,
    ...options,
    /** The search whose result it is; null for others. */
    q: z.string().nullable(),
    state: bulkStateSchema,
    /** Captures that were there when it began. */
    total: z.int(),
    /** Those that have ended: `succeeded`, `other` and `failed` together. */
    sent: z.int(),
    succeeded: z.int().meta({ description: "Answered with a 2xx status" }),
    other: z.int().meta({ description: "Answered with another status" }),
    failed: z.int().meta({ description: "Not answered, or nothing that can be sent" }),
    skipped: z.int().meta({ description: "Captures that were deleted before their turn" }),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    /** An estimate; null while nothing can be said, and when it does not run. */
    estimatedEndAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "BulkResend" });

export type BulkResend = z.infer<typeof bulkResendSchema>;

const whichSchema = z
  .union(
    [
      z.strictObject({ ids: captureIdsSchema }),
      searchScopeSchema,
      wholeScopeSchema,
      z.strictObject({ unsuccessfulOf: captureIdSchema }),
    ],
    {
      error:
        "must be {ids: [...]} with 1 to 10,000 ids, {q: a search}, {all: true}, each of these two " +
        "also with upTo: a seq, or {unsuccessfulOf: the id of a bulk resend}",
    },
  )
  .meta({
    description:
      `At most ${BULK_MAX.toLocaleString("en")} captures: some by their ids (those that are not ` +
      "there any more are passed over), those that a search finds now, all that are there now, or " +
      "those of an earlier bulk resend that got no 2xx. They are sent in the order in which they came.",
  });

export const createBulkResendSchema = z
  .strictObject({
    url: options.url,
    captures: whichSchema,
    path: options.path.default("keep"),
    gaps: options.gaps.default("none"),
    ratePerSecond: options.ratePerSecond.default(LIMITS.ratePerSecond),
    concurrency: options.concurrency.default(1),
    followRedirects: options.followRedirects.default(false),
    timeoutMs: options.timeoutMs.default(RESEND_LIMITS.timeoutMs),
  })
  .meta({ id: "CreateBulkResend" });

export type CreateBulkResend = z.infer<typeof createBulkResendSchema>;
export type CreateBulkResendInput = z.input<typeof createBulkResendSchema>;

export const bulkResendsSchema = z
  .object({ bulkResends: z.array(bulkResendSchema) })
  .meta({ id: "BulkResends", description: "Newest first" });

export type BulkResends = z.infer<typeof bulkResendsSchema>;

export const bulkDeliveriesQuerySchema = z.object({
  outcome: z
    .enum([...bulkOutcomeSchema.options, "unsuccessful"])
    .optional()
    .meta({ description: "`unsuccessful` is `other` and `failed` together" }),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
  after: seqParameter.meta({ description: "The `index` of the last one that is known" }),
});

export type BulkDeliveriesQuery = z.infer<typeof bulkDeliveriesQuerySchema>;

export const bulkDeliverySchema = z
  .object({
    /** Which of the bulk resend's captures, from 0. */
    index: z.int(),
    deliveryId: captureIdSchema,
    captureId: captureIdSchema,
    /** The capture's number in its bin. */
    seq: z.int(),
    method: z.string(),
    url: z.string(),
    startedAt: z.iso.datetime(),
    outcome: bulkOutcomeSchema,
    /** Of the response; null without one. */
    status: z.int().nullable(),
    error: deliveryErrorSchema.nullable(),
  })
  .meta({ id: "BulkDelivery" });

export type BulkDelivery = z.infer<typeof bulkDeliverySchema>;

export const bulkDeliveriesSchema = z
  .object({ deliveries: z.array(bulkDeliverySchema), hasMore: z.boolean() })
  .meta({ id: "BulkDeliveries", description: "In the order of the captures" });

export type BulkDeliveries = z.infer<typeof bulkDeliveriesSchema>;
