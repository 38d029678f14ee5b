import { z } from "zod";
import { TOKEN_EXPIRES_IN_MAX, TOKEN_EXPIRES_IN_MIN, TOKEN_LABEL_MAX_LENGTH } from "./limits.ts";
import { storedTextSchema } from "./stored-text.ts";

export const tokenIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{21}$/)
  .meta({ description: "A token's id; not its secret", example: "V1StGXR8_Z5jdHi6B-myT" });

/** `read`: every GET and the live feed. `write`: everything. */
export const scopeSchema = z.enum(["read", "write"]).meta({ id: "Scope" });

export type Scope = z.infer<typeof scopeSchema>;

export const createTokenSchema = z
  .strictObject({
    /** What it is for: how its owner tells it from others. */
    label: storedTextSchema.trim().min(1).max(TOKEN_LABEL_MAX_LENGTH),
    scope: scopeSchema,
    expiresIn: z
      .int()
      .min(TOKEN_EXPIRES_IN_MIN)
      .max(TOKEN_EXPIRES_IN_MAX)
      .nullable()
      .default(null)
      .meta({ description: "Seconds from now; null, or left out, for no end." }),
  })
  .meta({ id: "CreateToken" });

export type CreateToken = z.infer<typeof createTokenSchema>;

export const tokenSchema = z
  .object({
    id: tokenIdSchema,
    /** Null for the one that came with the workspace's first bin. */
    label: z.string().nullable(),
    scope: scopeSchema,
    createdAt: z.iso.datetime(),
    expiresAt: z.iso.datetime().nullable(),
    /** To a minute. Null when it was never used. */
    lastUsedAt: z.iso.datetime().nullable(),
    /** It is the one that this call was made with. */
    current: z.boolean(),
  })
  .meta({ id: "Token" });

export type Token = z.infer<typeof tokenSchema>;

export const createdTokenSchema = tokenSchema
  .extend({
    token: z
      .string()
      .meta({ description: "The token. It is not shown again: only its hash is kept." }),
  })
  .meta({ id: "CreatedToken" });

export type CreatedToken = z.infer<typeof createdTokenSchema>;

export const tokenListSchema = z.object({ tokens: z.array(tokenSchema) }).meta({ id: "TokenList" });

export const browserSchema = z
  .object({
    id: tokenIdSchema,
    /** As it called itself when it was last used: `Firefox on Linux`. Null when it did not say. */
    name: z.string().nullable(),
    openedAt: z.iso.datetime(),
    /** To a minute. */
    lastUsedAt: z.iso.datetime().nullable(),
    /** It is the one that this call was made with. */
    current: z.boolean(),
  })
  .meta({ id: "Browser" });

export type Browser = z.infer<typeof browserSchema>;

export const browserListSchema = z
  .object({ browsers: z.array(browserSchema) })
  .meta({ id: "BrowserList" });
