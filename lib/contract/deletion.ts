import { z } from "zod";
import { captureIdsSchema } from "./capture.ts";
import {
  asOfParameter,
  searchScopeSchema,
  upToParameter,
  wholeScopeSchema,
} from "./capture-scope.ts";
import { storedTextSchema } from "./stored-text.ts";

/** Some captures of a bin, those that a search finds, or all. */
export const deleteCapturesSchema = z
  .strictObject({
    ids: captureIdsSchema.optional(),
    ...searchScopeSchema.partial().shape,
    ...wholeScopeSchema.partial().shape,
  })
  .refine(({ ids, q, all }) => [ids, q, all].filter((one) => one !== undefined).length === 1, {
    path: ["ids"],
    error: "give ids, q, or all: true",
  })
  .refine(({ ids, upTo }) => ids === undefined || upTo === undefined, {
    path: ["upTo"],
    error: "goes with q or all, not with ids",
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

/** What a misspelled name would leave out is the condition: so none is passed over. */
export const clearCapturesQuerySchema = z
  .strictObject({
    q: z
      .string()
      .refine((q) => q.trim() !== "", { error: "is blank: leave it out to delete all captures" })
      .optional()
      .meta({ description: "Only captures that match, in a way that can be undone." }),
    upTo: upToParameter,
    asOf: asOfParameter,
  })
  .refine(({ q, upTo }) => q !== undefined || upTo === undefined, {
    path: ["upTo"],
    error: "goes with q",
  });

export type ClearCapturesQuery = z.infer<typeof clearCapturesQuerySchema>;

export const restoreCapturesSchema = z
  .strictObject({ undo: storedTextSchema.min(1).max(100) })
  .meta({ id: "RestoreCaptures" });

export type RestoreCaptures = z.infer<typeof restoreCapturesSchema>;

export const restorationSchema = z.object({ restored: z.int() }).meta({ id: "Restoration" });

export type Restoration = z.infer<typeof restorationSchema>;
