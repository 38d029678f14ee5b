import { nanoid } from "nanoid";
import type { Visitor } from "./access/access.ts";
import { describeAgent } from "./access/describe-agent.ts";
import { hashSecret, newSecret } from "./access/secrets.ts";
import { TOKENS_MAX } from "./contract/limits.ts";
import type { Browser, Token } from "./contract/token.ts";
import { AppError, notFound } from "./errors.ts";
import type { Tokens } from "./runtime.ts";
import type { TokenKind, TokenRecord } from "./store/records.ts";
import type { Store } from "./store/store.ts";

export type TokensOptions = {
  store: Pick<Store, "listTokens" | "write">;
  now: () => Date;
  /** It opens nothing any more: whoever watches with it is to be cut off. */
  onRevoked(tokenId: string): void;
};

function presentToken(record: TokenRecord, visitor: Visitor): Token {
  const { id, label, scope, createdAt, expiresAt, lastUsedAt } = record;
  return {
    id,
    label,
    scope,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    current: id === visitor.tokenId,
  };
}

function presentBrowser(record: TokenRecord, visitor: Visitor): Browser {
  const { id, agent, createdAt, lastUsedAt } = record;
  return {
    id,
    name: describeAgent(agent),
    openedAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    current: id === visitor.tokenId,
  };
}

export function createTokens({ store, now, onRevoked }: TokensOptions): Tokens {
  const list = async ({ workspaceId }: Visitor, kind: TokenKind) =>
    (await store.listTokens(workspaceId)).filter((token) => token.kind === kind);

  const revoke = async (visitor: Visitor | null, kind: TokenKind, id: string): Promise<void> => {
    const isGone = visitor && (await store.write("deleteToken", visitor.workspaceId, kind, id));
    if (!isGone) throw notFound(kind === "api" ? "token" : "browser");
    onRevoked(id);
  };

  return {
    list: async (visitor) =>
      (await list(visitor, "api")).map((record) => presentToken(record, visitor)),
    async create(visitor, { label, scope, expiresIn }) {
      const secret = newSecret();
      const createdAt = now();
      const expiresAt =
        expiresIn === null ? null : new Date(createdAt.getTime() + expiresIn * 1000);
      const token = {
        id: nanoid(),
        kind: "api" as const,
        hash: hashSecret(secret),
        label,
        scope,
        expiresAt,
      };
      const { workspaceId } = visitor;
      const record = await store.write("createToken", workspaceId, createdAt, token, TOKENS_MAX);
      if (!record) {
        throw new AppError(
          "invalid_request",
          `A workspace can have ${TOKENS_MAX} tokens. Revoke one that is not used any more.`,
        );
      }
      return { ...presentToken(record, visitor), token: secret };
    },
    revoke: (visitor, id) => revoke(visitor, "api", id),
    browsers: async (visitor) =>
      (await list(visitor, "browser")).map((record) => presentBrowser(record, visitor)),
    signOut: (visitor, id) => revoke(visitor, "browser", id),
  };
}
