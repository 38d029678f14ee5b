import { z } from "zod";
import { deliveryErrorCodeSchema } from "./delivery.ts";
import { binIdSchema, captureIdSchema, forwardRuleIdSchema } from "./ids.ts";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX } from "./limits.ts";
import { seqParameter } from "./seq-parameter.ts";

/**
 * Why the last attempt of a forward did not succeed: what a delivery's error says, or
 * - `bad_status`: the target answered, but not with a 2xx; `status` says with what.
 * - `loop_detected`: the capture has come from this bin before, or was forwarded too often.
 * - `capture_gone`: the capture was deleted before it could be sent.
 * - `not_sendable`: the capture has something that no request may have.
 */
export const forwardErrorCodeSchema = z.enum([
  ...deliveryErrorCodeSchema.options,
  "bad_status",
  "loop_detected",
  "capture_gone",
  "not_sendable",
]);

export type ForwardErrorCode = z.infer<typeof forwardErrorCodeSchema>;

export const forwardErrorSchema = z
  .object({ code: forwardErrorCodeSchema, message: z.string() })
  .meta({ id: "ForwardError" });

export type ForwardError = z.infer<typeof forwardErrorSchema>;

export const forwardStateSchema = z.enum(["waiting", "succeeded", "failed"]);

export type ForwardState = z.infer<typeof forwardStateSchema>;

const forwardIdSchema = captureIdSchema.meta({ description: "A forward's id" });

/** One capture on its way to the target of one rule. It goes with its capture. */
export const forwardSchema = z
  .object({
    id: forwardIdSchema,
    ruleId: forwardRuleIdSchema,
    binId: binIdSchema,
    captureId: captureIdSchema,
    /** The capture's. */
    seq: z.int(),
    /** Where it was sent last, or will be: the rule's URL as it is now. */
    url: z.string(),
    /** `failed` tries no more by itself: `POST /forwards/{id}/retry`. */
    state: forwardStateSchema,
    /** How often it was sent so far. */
    attempts: z.int(),
    /** Null unless it is waiting. */
    nextAttemptAt: z.iso.datetime().nullable(),
    /** What came of the last attempt: `GET /deliveries/{id}`. */
    lastDeliveryId: captureIdSchema.nullable(),
    /** The target's answer to the last attempt. */
    status: z.int().nullable(),
    /** Why the last attempt did not succeed; also while it waits for the next one. */
    error: forwardErrorSchema.nullable(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "Forward" });

export type Forward = z.infer<typeof forwardSchema>;

export const forwardPageQuerySchema = z.object({
  state: forwardStateSchema.optional(),
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
  before: seqParameter.meta({
    description: "The `seq` of the last forward of the page before",
  }),
});

export type ForwardPageQuery = z.infer<typeof forwardPageQuerySchema>;

export const forwardPageSchema = z
  .object({ forwards: z.array(forwardSchema), hasMore: z.boolean() })
  .meta({ id: "ForwardPage", description: "By their captures, newest first" });

export type ForwardPage = z.infer<typeof forwardPageSchema>;

export const captureForwardsSchema = z
  .object({ forwards: z.array(forwardSchema) })
  .meta({ id: "CaptureForwards" });

export type CaptureForwards = z.infer<typeof captureForwardsSchema>;

export const retriedForwardsSchema = z
  .object({ retried: z.int() })
  .meta({ id: "RetriedForwards", description: "How many failed forwards wait again" });

export type RetriedForwards = z.infer<typeof retriedForwardsSchema>;
