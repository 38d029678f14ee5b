import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { nanoid } from "nanoid";
import type { Access } from "./access/access.ts";
import type { TakeAttempt } from "./access/sign-in/attempts.ts";
import { begunCookie } from "./access/sign-in/begun-cookie.ts";
import { closedAccess } from "./access/sign-in/closed-access.ts";
import { closedDoor, type Door, openDoor } from "./access/sign-in/door.ts";
import { passwordLock } from "./access/sign-in/password-lock.ts";
import { passwordWay } from "./access/sign-in/password-way.ts";
import { providerWay } from "./access/sign-in/provider-way.ts";
import { proxyWay } from "./access/sign-in/proxy-way.ts";
import { createSessions, type SessionDuration, type Sessions } from "./access/sign-in/sessions.ts";
import type { ShownWay, Way } from "./access/sign-in/way.ts";
import type { Env } from "./env.ts";
import { networkOf } from "./limits/network-of.ts";
import { rateLimitHeaders } from "./limits/rate-limit.ts";
import type { RateLimits } from "./limits/shared-rate-limits.ts";
import type { Store } from "./store/store.ts";

/** Enough for an office behind one address, and far too little to guess a password. */
const ATTEMPTS_PER_NETWORK = { limit: 20, seconds: 600 };
/** Beyond this many from everywhere each takes longer; nobody is locked out by what others do. */
const ATTEMPTS_AT_ONCE = { limit: 60, seconds: 60 };
const SLOW_ATTEMPT_MS = 2_000;

const DAY_MS = 24 * 60 * 60 * 1000;
const PASSWORD_SESSION: SessionDuration = { lifetimeMs: 30 * DAY_MS, isExtended: true };
/** Whoever is no longer known to the provider is out by then. */
const PROVIDER_SESSION: SessionDuration = { lifetimeMs: 7 * DAY_MS, isExtended: false };

export type InstanceOptions = {
  env: Env;
  store: Store;
  /** To workspaces, as on an open instance. */
  access: Access;
  publicUrl: string;
  rates: RateLimits;
  now: () => Date;
  addressOf(req: IncomingMessage): string | null;
  onSignedOut(sessionId: string): void;
  onError(error: unknown): void;
};

export type Instance = {
  access: Access;
  door: Door;
  /** How one signs in; null where the instance is open to everybody. */
  signIn: ShownWay | null;
};

/** Who may use this instance, as its settings say. */
export async function createInstance(options: InstanceOptions): Promise<Instance> {
  const { env, store, access, publicUrl, now } = options;
  const way = await wayOf(options);
  if (!way) return { access, door: openDoor, signIn: null };

  const signInUrl = `${publicUrl}/sign-in`;
  const door = closedDoor({
    way,
    access,
    async workspaceOf(key, held) {
      const theirs = await store.findIdentity(key);
      if (theirs !== null) return theirs;
      const workspaceId = await held();
      const claim = { key, workspaceId, newWorkspaceId: nanoid(), createdAt: now() };
      return store.write("claimWorkspace", claim);
    },
    isDevelopment: env.NODE_ENV === "development",
    signInUrl,
    onSignedOut: options.onSignedOut,
    onError: options.onError,
  });
  return { access: closedAccess(access, signInUrl), door, signIn: way.shown };
}

async function wayOf(options: InstanceOptions): Promise<Way | null> {
  const { env, addressOf } = options;
  if (env.INSTANCE_PASSWORD !== undefined) {
    const lock = await passwordLock(env.INSTANCE_PASSWORD);
    const sessions = sessionsWith(lock.key, PASSWORD_SESSION, options);
    return passwordWay({ lock, sessions, takeAttempt: attempts(options), addressOf });
  }
  if (env.OIDC_ISSUER !== undefined) return providerWayOf(env.OIDC_ISSUER, options);
  const { AUTH_HEADER: header, TRUST_PROXY: trust } = env;
  if (header === undefined || trust === undefined) return null;
  return proxyWay({
    header,
    isFromProxy: ({ socket }) =>
      socket.remoteAddress !== undefined && trust(socket.remoteAddress, 0),
  });
}

async function providerWayOf(issuer: string, options: InstanceOptions): Promise<Way> {
  const { env, publicUrl, now, addressOf, onError } = options;
  // Only here is the library for it needed.
  const { openIdProvider } = await import("./access/sign-in/provider.ts");
  const clientId = env.OIDC_CLIENT_ID!;
  const provider = openIdProvider({
    issuer,
    clientId,
    clientSecret: env.OIDC_CLIENT_SECRET!,
    scopes: env.OIDC_SCOPES,
    callbackUrl: `${publicUrl}/sign-in/callback`,
  });
  const allowedEmails = env.OIDC_ALLOWED_EMAILS ?? null;
  const setUp = JSON.stringify([issuer, clientId, allowedEmails]);
  const key = createHash("sha256").update(setUp).digest();
  return providerWay({
    provider,
    name: new URL(issuer).host,
    // Of the public URL, where the provider sends people back to: the cookie has to be there.
    startUrl: `${publicUrl}/sign-in/start`,
    endUrl: `${publicUrl}/sign-in/end`,
    allowedEmails,
    sessions: sessionsWith(key, PROVIDER_SESSION, options),
    begunCookie: begunCookie({ isTls: publicUrl.startsWith("https:"), now }),
    takeAttempt: attempts(options),
    addressOf,
    onFault: onError,
  });
}

function sessionsWith(
  key: Buffer,
  duration: SessionDuration,
  { store, publicUrl, now }: InstanceOptions,
): Sessions {
  return createSessions({
    isTls: publicUrl.startsWith("https:"),
    key,
    ...duration,
    createSession: (session) => store.write("createSession", session),
    findSession: store.findSession,
    extendSession: (id, expiresAt) => store.write("extendSession", id, expiresAt),
    endSession: (id) => store.write("endSession", id),
    now,
  });
}

function attempts({ rates }: InstanceOptions): TakeAttempt {
  const fromNetwork = rates.of("sign-in", ATTEMPTS_PER_NETWORK);
  const fromAnywhere = rates.of("sign-in-anywhere", ATTEMPTS_AT_ONCE);
  return async (address) => {
    const exceeded = await fromNetwork.take(networkOf(address));
    if (exceeded) {
      const headers = rateLimitHeaders("sign-in", exceeded);
      return { retryAfterSeconds: exceeded.retryAfterSeconds, headers };
    }
    if (await fromAnywhere.take("everybody")) await delay(SLOW_ATTEMPT_MS);
    return null;
  };
}
