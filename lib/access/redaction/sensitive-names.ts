/** Words that make a name one of a secret, wherever in it they are: `client_secret`, `X-Slack-Signature`. */
const SECRET_WORDS = new Set([
  "apikey",
  "auth",
  "authorization",
  "bearer",
  "cookie",
  "credential",
  "credentials",
  "cvc",
  "cvv",
  "hmac",
  "jwt",
  "otp",
  "passphrase",
  "passwd",
  "password",
  "passcode",
  "pwd",
  "secret",
  "secrets",
  "sig",
  "signature",
  "ssn",
  "token",
]);

/** The same where words are not set apart: `accesstoken`, `x-api-key`, `sessionId`. */
const SECRET_ENDINGS =
  /(token|secret|password|passphrase|signature|credentials?|apikey|accesskey|authkey|encryptionkey|functionskey|masterkey|privatekey|secretkey|sessionid|sessionkey|sharedkey|signingkey|subscriptionkey)$/;

const SECRET_NAMES = new Set(["pass", "pin", "sid", "session", "key", "code"]);

/** Of SAML and WS-Federation: whoever has one can sign in with it. */
const ASSERTIONS = new Set(["assertion", "clientassertion", "samlart", "samlresponse", "wresult"]);

/** Headers of proxies and platforms that say where a request came from. */
const ADDRESS_HEADERS = new Set([
  "cf-connecting-ip",
  "cf-connecting-ipv6",
  "cf-pseudo-ipv4",
  "client-ip",
  "fastly-client-ip",
  "fly-client-ip",
  "forwarded",
  "true-client-ip",
  "x-appengine-user-ip",
  "x-azure-clientip",
  "x-azure-socketip",
  "x-client-ip",
  "x-cluster-client-ip",
  "x-envoy-external-address",
  "x-forwarded",
  "x-forwarded-for",
  "x-nf-client-connection-ip",
  "x-original-forwarded-for",
  "x-originating-ip",
  "x-real-ip",
  "x-remote-ip",
  "x-vercel-forwarded-for",
]);

/** Headers whose name does not say that they vouch for a request, or open something. */
const SECRET_HEADERS = /^(paypal-|x-amz-security-|x-amz-cf-id$|x-goog-iap-|x-ms-client-principal)/;

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}

function looksSensitive(name: string): boolean {
  const words = wordsOf(name);
  const joined = words.join("");
  return (
    words.some((word) => SECRET_WORDS.has(word) || word.startsWith("hmac")) ||
    SECRET_ENDINGS.test(joined) ||
    SECRET_NAMES.has(joined) ||
    ASSERTIONS.has(joined)
  );
}

/** Words that are a secret's name in a field, and anything in a sentence. */
export const isWeakName = (name: string): boolean => SECRET_NAMES.has(name.toLowerCase());

/** A body has few names, again and again. */
const known = new Map<string, boolean>();
const KNOWN_MAX = 2_000;
const KNOWN_LENGTH_MAX = 100;

/** Whether a field of a query, form or JSON with this name likely holds a secret. */
export function isSensitiveName(name: string): boolean {
  if (name.length > KNOWN_LENGTH_MAX) return looksSensitive(name);
  const before = known.get(name);
  if (before !== undefined) return before;
  const isSensitive = looksSensitive(name);
  if (known.size >= KNOWN_MAX) known.clear();
  known.set(name, isSensitive);
  return isSensitive;
}

/** The same for a header, which is hidden too when it tells the client's address. */
export function isSensitiveHeader(name: string): boolean {
  const lower = name.trim().toLowerCase();
  // What only says what may be done, or what a browser sent along.
  if (/^(access-control-|sec-|www-|content-security-policy)/.test(lower)) return false;
  return ADDRESS_HEADERS.has(lower) || SECRET_HEADERS.test(lower) || isSensitiveName(lower);
}
