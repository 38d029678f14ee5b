import { z } from "zod";
import { binIdSchema } from "./ids.ts";
import { BIN_NAME_MAX_LENGTH } from "./limits.ts";
import { replySchema } from "./reply.ts";
import { storedTextSchema } from "./stored-text.ts";

const binNameSchema = storedTextSchema.trim().min(1).max(BIN_NAME_MAX_LENGTH).nullable();

export const binSchema = z
  .object({
    id: binIdSchema,
    name: z.string().nullable(),
    captureUrl: z.url(),
    dashboardUrl: z.url(),
    /** Captures ever taken: the newest one's `seq`. */
    captureCount: z.int(),
    /** Captures that can be read now. */
    storedCount: z.int(),
    createdAt: z.iso.datetime(),
    lastCaptureAt: z.iso.datetime().nullable(),
    expiresAt: z.iso.datetime(),
    reply: replySchema,
  })
  .meta({ id: "Bin" });

export type Bin = z.infer<typeof binSchema>;

export const createBinSchema = z
  .strictObject({ name: binNameSchema.optional(), reply: replySchema.nullable().optional() })
  .meta({ id: "CreateBin" });

export type CreateBin = z.infer<typeof createBinSchema>;

/** `reply: null` goes back to the default reply, `name: null` to no name. */
export const updateBinSchema = createBinSchema.meta({ id: "UpdateBin" });

export type UpdateBin = CreateBin;

export const createdBinSchema = binSchema
  .extend({
    token: z
      .string()
      .optional()
      .meta({ description: "A bearer token for the new workspace. It is not shown again." }),
  })
  .meta({ id: "CreatedBin" });

export type CreatedBin = z.infer<typeof createdBinSchema>;

export const binListSchema = z.object({ bins: z.array(binSchema) }).meta({ id: "BinList" });

export type BinList = z.infer<typeof binListSchema>;
