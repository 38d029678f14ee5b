import { z } from "zod";

const rateSchema = z.object({ limit: z.int(), seconds: z.int() });

export const storageSchema = z
  .object({
    /** Of all bins, as they are on the disk: what was deleted counts until it cannot be undone any more. */
    usedBytes: z.int(),
    /** Null without a limit. */
    limitBytes: z.int().nullable(),
    full: z.enum(["workspace", "instance"]).nullable().meta({
      description:
        "What has no room left: captures are then answered 429 and deletions are final at once.",
    }),
  })
  .meta({ id: "Storage" });

export type Storage = z.infer<typeof storageSchema>;

/** What this instance limits, and what is left of it for the caller. Null where nothing is limited. */
export const instanceLimitsSchema = z
  .object({
    storage: storageSchema.nullable().meta({
      description: "Of the caller's workspace; null without one.",
    }),
    capturesPerBin: z.int().meta({ description: "The oldest make room for more." }),
    /** Of one address to one bin. */
    captures: rateSchema.nullable(),
    /** Live connections that it may have. */
    socketsPerAddress: z.int().nullable(),
    /** That one address may make. */
    bins: rateSchema.extend({ remaining: z.int(), resetSeconds: z.int() }).nullable(),
  })
  .meta({ id: "Limits" });

export type InstanceLimits = z.infer<typeof instanceLimitsSchema>;
