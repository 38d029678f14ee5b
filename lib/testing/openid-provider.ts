import { generateKeyPairSync } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { type Configuration, Provider } from "oidc-provider";

export const CLIENT_ID = "inlet";
export const CLIENT_SECRET = "a secret of the test's provider";

export type TestProvider = {
  issuer: string;
  close(): Promise<void>;
};

export type ProviderOptions = {
  /** Where it sends people back to. */
  callbackUrl: string;
  /** 0 for any. */
  port?: number;
  /** What it says about a person besides `sub`, `name` and `email`. */
  claims?: Record<string, unknown>;
};

/**
 * A real OpenID provider on a loopback address. Whoever gives a name is that person: `sub` is the
 * name, the address `<name>@example.com`.
 */
export async function startOpenIdProvider(options: ProviderOptions): Promise<TestProvider> {
  let handle: (req: IncomingMessage, res: ServerResponse) => void = () => {};
  const server = createServer((req, res) => handle(req, res));
  await new Promise<void>((done) => server.listen(options.port ?? 0, "127.0.0.1", done));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  const provider = new Provider(issuer, configuration(options));
  const answer = provider.callback();
  handle = (req, res) => {
    if (req.url?.startsWith("/interaction/")) void interact(provider, req, res);
    else answer(req, res);
  };
  return {
    issuer,
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

function configuration({ callbackUrl, claims }: ProviderOptions): Configuration {
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return {
    clients: [{ client_id: CLIENT_ID, client_secret: CLIENT_SECRET, redirect_uris: [callbackUrl] }],
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), alg: "RS256", use: "sig" }] },
    cookies: { keys: ["a key of the test's provider"] },
    pkce: { required: () => true },
    claims: { openid: ["sub"], profile: ["name"], email: ["email", "email_verified"] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    findAccount: (_context, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        name: `${sub} of the tests`,
        email: `${sub}@example.com`,
        email_verified: true,
        ...claims,
      }),
    }),
    // Whoever signs in agrees to everything.
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc;
      const grant = new oidc.provider.Grant({
        clientId: client!.clientId,
        accountId: session!.accountId!,
      });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  };
}

const PAGE = `<!doctype html><html lang="en"><title>The provider</title>
<link rel="icon" href="data:,"><h1>The provider</h1><form method="post">
<label>Name <input name="login"></label><button>Continue</button>
<button name="cancel" value="yes">Cancel</button></form>`;

/** The page that asks who one is, and what came of it. */
async function interact(provider: Provider, req: IncomingMessage, res: ServerResponse) {
  if (req.method !== "POST") {
    res.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    res.end(PAGE);
    return;
  }
  const form = new URLSearchParams(await text(req));
  const result = form.has("cancel")
    ? { error: "access_denied", error_description: "End-User aborted interaction" }
    : { login: { accountId: form.get("login") ?? "" } };
  await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
}
