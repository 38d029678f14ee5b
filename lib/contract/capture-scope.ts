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

/** A blank search would find everything: whoever wants that says so. */
export const scopeSearchSchema = z.string().refine((q) => q.trim() !== "", {
  error: "is blank, which would be all captures: say all: true",
});

/** All captures of a bin that a search finds. */
export const searchScopeSchema = z.strictObject({ q: scopeSearchSchema, upTo: upToSchema });

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

export const countQuerySchema = z.object({
  q: z.string().optional().meta({ description: "Only captures that match" }),
  upTo: upToParameter,
});

export type CountQuery = z.infer<typeof countQuerySchema>;

export const captureCountSchema = z
  .object({
    count: z.int().min(0),
    /** What was counted up to. */
    upTo: z.int().min(0),
    next: z.int().min(0).nullable().meta({
      description:
        "Null when all are counted. A search that takes long ends early: give this as `upTo`, and add what comes.",
    }),
  })
  .meta({ id: "CaptureCount" });

export type CaptureCount = z.infer<typeof captureCountSchema>;
