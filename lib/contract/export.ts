import { z } from "zod";
import { asOfParameter, upToParameter } from "./capture-scope.ts";
import { captureIdSchema } from "./ids.ts";
import { EXPORT_IDS_MAX } from "./limits.ts";

/** A single capture: as code that sends it again, or as a file of the tools of the field. */
export const captureFormatSchema = z.enum([
  "curl",
  "httpie",
  "fetch",
  "node",
  "python",
  "python-exact",
  "go",
  "php",
  "http",
  "har",
  "json",
]);

export type CaptureFormat = z.infer<typeof captureFormatSchema>;

export const captureExportQuerySchema = z.object({
  format: captureFormatSchema.meta({
    description:
      "Code that sends the request again, a `.http` file, HAR 1.2, or `json`: the capture as the " +
      "API gives it with `bodyBase64`, the exact bytes. What cannot be reproduced is said in a comment.",
  }),
});

/** Many captures in one file. */
export const binFormatSchema = z.enum(["har", "json", "ndjson", "http"]);

export type BinFormat = z.infer<typeof binFormatSchema>;

const idsSchema = z
  .string()
  .transform((text) => text.split(","))
  .pipe(z.array(captureIdSchema).max(EXPORT_IDS_MAX));

export const binExportQuerySchema = z
  .object({
    format: binFormatSchema,
    ids: idsSchema.optional().meta({
      description: `Only these captures, separated by commas, ${EXPORT_IDS_MAX} at most. Ids that are not there are passed over.`,
    }),
    q: z.string().optional().meta({
      description: "Only captures that match, in the language of the list of captures.",
    }),
    upTo: upToParameter,
    asOf: asOfParameter,
  })
  .refine((query) => query.ids === undefined || query.q === undefined, {
    path: ["ids"],
    error: "give ids or q, not both",
  });

export type BinExportQuery = z.infer<typeof binExportQuerySchema>;
