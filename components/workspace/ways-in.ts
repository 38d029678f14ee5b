import type { Browser, Token } from "#lib/contract/token.ts";

/**
 * Whether anybody else could still get into the workspace: another browser, or a token that can make
 * links for one. The token of the first bin counts once it was used: a page that made the bin has
 * thrown it away.
 */
export function hasOtherWayIn(
  browsers: readonly Browser[],
  tokens: readonly Token[],
  now: number,
): boolean {
  if (browsers.some(({ current }) => !current)) return true;
  return tokens.some(
    ({ scope, label, lastUsedAt, expiresAt }) =>
      scope === "write" &&
      (label !== null || lastUsedAt !== null) &&
      (expiresAt === null || Date.parse(expiresAt) > now),
  );
}
