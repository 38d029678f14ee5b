import { nanoid } from "nanoid";
import { AppError } from "../errors.ts";
import type { Access, Credentials, Visitor } from "./access.ts";
import { hashSecret, newSecret } from "./secrets.ts";

const COOKIE_MAX_AGE_SECONDS = 400 * 24 * 60 * 60; // The most that browsers keep (RFC 6265bis 5.5).
const BEARER = /^Bearer +([\x21-\x7e]+) *$/i;

export const PLAIN_COOKIE = "inlet";
/** The prefix makes a browser refuse it from another host, without TLS or with a path. */
export const SECURE_COOKIE = "__Host-inlet";

export type TokenKind = "browser" | "api";

export type AccessOptions = {
  publicUrl: string;
  findWorkspaceByToken(hash: string, kind: TokenKind): Promise<string | null>;
  createWorkspace(workspace: {
    id: string;
    createdAt: Date;
    tokens: { id: string; kind: TokenKind; hash: string }[];
  }): Promise<void>;
  now: () => Date;
};

function readCookie(header: string, name: string): string | null {
  for (const part of header.split(";")) {
    const [key, ...value] = part.trim().split("=");
    if (key === name) return value.join("=");
  }
  return null;
}

export function workspaceAccess(options: AccessOptions): Access {
  const { publicUrl, findWorkspaceByToken, createWorkspace, now } = options;
  const isTls = publicUrl.startsWith("https:");
  const publicHost = new URL(publicUrl).host;
  const cookieName = isTls ? SECURE_COOKIE : PLAIN_COOKIE;

  const open = async (secret: string, kind: TokenKind): Promise<Visitor | null> => {
    const workspaceId = await findWorkspaceByToken(hashSecret(secret), kind);
    return workspaceId === null
      ? null
      : { workspaceId, via: kind === "browser" ? "cookie" : "token" };
  };

  return {
    async identify({ authorization, cookie }: Credentials) {
      if (authorization !== null) {
        const token = BEARER.exec(authorization)?.[1];
        const visitor = token ? await open(token, "api") : null;
        if (visitor) return visitor;
        throw new AppError(
          "unauthorized",
          "The Authorization header has no token that is valid here. Send `Bearer <token>` with the token that came with the workspace's first bin.",
        );
      }
      const secret = cookie === null ? null : readCookie(cookie, cookieName);
      return secret ? open(secret, "browser") : null;
    },

    async createWorkspace() {
      const id = nanoid();
      const browser = newSecret();
      const token = newSecret();
      await createWorkspace({
        id,
        createdAt: now(),
        tokens: [
          { id: nanoid(), kind: "browser", hash: hashSecret(browser) },
          { id: nanoid(), kind: "api", hash: hashSecret(token) },
        ],
      });
      const attributes = [
        "Path=/",
        "HttpOnly",
        "SameSite=Lax",
        `Max-Age=${COOKIE_MAX_AGE_SECONDS}`,
      ];
      if (isTls) attributes.push("Secure");
      return {
        visitor: { workspaceId: id, via: "cookie" },
        setCookie: [`${cookieName}=${browser}`, ...attributes].join("; "),
        token,
      };
    },

    isOwnOrigin(origin, host) {
      if (origin === publicUrl) return true;
      // The public host by another scheme: without TLS, anybody on the way can write such a page.
      if (host?.toLowerCase() === publicHost) return false;
      // A browser cannot be made to send another host's name as Host, so equal hosts are one site.
      return host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
    },
  };
}
