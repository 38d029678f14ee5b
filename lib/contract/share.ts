import { z } from "zod";
import { captureSchema } from "./capture.ts";
import { deliveryResponseSchema, deliverySchema } from "./delivery.ts";
import { BIN_ID_PATTERN, binIdSchema, captureIdSchema } from "./ids.ts";
import {
  SHARE_EXPIRES_IN_MAX,
  SHARE_EXPIRES_IN_MIN,
  SHARE_FIELDS_MAX,
  SHARE_LABEL_MAX_LENGTH,
  SHARED_PAGE_MAX,
} from "./limits.ts";
import { seqParameter } from "./seq-parameter.ts";
import { storedTextSchema } from "./stored-text.ts";

/** What stands where a value was taken out. */
export const REDACTED = "[redacted]";

/** Made like a bin's id, which it stands in for: a shared capture's `binId` is its link's id. */
export const shareIdSchema = z
  .string()
  .regex(BIN_ID_PATTERN)
  .meta({ description: "A share link's id; not its secret", example: "p2r8t4v6x0z1b3d5f7h9" });

/** 144 random bits, base64url. */
export const shareSecretSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{24}$/)
  .meta({ description: "A share link's secret: the last part of its address" });

const fieldsSchema = z.array(storedTextSchema.min(1).max(1_000)).max(SHARE_FIELDS_MAX);

/**
 * Which fields to treat otherwise than by default, by their addresses: `header:x-shop-id`,
 * `query:page`, `form:email`, `json:/customer/email` (RFC 6901), `xml:/order/customer/@id`,
 * `part:file`, `text:password`, `token:JWT`, `path:2`, `remoteIp`, `body`. A preview lists the
 * addresses of a capture's fields.
 */
export const redactionSchema = z
  .strictObject({
    /** Hidden besides what is hidden by default. Wins over `show`. */
    hide: fieldsSchema.default([]),
    /** Shown although hidden by default. */
    show: fieldsSchema.default([]),
  })
  .meta({ id: "Redaction" });

export type Redaction = z.infer<typeof redactionSchema>;

const resendAllowedSchema = z.boolean().meta({
  description: "Whether its holder may send what the link shows to a URL of theirs",
});

/** What the holder of a link may do besides reading. */
export const allowSchema = z.object({ resend: resendAllowedSchema }).meta({ id: "Allow" });

export type Allow = z.infer<typeof allowSchema>;

export const createShareSchema = z
  .strictObject({
    /** Seconds; null for a link without an end. */
    expiresIn: z
      .int()
      .min(SHARE_EXPIRES_IN_MIN)
      .max(SHARE_EXPIRES_IN_MAX)
      .nullable()
      .default(7 * 24 * 60 * 60)
      .meta({ description: "Seconds from now; null for no end. A week when left out." }),
    redact: z.boolean().default(true),
    fields: redactionSchema.optional(),
    /** Nothing when left out. */
    allow: z.strictObject({ resend: resendAllowedSchema.default(false) }).optional(),
    label: storedTextSchema.trim().min(1).max(SHARE_LABEL_MAX_LENGTH).nullable().optional(),
  })
  .meta({ id: "CreateShare" });

export type CreateShare = z.infer<typeof createShareSchema>;

export const shareSchema = z
  .object({
    id: shareIdSchema,
    binId: binIdSchema,
    /** Null for a link to the whole bin. */
    captureId: captureIdSchema.nullable(),
    label: z.string().nullable(),
    redact: z.boolean(),
    fields: redactionSchema,
    allow: allowSchema,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    views: z.int(),
    lastViewedAt: z.iso.datetime().nullable(),
    /** How often its holders sent a capture on. */
    resends: z.int(),
  })
  .meta({ id: "Share" });

export type Share = z.infer<typeof shareSchema>;

export const createdShareSchema = shareSchema
  .extend({
    url: z.url().meta({ description: "The link. It is not shown again: only its hash is kept." }),
  })
  .meta({ id: "CreatedShare" });

export type CreatedShare = z.infer<typeof createdShareSchema>;

export const shareListSchema = z.object({ shares: z.array(shareSchema) }).meta({ id: "ShareList" });

/** Like a bin's list, without a search: that would look into what the link hides. */
export const sharedPageQuerySchema = z
  .strictObject({
    limit: z.coerce.number().int().min(1).max(SHARED_PAGE_MAX).default(SHARED_PAGE_MAX),
    before: seqParameter,
    after: seqParameter,
  })
  .refine((query) => query.before === undefined || query.after === undefined, {
    path: ["after"],
    error: "give before or after, not both",
  });

export type SharedPageQuery = z.infer<typeof sharedPageQuerySchema>;

/** What the holder of a link may know of it. */
export const sharedSchema = z
  .object({
    id: shareIdSchema,
    kind: z.enum(["capture", "bin"]),
    redact: z.boolean(),
    allow: allowSchema,
    expiresAt: z.iso.datetime().nullable(),
    /** The one capture, or null for a bin. */
    captureId: captureIdSchema.nullable(),
    /** The newest `seq` of a bin. */
    captureCount: z.int().nullable(),
  })
  .meta({ id: "Shared" });

export type Shared = z.infer<typeof sharedSchema>;

export const previewShareSchema = createShareSchema
  .pick({ redact: true, fields: true })
  .meta({ id: "PreviewShare" });

export type PreviewShare = z.infer<typeof previewShareSchema>;

export const redactedFieldSchema = z
  .object({
    address: z.string(),
    /** As it will be seen. */
    value: z.string(),
    hidden: z.boolean(),
    hiddenByDefault: z.boolean(),
  })
  .meta({ id: "RedactedField" });

export type RedactedField = z.infer<typeof redactedFieldSchema>;

export const sharePreviewSchema = z
  .object({
    /** Exactly what the link's holder gets. */
    capture: captureSchema,
    /** What can be hidden or shown, in the order of the request; the first ones, of very many. */
    fields: z.array(redactedFieldSchema),
  })
  .meta({ id: "SharePreview" });

export type SharePreview = z.infer<typeof sharePreviewSchema>;

/**
 * What came of sending on what a link shows. It is kept nowhere, so that the response's body is here
 * in full: as `text`, or else as `base64`.
 */
export const sharedDeliverySchema = deliverySchema
  .omit({ attempt: true, ruleId: true, forwardId: true })
  .extend({
    binId: shareIdSchema.meta({ description: "The link's id" }),
    response: deliveryResponseSchema
      .extend({
        base64: z.string().nullable().meta({ description: "The body where it is not text" }),
      })
      .nullable(),
  })
  .meta({ id: "SharedDelivery" });

export type SharedDelivery = z.infer<typeof sharedDeliverySchema>;
