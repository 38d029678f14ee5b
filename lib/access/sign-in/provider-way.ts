import type { IncomingMessage, ServerResponse } from "node:http";
import { redirect } from "./answers.ts";
import { showTooMany, type TakeAttempt } from "./attempts.ts";
import type { BegunCookie } from "./begun-cookie.ts";
import { nextPath } from "./next-path.ts";
import type { Claims, Provider, ProviderError } from "./provider.ts";
import type { Sessions } from "./sessions.ts";
import { type Shown, type Way, writeShown } from "./way.ts";

const NAME_MAX_LENGTH = 200;

export type ProviderWayOptions = {
  provider: Provider;
  /** What the provider is called: its host. */
  name: string;
  startUrl: string;
  endUrl: string;
  /** Whole addresses, and domains from their `@` on, in lower case; null for everybody. */
  allowedEmails: readonly string[] | null;
  sessions: Sessions;
  begunCookie: BegunCookie;
  takeAttempt: TakeAttempt;
  addressOf(req: IncomingMessage): string | null;
  onFault(error: unknown): void;
};

/** An OpenID provider says who somebody is. */
export function providerWay(options: ProviderWayOptions): Way {
  const { provider, sessions, begunCookie } = options;

  const showFault = (res: ServerResponse, shown: Shown): void => {
    res.setHeader("Set-Cookie", begunCookie.forget);
    redirect(res, `/sign-in${writeShown(shown)}`);
  };
  const showError = (res: ServerResponse, error: unknown, next: string): void => {
    const { name, fault, code } = error as ProviderError;
    if (name !== "ProviderError") throw error;
    if (fault !== "denied") options.onFault(error);
    showFault(res, { next, fault, ...(code !== null && { code }) });
  };

  return {
    shown: {
      kind: "provider",
      name: options.name,
      startUrl: options.startUrl,
      endUrl: options.endUrl,
    },
    async find({ headers }) {
      const session = await sessions.find(headers.cookie);
      return session && { person: session.person, name: session.name, sessionId: session.id };
    },
    async end(sessionId) {
      await sessions.end(sessionId);
      return { setCookie: sessions.forget, isStillKnown: (await provider.endUrl()) !== null };
    },
    actions: {
      async "GET /sign-in/start"(req, res) {
        const next = nextPath(queryOf(req).get("next"));
        try {
          const { url, ...begun } = await provider.begin();
          res.setHeader("Set-Cookie", begunCookie.write({ ...begun, next }));
          redirect(res, url);
        } catch (error) {
          showError(res, error, next);
        }
      },

      async "GET /sign-in/end"(_req, res) {
        redirect(res, (await provider.endUrl()) ?? "/sign-in");
      },

      async "GET /sign-in/callback"(req, res, showPage) {
        const query = queryOf(req);
        const begun = begunCookie.read(req.headers.cookie);
        const next = nextPath(begun?.next);
        if (!begun || query.get("state") !== begun.state) {
          return showFault(res, { next, fault: "expired" });
        }
        const tooMany = await options.takeAttempt(options.addressOf(req));
        if (tooMany) return showTooMany(res, tooMany, next, showPage);
        try {
          const claims = await provider.finish(begun, query);
          if (!isAllowed(claims, options.allowedEmails)) {
            return showFault(res, { next, fault: "not_allowed" });
          }
          const person = { key: `oidc ${claims.iss} ${claims.sub}`, name: nameOf(claims) };
          res.setHeader("Set-Cookie", [await sessions.start(person), begunCookie.forget]);
          redirect(res, next);
        } catch (error) {
          showError(res, error, next);
        }
      },
    },
  };
}

function queryOf({ url = "" }: IncomingMessage): URLSearchParams {
  return new URLSearchParams(url.split("?").slice(1).join("?"));
}

function isAllowed(claims: Claims, allowed: readonly string[] | null): boolean {
  if (allowed === null) return true;
  const { email, email_verified: isVerified } = claims;
  // Some providers verify every address and do not say so; one that says no is believed.
  if (typeof email !== "string" || (isVerified !== undefined && String(isVerified) !== "true")) {
    return false;
  }
  const address = email.toLowerCase();
  return allowed.some((entry) =>
    entry.startsWith("@") ? address.endsWith(entry) : address === entry,
  );
}

/** What the person is called there. OpenID Connect Core 5.1. */
function nameOf({ name, preferred_username: username, email, sub }: Claims): string {
  const shown = [name, username, email, sub].find(
    (text): text is string => typeof text === "string" && text.trim() !== "",
  );
  return (shown ?? sub).trim().slice(0, NAME_MAX_LENGTH);
}
