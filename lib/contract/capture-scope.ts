import { z } from "zod";
import { SEQ_MAX } from "./limits.ts";

const upToSchema = z
  .int()
  .min(0)
  .max(SEQ_MAX)
  .optional()
  .meta({
    description:
      "The newest `seq` that is meant, so that what came after somebody looked is not among them. " +
      "Without it, the newest at the time of the call.",
  });

const AS_OF =
  "What `after:10m` and the like count from, so that it means the same in several calls. Without it, " +
  "the time of the call.";

const asOfSchema = z.iso.datetime({ offset: true }).optional().meta({ description: AS_OF });

/** A blank search would find everything: whoever wants that says so. */
export const scopeSearchSchema = z.string().refine((q) => q.trim() !== "", {
  error: "is blank, which would be all captures: say all: true",
});

/** All captures of a bin that a search finds. */
export const searchScopeSchema = z.strictObject({
  q: scopeSearchSchema,
  upTo: upToSchema,
  asOf: asOfSchema,
});

/** All captures of a bin. */
export const wholeScopeSchema = z.strictObject({ all: z.literal(true), upTo: upToSchema });

/** All that somebody sees at a moment, whether it is loaded or not. */
export type CaptureScope = z.infer<typeof searchScopeSchema> | z.infer<typeof wholeScopeSchema>;

/** The same in a URL's query. */
export const upToParameter = z.coerce
  .number()
  .int()
  .min(0)
  .max(SEQ_MAX)
  .optional()
  .meta({ description: "Only captures up to this `seq`" });

/** The same in a URL's query, beside `q`. */
export const asOfParameter = asOfSchema;

export const countQuerySchema = z.object({
  q: z.string().optional().meta({ description: "Only captures that match" }),
  upTo: upToParameter,
  asOf: asOfParameter,
});

export type CountQuery = z.infer<typeof countQuerySchema>;

export const captureCountSchema = z
  .object({
    count: z.int().min(0),
    /** What was counted up to. */
    upTo: z.int().min(0),
    asOf: z.iso.datetime(),
    next: z.int().min(0).nullable().meta({
      description:
        "Null when all are counted. A search that takes long ends early: give this as `upTo`, and add what comes.",
    }),
  })
  .meta({ id: "CaptureCount" });

export type CaptureCount = z.infer<typeof captureCountSchema>;
