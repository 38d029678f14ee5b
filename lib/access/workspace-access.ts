import { nanoid } from "nanoid";
import { AppError } from "../errors.ts";
import type { Access, Credentials, Scope, Visitor } from "./access.ts";
import { hashSecret, newSecret } from "./secrets.ts";

export const COOKIE_MAX_AGE_SECONDS = 400 * 24 * 60 * 60; // The most that browsers keep (RFC 6265bis 5.5).
const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

export const PLAIN_COOKIE = "inlet";
/** The prefix makes a browser refuse it from another host, without TLS or with a path. */
export const SECURE_COOKIE = "__Host-inlet";

/** Of a browser's own description of itself. */
const AGENT_MAX_LENGTH = 500;

export type TokenKind = "browser" | "api";

type FoundToken = {
  id: string;
  workspaceId: string;
  scope: Scope;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
};

export type AccessOptions = {
  publicUrl: string;
  findToken(hash: string, kind: TokenKind): Promise<FoundToken | null>;
  createWorkspace(workspace: {
    id: string;
    createdAt: Date;
    tokens: { id: string; kind: TokenKind; hash: string; agent?: string | null }[];
  }): Promise<void>;
  /** Told of each use of a token that opens something; must not make it wait. */
  onUsed(token: FoundToken, at: Date, agent: string | null): void;
  now: () => Date;
};

const shortened = (agent: string | null | undefined): string | null =>
  agent?.slice(0, AGENT_MAX_LENGTH) ?? null;

export function readCookie(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return null;
}

export function workspaceAccess(options: AccessOptions): Access {
  const { publicUrl, findToken, createWorkspace, onUsed, now } = options;
  const isTls = publicUrl.startsWith("https:");
  const publicHost = new URL(publicUrl).host;
  const cookieName = isTls ? SECURE_COOKIE : PLAIN_COOKIE;

  const open = async (
    secret: string,
    kind: TokenKind,
    agent: string | null | undefined,
  ): Promise<Visitor | null> => {
    const token = await findToken(hashSecret(secret), kind);
    if (!token) return null;
    const at = now();
    const { id, workspaceId, scope, expiresAt } = token;
    if (expiresAt !== null && expiresAt <= at) {
      if (kind === "browser") return null;
      throw new AppError(
        "unauthorized",
        `This token expired at ${expiresAt.toISOString()}. Make a new one on the workspace's page.`,
      );
    }
    onUsed(token, at, shortened(agent));
    const via = kind === "browser" ? "cookie" : "token";
    return { workspaceId, via, scope, tokenId: id, expiresAt };
  };

  const cookieOf = (value: string, maxAgeSeconds: number): string => {
    const attributes = ["Path=/", "HttpOnly", "SameSite=Lax", `Max-Age=${maxAgeSeconds}`];
    if (isTls) attributes.push("Secure");
    return [`${cookieName}=${value}`, ...attributes].join("; ");
  };

  const newBrowser = (agent: string | null) => {
    const secret = newSecret();
    const kind = "browser" as const;
    return {
      token: { id: nanoid(), kind, hash: hashSecret(secret), agent: shortened(agent) },
      setCookie: cookieOf(secret, COOKIE_MAX_AGE_SECONDS),
    };
  };

  return {
    async identify({ authorization, cookie, agent }: Credentials) {
      if (authorization !== null) {
        const token = BEARER.exec(authorization)?.[1];
        const visitor = token ? await open(token, "api", agent) : null;
        if (visitor) return visitor;
        throw new AppError(
          "unauthorized",
          "The Authorization header has no token that is valid here; it may have been revoked. " +
            "Send `Bearer <token>` with one that the workspace's page gives, or that came with its first bin.",
        );
      }
      const secret = cookie === null ? null : readCookie(cookie, cookieName);
      return secret ? open(secret, "browser", agent) : null;
    },

    async createWorkspace(agent) {
      const id = nanoid();
      const browser = newBrowser(agent);
      const token = newSecret();
      const tokenId = nanoid();
      await createWorkspace({
        id,
        createdAt: now(),
        tokens: [browser.token, { id: tokenId, kind: "api", hash: hashSecret(token) }],
      });
      return {
        visitor: {
          workspaceId: id,
          via: "cookie",
          scope: "write",
          tokenId: browser.token.id,
          expiresAt: null,
        },
        setCookie: browser.setCookie,
        token,
      };
    },

    newBrowser,
    clearCookie: cookieOf("", 0),

    isOwnOrigin(origin, host) {
      if (origin === publicUrl) return true;
      // The public host by another scheme: without TLS, anybody on the way can write such a page.
      if (host?.toLowerCase() === publicHost) return false;
      // A browser cannot be made to send another host's name as Host, so equal hosts are one site.
      return host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
    },
  };
}
