import { expect, test } from "vitest";
import { hasOtherWayIn } from "#components/workspace/ways-in.ts";
import type { Browser, Token } from "#lib/contract/token.ts";

const NOW = Date.parse("2026-03-01T12:00:00.000Z");
const AT = "2026-03-01T11:00:00.000Z";

const browser = (change: Partial<Browser>): Browser => ({
  id: "b",
  name: null,
  openedAt: AT,
  lastUsedAt: AT,
  current: false,
  ...change,
});
const token = (change: Partial<Token>): Token => ({
  id: "t",
  label: "CI",
  scope: "write",
  createdAt: AT,
  expiresAt: null,
  lastUsedAt: null,
  current: false,
  ...change,
});
const here = browser({ current: true });

test.each<[string, boolean, Browser[], Token[]]>([
  ["this browser alone", false, [here], []],
  ["another browser", true, [here, browser({})], []],
  ["a token that somebody made", true, [here], [token({})]],
  ["a token that may only read", false, [here], [token({ scope: "read" })]],
  ["a token that has expired", false, [here], [token({ expiresAt: AT })]],
  ["the first bin's token, which was never used", false, [here], [token({ label: null })]],
  ["the first bin's token in use", true, [here], [token({ label: null, lastUsedAt: AT })]],
])("%s: %s", (_name, expected, browsers, tokens) => {
  expect(hasOtherWayIn(browsers, tokens, NOW)).toBe(expected);
});
