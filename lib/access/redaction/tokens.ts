import type { Fields } from "./fields.ts";

type Shape = { kind: string; shape: RegExp };

/**
 * Secrets that are unmistakable by their shape. Few, and each as its provider describes it: what is
 * only likely is left to names.
 */
const SHAPES: Record<string, Shape> = {
  // https://docs.stripe.com/keys: secret and restricted keys; publishable ones (pk_) are no secret.
  sk_: { kind: "Stripe key", shape: /sk_(?:live|test)_[A-Za-z0-9]{10,}/y },
  rk_: { kind: "Stripe key", shape: /rk_(?:live|test)_[A-Za-z0-9]{10,}/y },
  // https://www.standardwebhooks.com, https://docs.stripe.com/webhooks: whsec_ and Base64.
  whsec_: { kind: "webhook secret", shape: /whsec_[A-Za-z0-9+/]{16,}={0,2}/y },
  // https://github.blog/engineering/platform-security/behind-githubs-new-authentication-token-formats/
  ghp_: { kind: "GitHub token", shape: /ghp_[A-Za-z0-9]{36,}/y },
  gho_: { kind: "GitHub token", shape: /gho_[A-Za-z0-9]{36,}/y },
  ghu_: { kind: "GitHub token", shape: /ghu_[A-Za-z0-9]{36,}/y },
  ghs_: { kind: "GitHub token", shape: /ghs_[A-Za-z0-9]{36,}/y },
  ghr_: { kind: "GitHub token", shape: /ghr_[A-Za-z0-9]{36,}/y },
  // https://docs.github.com/en/authentication/keeping-your-account-and-data-secure
  github_pat_: { kind: "GitHub token", shape: /github_pat_[A-Za-z0-9_]{22,}/y },
  // https://docs.gitlab.com/security/tokens/#token-prefixes
  "glpat-": { kind: "GitLab token", shape: /glpat-[A-Za-z0-9_.-]{20,}/y },
  // https://docs.slack.dev/authentication/tokens
  xox: { kind: "Slack token", shape: /xox[abeoprs]-[A-Za-z0-9-]{10,}/y },
  "xapp-": { kind: "Slack token", shape: /xapp-[A-Za-z0-9-]{10,}/y },
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html: long-term and
  // temporary access keys.
  AKIA: { kind: "AWS access key", shape: /AKIA[A-Z2-7]{16}(?![A-Za-z0-9])/y },
  ASIA: { kind: "AWS access key", shape: /ASIA[A-Z2-7]{16}(?![A-Za-z0-9])/y },
  // https://cloud.google.com/docs/authentication/api-keys: 39 characters.
  AIza: { kind: "Google API key", shape: /AIza[A-Za-z0-9_-]{35}(?![A-Za-z0-9_-])/y },
  // https://docs.npmjs.com/about-access-tokens
  npm_: { kind: "npm token", shape: /npm_[A-Za-z0-9]{36}(?![A-Za-z0-9])/y },
  // https://shopify.dev/docs/apps/build/authentication-authorization
  shpat_: { kind: "Shopify token", shape: /shpat_[a-fA-F0-9]{32}(?![A-Za-z0-9])/y },
  shpss_: { kind: "Shopify secret", shape: /shpss_[a-fA-F0-9]{32}(?![A-Za-z0-9])/y },
  // RFC 7519 and RFC 7516: the Base64url of `{"`, then two to four more parts, maybe empty ones.
  eyJ: { kind: "JWT", shape: /eyJ[A-Za-z0-9_-]{10,}(?:\.[A-Za-z0-9_-]*){2,4}/y },
};

const PREFIX = new RegExp(
  Object.keys(SHAPES)
    .map((prefix) => prefix.replace(/[-]/g, "\\-"))
    .join("|"),
  "g",
);

const WORD = /[A-Za-z0-9_-]/;
/** What ends in a letter or a digit, and has nothing to do with what comes behind it. */
const ESCAPE = /%[0-9A-Fa-f]{2}$|\\(?:[bfnrt]|u[0-9A-Fa-f]{4})$|%5[Cc](?:[bfnrt]|u[0-9A-Fa-f]{4})$/;

/** Whether what starts here does not go on something: each is looked at from its start alone. */
function startsWord(text: string, at: number): boolean {
  return at === 0 || !WORD.test(text[at - 1]!) || ESCAPE.test(text.slice(Math.max(0, at - 8), at));
}

/** Calls back for each, in order. */
function forEachToken(
  text: string,
  found: (kind: string, token: string, start: number) => void,
): void {
  PREFIX.lastIndex = 0;
  for (let prefix = PREFIX.exec(text); prefix; prefix = PREFIX.exec(text)) {
    const { kind, shape } = SHAPES[prefix[0]]!;
    if (!startsWord(text, prefix.index)) continue;
    shape.lastIndex = prefix.index;
    const token = shape.exec(text)?.[0];
    if (token === undefined) continue;
    found(kind, token, prefix.index);
    PREFIX.lastIndex = prefix.index + token.length;
  }
}

export function tokensIn(text: string): string[] {
  const tokens: string[] = [];
  forEachToken(text, (_, token) => tokens.push(token));
  return tokens;
}

/**
 * Notes the secrets that a text, a byte string, shows by their shape, so that they are hidden wherever
 * the capture has them. Those in a field that the sharer shows are shown.
 */
export function noteTokens(text: string, fields: Fields): void {
  forEachToken(text, (kind, token) => {
    if (!fields.isShownByChoice(token)) fields.visit(`token:${kind}`, token, true);
  });
}
