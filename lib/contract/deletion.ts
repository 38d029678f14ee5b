import { z } from "zod";
import { captureIdsSchema } from "./capture.ts";

/** Either some captures of a bin, or all that it has now. */
export const deleteCapturesSchema = z
  .strictObject({ ids: captureIdsSchema.optional(), all: z.literal(true).optional() })
  .refine((input) => (input.ids === undefined) !== (input.all === undefined), {
    path: ["ids"],
    error: "give ids, or all: true",
  })
  .meta({ id: "DeleteCaptures" });

export type DeleteCaptures = z.infer<typeof deleteCapturesSchema>;

export const deletionSchema = z
  .object({
    /** How many captures went. */
    deleted: z.int(),
    undo: z
      .string()
      .nullable()
      .meta({ description: "Give it to `restore` to undo this. Null when nothing was deleted." }),
    undoUntil: z.iso.datetime().nullable(),
  })
  .meta({ id: "Deletion" });

export type Deletion = z.infer<typeof deletionSchema>;

export const restoreCapturesSchema = z
  .strictObject({ undo: z.string().min(1).max(100) })
  .meta({ id: "RestoreCaptures" });

export type RestoreCaptures = z.infer<typeof restoreCapturesSchema>;

export const restorationSchema = z.object({ restored: z.int() }).meta({ id: "Restoration" });

export type Restoration = z.infer<typeof restorationSchema>;
