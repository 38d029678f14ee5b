import { z } from "zod";
import { targetUrlSchema } from "./delivery.ts";
import { binIdSchema, forwardRuleIdSchema } from "./ids.ts";
import {
  FORWARD_ANSWER_TIMEOUT_MS,
  FORWARD_ATTEMPTS,
  FORWARD_RULE_NAME_MAX_LENGTH,
  FORWARD_TIMEOUT_MS,
} from "./limits.ts";
import { storedTextSchema } from "./stored-text.ts";

const text = storedTextSchema.trim().min(1);

const fields = {
  url: targetUrlSchema.meta({ example: "https://example.com/webhooks" }),
  name: text.max(FORWARD_RULE_NAME_MAX_LENGTH).nullable(),
  /** Only captures that match go on; null is for all. */
  query: text.nullable().meta({
    description:
      "Only captures that match go on: the language of `q` in `GET /bins/{binId}/captures`. " +
      "It is asked when a capture arrives, which then has no note and no star.",
    example: "method:POST json:$.type=invoice.paid",
  }),
  /** `keep` puts the capture's path and query below the URL's own, `replace` sends the URL's. */
  path: z.enum(["keep", "replace"]),
  enabled: z.boolean(),
  maxAttempts: z.int().min(1).max(FORWARD_ATTEMPTS.max),
  /** For each attempt. */
  timeoutMs: z.int().min(FORWARD_TIMEOUT_MS.min).max(FORWARD_TIMEOUT_MS.max),
  /** The sender gets the target's answer to the first attempt. At most one enabled rule of a bin. */
  answerSender: z.boolean(),
  /** How long the sender waits for it; then it gets the bin's own reply. */
  answerTimeoutMs: z.int().min(FORWARD_ANSWER_TIMEOUT_MS.min).max(FORWARD_ANSWER_TIMEOUT_MS.max),
};

export const createForwardRuleSchema = z
  .strictObject({
    ...fields,
    name: fields.name.default(null),
    query: fields.query.default(null),
    path: fields.path.default("keep"),
    enabled: fields.enabled.default(true),
    maxAttempts: fields.maxAttempts.default(FORWARD_ATTEMPTS.default),
    timeoutMs: fields.timeoutMs.default(FORWARD_TIMEOUT_MS.default),
    answerSender: fields.answerSender.default(false),
    answerTimeoutMs: fields.answerTimeoutMs.default(FORWARD_ANSWER_TIMEOUT_MS.default),
  })
  .meta({ id: "CreateForwardRule" });

export type CreateForwardRule = z.infer<typeof createForwardRuleSchema>;
export type CreateForwardRuleInput = z.input<typeof createForwardRuleSchema>;

/** What is left out stays. `name: null` takes the name away, `query: null` forwards everything. */
export const updateForwardRuleSchema = z
  .strictObject(fields)
  .partial()
  .meta({ id: "UpdateForwardRule" });

export type UpdateForwardRule = z.infer<typeof updateForwardRuleSchema>;

/** Where a bin's new captures go by themselves. */
export const forwardRuleSchema = z
  .object({
    id: forwardRuleIdSchema,
    binId: binIdSchema,
    url: z.string(),
    name: z.string().nullable(),
    query: z.string().nullable(),
    path: fields.path,
    enabled: z.boolean(),
    maxAttempts: z.int(),
    timeoutMs: z.int(),
    answerSender: z.boolean(),
    answerTimeoutMs: z.int(),
    createdAt: z.iso.datetime(),
    /** Forwards that have an attempt before them; while the rule is disabled they stand still. */
    waiting: z.int(),
    /** Forwards that ever succeeded. */
    succeeded: z.int(),
    /** Forwards that failed and are still there to be retried. */
    failed: z.int(),
  })
  .meta({ id: "ForwardRule" });

export type ForwardRule = z.infer<typeof forwardRuleSchema>;

export const forwardRuleListSchema = z
  .object({ rules: z.array(forwardRuleSchema) })
  .meta({ id: "ForwardRuleList", description: "Oldest first" });

export type ForwardRuleList = z.infer<typeof forwardRuleListSchema>;
