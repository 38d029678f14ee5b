import { z } from "zod";
import { FIELD_VALUE, NAME_RULE, TOKEN, VALUE_RULE } from "./header-syntax.ts";
import { binIdSchema, captureIdSchema, forwardRuleIdSchema } from "./ids.ts";
import { PAGE_SIZE_DEFAULT, PAGE_SIZE_MAX, RESEND_HEADERS_MAX, RESEND_LIMITS } from "./limits.ts";
import { headerPairSchema } from "./reply.ts";

/**
 * Why a delivery got no response, or not all of it:
 * - `blocked_target`: the address is not public, and private targets are not allowed here.
 * - `name_not_found`: the host's name has no address.
 * - `name_lookup_failed`: no name server answered, or none that knew.
 * - `connection_refused`: nothing listens on the port.
 * - `unreachable`: there is no way to the address.
 * - `connection_reset`: the target closed the connection too early.
 * - `tls_error`: the handshake failed, or the certificate is not to be trusted.
 * - `timeout`: a phase took too long; `phase` says which.
 * - `invalid_response`: what came is not HTTP.
 * - `response_too_large`: the response's head is over the limit; a long body is cut instead.
 * - `too_many_redirects`: the target kept redirecting.
 * - `interrupted`: the server stopped before the delivery ended.
 * - `failed`: anything else; the message says what.
 */
export const deliveryErrorCodeSchema = z.enum([
  "blocked_target",
  "name_not_found",
  "name_lookup_failed",
  "connection_refused",
  "unreachable",
  "connection_reset",
  "tls_error",
  "timeout",
  "invalid_response",
  "response_too_large",
  "too_many_redirects",
  "interrupted",
  "failed",
]);

export type DeliveryErrorCode = z.infer<typeof deliveryErrorCodeSchema>;

/** In this order; `queue` is for the wait until the target has a free connection. */
export const deliveryPhaseSchema = z.enum(["queue", "dns", "connect", "tls", "firstByte", "body"]);

export type DeliveryPhase = z.infer<typeof deliveryPhaseSchema>;

const milliseconds = z.number().min(0);

/** Null for what did not take place: an address needs no name, plain HTTP no TLS. */
export const deliveryTimingsSchema = z
  .object({
    dns: milliseconds.nullable(),
    connect: milliseconds.nullable(),
    tls: milliseconds.nullable(),
    /** From the connection's being ready to the first byte of the response. */
    firstByte: milliseconds.nullable(),
    /** From the beginning to the end of everything, redirects too. */
    total: milliseconds,
  })
  .meta({ id: "DeliveryTimings", description: "In milliseconds; redirects add up" });

export type DeliveryTimings = z.infer<typeof deliveryTimingsSchema>;

/**
 * A header of the capture that the target did not get as it was:
 * - `host`, `length`: the new connection has its own.
 * - `hop_by_hop`: it was about the sender's connection (RFC 9110 7.6.1).
 * - `other_origin`: a redirect led to another origin, which must not learn secrets of the first.
 * - `no_body`: it was about the body, which a redirect took away.
 */
export const notCarriedSchema = z
  .object({
    name: z.string(),
    value: z.string(),
    why: z.enum(["host", "length", "hop_by_hop", "other_origin", "no_body"]),
    /** What was sent in its place; null where it was left out. */
    sent: z.string().nullable(),
  })
  .meta({ id: "NotCarried" });

export type NotCarried = z.infer<typeof notCarriedSchema>;

export const deliveryRequestSchema = z
  .object({
    /** As they were sent to the last target. Empty for malformed bytes, which go as they came. */
    headers: z.array(headerPairSchema),
    bodySize: z.int(),
    /** True when method, headers or body are not the capture's. */
    edited: z.boolean(),
    notCarried: z.array(notCarriedSchema),
  })
  .meta({ id: "DeliveryRequest" });

export type DeliveryRequest = z.infer<typeof deliveryRequestSchema>;

export const deliveryResponseSchema = z
  .object({
    status: z.int(),
    statusText: z.string(),
    httpVersion: z.string(),
    headers: z.array(headerPairSchema),
    trailers: z.array(headerPairSchema),
    /** Bytes of body that are stored. */
    bodySize: z.int(),
    /** True when the body was longer than the limit, or broke off: `error` says which. */
    truncated: z.boolean(),
    /** The body where it is valid UTF-8 and not too long, else null: fetch `/body`. */
    text: z.string().nullable(),
  })
  .meta({ id: "DeliveryResponse" });

export type DeliveryResponse = z.infer<typeof deliveryResponseSchema>;

export const deliveryErrorSchema = z
  .object({
    code: deliveryErrorCodeSchema,
    message: z.string(),
    /** Where it happened; null when it was in none of them. */
    phase: deliveryPhaseSchema.nullable(),
  })
  .meta({ id: "DeliveryError" });

export type DeliveryError = z.infer<typeof deliveryErrorSchema>;

export const redirectSchema = z
  .object({ status: z.int(), from: z.string(), to: z.string() })
  .meta({ id: "Redirect" });

export type Redirect = z.infer<typeof redirectSchema>;

export const deliveryStateSchema = z.enum(["pending", "succeeded", "failed"]);

export type DeliveryState = z.infer<typeof deliveryStateSchema>;

export const deliverySchema = z
  .object({
    id: captureIdSchema.meta({ description: "A delivery's id" }),
    captureId: captureIdSchema,
    binId: binIdSchema,
    method: z.string(),
    /** Where it was sent first; `redirects` says where it went from there. */
    url: z.string(),
    startedAt: z.iso.datetime(),
    /** `failed` is for no response at all; a 500 is a response. */
    state: deliveryStateSchema,
    /** 1, 2, 3 … for each sending of this capture. */
    attempt: z.int(),
    /** The rule that sent it, and for which of its forwards; null for a resend. */
    ruleId: forwardRuleIdSchema.nullable(),
    forwardId: captureIdSchema.nullable().meta({ description: "A forward's id" }),
    request: deliveryRequestSchema,
    redirects: z.array(redirectSchema),
    response: deliveryResponseSchema.nullable(),
    /** Null while it is pending, and when the server stopped before its end. */
    timings: deliveryTimingsSchema.nullable(),
    error: deliveryErrorSchema.nullable(),
  })
  .meta({ id: "Delivery" });

export type Delivery = z.infer<typeof deliverySchema>;

export const deliveriesQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(PAGE_SIZE_MAX).default(PAGE_SIZE_DEFAULT),
});

export type DeliveriesQuery = z.infer<typeof deliveriesQuerySchema>;

export const deliveriesSchema = z
  .object({ deliveries: z.array(deliverySchema) })
  .meta({ id: "Deliveries", description: "Newest first" });

export type Deliveries = z.infer<typeof deliveriesSchema>;

/** What cannot be a target at all. Whether a target is allowed is found out when it is sent to. */
export const targetUrlSchema = z
  .string()
  .max(RESEND_LIMITS.urlLength)
  .refine((url) => URL.canParse(url) && /^https?:$/.test(new URL(url).protocol), {
    error: "must be an http or https URL, as in https://example.com/webhooks",
  })
  .refine((url) => !URL.canParse(url) || !(new URL(url).username || new URL(url).password), {
    error: "must have no user name and password: send them in an Authorization header",
  });

const base64 = z.base64({ error: "must be Base64 (RFC 4648 4), with its padding" });

export const resendSchema = z
  .strictObject({
    url: targetUrlSchema,
    /** Left out, the capture's own: method, headers and body. */
    method: z
      .string()
      .regex(TOKEN, "a method has only letters, digits and !#$%&'*+-.^_`|~")
      .max(64)
      .refine((method) => method !== "CONNECT", {
        error: "CONNECT asks a proxy for a tunnel and cannot be sent again; choose another one",
      })
      .optional(),
    headers: z
      .array(
        z.tuple([z.string().regex(TOKEN, NAME_RULE), z.string().regex(FIELD_VALUE, VALUE_RULE)]),
      )
      .max(RESEND_HEADERS_MAX)
      .optional(),
    body: z
      .union([z.strictObject({ text: z.string() }), z.strictObject({ base64 })], {
        error: "must be {text} or {base64}",
      })
      .optional(),
    /** `keep` puts the capture's path and query below the URL's own, `replace` sends the URL's. */
    path: z.enum(["keep", "replace"]).default("keep"),
    followRedirects: z.boolean().default(false),
    timeoutMs: z
      .int()
      .min(RESEND_LIMITS.timeoutMinMs)
      .max(RESEND_LIMITS.timeoutMaxMs)
      .default(RESEND_LIMITS.timeoutMs),
  })
  .meta({ id: "Resend" });

export type Resend = z.infer<typeof resendSchema>;
export type ResendInput = z.input<typeof resendSchema>;
