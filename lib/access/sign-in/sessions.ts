import { createHmac } from "node:crypto";
import { nanoid } from "nanoid";
import { newSecret } from "../secrets.ts";
import { COOKIE_MAX_AGE_SECONDS, readCookie } from "../workspace-access.ts";

/** How often it is written down at most that a session is used. */
const EXTEND_AFTER_MS = 24 * 60 * 60 * 1000;

export const PLAIN_SESSION_COOKIE = "inlet_session";
export const SECURE_SESSION_COOKIE = "__Host-inlet_session";

/** Somebody as a way of signing in names them; nobody in particular where all know one password. */
export type Person = { key: string | null; name: string | null };

export type Session = {
  id: string;
  person: string | null;
  name: string | null;
  createdAt: Date;
  expiresAt: Date;
};

export type SessionDuration = {
  lifetimeMs: number;
  /** Whether a session that is used lasts on. */
  isExtended: boolean;
};

export type SessionsOptions = SessionDuration & {
  isTls: boolean;
  /** Of the way of signing in as it is set up now: with another one all sessions are void. */
  key: Buffer;
  createSession(session: Session & { hash: string }): Promise<void>;
  findSession(hash: string, now: Date): Promise<Session | null>;
  extendSession(id: string, expiresAt: Date): Promise<void>;
  endSession(id: string): Promise<void>;
  now: () => Date;
};

export type Sessions = {
  /** Resolves with a whole `Set-Cookie` value. */
  start(person: Person): Promise<string>;
  find(cookie: string | undefined): Promise<Session | null>;
  end(id: string): Promise<void>;
  /** The `Set-Cookie` value that takes the cookie away. */
  forget: string;
};

/** Who signed in, by a cookie whose secret is random. In the database, so that its end is real. */
export function createSessions(options: SessionsOptions): Sessions {
  const { isTls, key, lifetimeMs, isExtended, now } = options;
  const cookieName = isTls ? SECURE_SESSION_COOKIE : PLAIN_SESSION_COOKIE;
  const hash = (secret: string) => createHmac("sha256", key).update(secret).digest("base64url");
  const setCookie = (value: string, maxAge: number) =>
    `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${isTls ? "; Secure" : ""}`;

  return {
    async start({ key: person, name }) {
      const secret = newSecret();
      const createdAt = now();
      const expiresAt = new Date(createdAt.getTime() + lifetimeMs);
      const session = { id: nanoid(), hash: hash(secret), person, name, createdAt, expiresAt };
      await options.createSession(session);
      // The server knows when it ends.
      return setCookie(secret, COOKIE_MAX_AGE_SECONDS);
    },

    async find(cookie) {
      const secret = cookie === undefined ? null : readCookie(cookie, cookieName);
      if (!secret) return null;
      const session = await options.findSession(hash(secret), now());
      if (!session || !isExtended) return session;
      const expiresAt = new Date(now().getTime() + lifetimeMs);
      if (expiresAt.getTime() - session.expiresAt.getTime() > EXTEND_AFTER_MS) {
        await options.extendSession(session.id, expiresAt);
      }
      return session;
    },

    end: options.endSession,
    forget: setCookie("", 0),
  };
}
