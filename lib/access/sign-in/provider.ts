import { setTimeout } from "node:timers/promises";
import * as oidc from "openid-client";
import type { SignInFault } from "./way.ts";

const TIMEOUT_SECONDS = 10;
const END_URL_MS = 2_000;

export type ProviderSettings = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Separated by spaces. */
  scopes: string;
  /** Where the provider sends people back to. */
  callbackUrl: string;
};

/** What only this browser and we know of a sign-in that was begun. */
export type Begun = { state: string; nonce: string; verifier: string };

export type Claims = Record<string, unknown> & { iss: string; sub: string };

export type Provider = {
  /** Where to send the browser. */
  begin(): Promise<Begun & { url: string }>;
  /** What the provider says about the person who came back, by the query that they came with. */
  finish(begun: Begun, query: URLSearchParams): Promise<Claims>;
  /**
   * Where a person ends their session at the provider itself (OpenID Connect RP-Initiated Logout 1.0,
   * 2). Null where it has no such page, or cannot be asked.
   */
  endUrl(): Promise<string | null>;
};

/** Why nobody was signed in. The message is for the log. */
export class ProviderError extends Error {
  override readonly name = "ProviderError";

  constructor(
    readonly fault: SignInFault,
    /** The provider's own code for it. */
    readonly code: string | null,
    options: { cause: unknown },
  ) {
    super(`the provider did not sign somebody in: ${fault}${code ? `, ${code}` : ""}`, options);
  }
}

/** OpenID Connect's code flow with PKCE. The provider is asked for nothing before somebody comes. */
export function openIdProvider(settings: ProviderSettings): Provider {
  let found: Promise<oidc.Configuration> | undefined;
  const configuration = (): Promise<oidc.Configuration> => {
    found ??= discover(settings).catch((error) => {
      // So that whoever comes next asks again.
      found = undefined;
      throw error;
    });
    return found;
  };

  return {
    begin: () =>
      explained(async () => {
        const config = await configuration();
        const begun = {
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier: oidc.randomPKCECodeVerifier(),
        };
        const url = oidc.buildAuthorizationUrl(config, {
          redirect_uri: settings.callbackUrl,
          scope: settings.scopes,
          state: begun.state,
          nonce: begun.nonce,
          code_challenge: await oidc.calculatePKCECodeChallenge(begun.verifier),
          code_challenge_method: "S256",
        });
        return { ...begun, url: url.href };
      }),

    finish: (begun, query) =>
      explained(async () => {
        const config = await configuration();
        const tokens = await oidc.authorizationCodeGrant(
          config,
          new URL(`${settings.callbackUrl}?${query}`),
          {
            pkceCodeVerifier: begun.verifier,
            expectedState: begun.state,
            expectedNonce: begun.nonce,
          },
        );
        const claims = tokens.claims()!;
        if (!config.serverMetadata().userinfo_endpoint) return { ...claims };
        const more = await oidc.fetchUserInfo(config, tokens.access_token, claims.sub);
        return { ...more, ...claims };
      }),

    async endUrl() {
      // Nobody waits with signing out for a provider that is away.
      const patience = setTimeout(END_URL_MS, null, { ref: false });
      const config = await Promise.race([configuration().catch(() => null), patience]);
      // Where to go afterwards is left out: providers refuse what was not registered with them.
      return config?.serverMetadata().end_session_endpoint
        ? oidc.buildEndSessionUrl(config).href
        : null;
    },
  };
}

function discover({ issuer, clientId, clientSecret }: ProviderSettings) {
  const url = new URL(issuer);
  // The settings allow that for loopback addresses alone.
  const execute = url.protocol === "http:" ? [oidc.allowInsecureRequests] : [];
  const options = { execute, timeout: TIMEOUT_SECONDS };
  return oidc.discovery(url, clientId, clientSecret, undefined, options);
}

async function explained<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const { fault, code } = explain(cause);
    throw new ProviderError(fault, code, { cause });
  }
}

/** RFC 6749 4.1.2.1 and OpenID Connect Core 3.1.2.6: the person, or the provider for them, said no. */
const DENIED = /^(access_denied|(login|interaction|consent|account_selection)_required)$/;
const BUSY = /^(server_error|temporarily_unavailable)$/;

function explain(error: unknown): { fault: SignInFault; code: string | null } {
  if (error instanceof oidc.AuthorizationResponseError) {
    const code = error.error;
    return {
      fault: DENIED.test(code) ? "denied" : BUSY.test(code) ? "unreachable" : "refused",
      code,
    };
  }
  if (error instanceof oidc.ResponseBodyError) {
    // The code was used before, or is too old.
    const isOld = error.error === "invalid_grant";
    return { fault: isOld ? "expired" : "refused", code: error.error };
  }
  const { name, code, cause } = error as Error & { code?: string };
  const status = cause instanceof Response ? cause.status : null;
  const isAway =
    name === "TypeError" || code === "OAUTH_TIMEOUT" || (status !== null && status >= 500);
  return { fault: isAway ? "unreachable" : "refused", code: null };
}
