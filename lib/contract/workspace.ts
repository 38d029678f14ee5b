import { z } from "zod";
import { binIdSchema } from "./ids.ts";
import { WORKSPACE_NAME_MAX_LENGTH } from "./limits.ts";
import { storedTextSchema } from "./stored-text.ts";
import { tokenIdSchema } from "./token.ts";

export const workspaceSchema = z
  .object({
    name: z.string().nullable(),
    createdAt: z.iso.datetime(),
    binCount: z.int(),
    /** Captures that can be read now. */
    captureCount: z.int(),
  })
  .meta({ id: "Workspace" });

export type Workspace = z.infer<typeof workspaceSchema>;

/** `name: null` goes back to no name. */
export const updateWorkspaceSchema = z
  .strictObject({
    name: storedTextSchema.trim().min(1).max(WORKSPACE_NAME_MAX_LENGTH).nullable().optional(),
  })
  .meta({ id: "UpdateWorkspace" });

export type UpdateWorkspace = z.infer<typeof updateWorkspaceSchema>;

/** All that `DELETE /workspace` deletes. */
export const inventorySchema = z
  .object({
    bins: z.array(
      z.object({
        id: binIdSchema,
        name: z.string().nullable(),
        captureCount: z.int(),
        /** What was sent again, with its responses. */
        deliveryCount: z.int(),
        linkCount: z.int(),
        /** Rules that forward its captures. */
        ruleCount: z.int(),
        /** On the disk: requests whole, and the bodies of responses. */
        byteCount: z.int(),
      }),
    ),
    tokenCount: z.int(),
    browserCount: z.int(),
  })
  .meta({ id: "Inventory" });

export type Inventory = z.infer<typeof inventorySchema>;

/** 144 random bits, base64url. */
export const deviceSecretSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{24}$/)
  .meta({ description: "The secret of a link to another device: the last part of its address" });

export const deviceLinkSchema = z
  .object({
    id: tokenIdSchema.meta({ description: "The link's id; not its secret" }),
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    /** When another browser opened the workspace with it. */
    usedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: "DeviceLink" });

export type DeviceLink = z.infer<typeof deviceLinkSchema>;

export const createdDeviceLinkSchema = deviceLinkSchema
  .extend({
    url: z.url().meta({ description: "The link. It is not shown again: only its hash is kept." }),
  })
  .meta({ id: "CreatedDeviceLink" });

export type CreatedDeviceLink = z.infer<typeof createdDeviceLinkSchema>;
