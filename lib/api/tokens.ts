import {
  browserListSchema,
  createdTokenSchema,
  createTokenSchema,
  tokenListSchema,
} from "#lib/contract/token.ts";
import { aBrowser, aToken, defineRoute } from "./route.ts";
import { json, noContent } from "./success.ts";

const listTokens = defineRoute({
  method: "get",
  path: "/workspace/tokens",
  operationId: "listTokens",
  summary: "List the workspace's tokens, newest first",
  description: "Expired ones too, until they are revoked.",
  access: "required",
  success: json(200, "The tokens, without their secrets", tokenListSchema),
  handler: async ({ runtime, visitor }) => ({ tokens: await runtime.tokens.list(visitor) }),
});

const createToken = defineRoute({
  method: "post",
  path: "/workspace/tokens",
  operationId: "createToken",
  summary: "Make a token",
  description:
    "The scope `read` allows every GET and the live feed, `write` everything. `token` is in this " +
    "answer, this once: only its hash is kept.",
  access: "required",
  body: createTokenSchema,
  success: json(201, "The token", createdTokenSchema),
  handler: ({ runtime, visitor, body }) => runtime.tokens.create(visitor, body),
});

const revokeToken = defineRoute({
  method: "delete",
  path: "/workspace/tokens/{id}",
  operationId: "revokeToken",
  summary: "Revoke a token",
  description: "It opens nothing from now on; live feeds that were opened with it end at once.",
  access: "optional",
  names: aToken,
  success: noContent("The token is revoked"),
  handler: ({ runtime, visitor, params }) => runtime.tokens.revoke(visitor, params.id),
});

const listBrowsers = defineRoute({
  method: "get",
  path: "/workspace/browsers",
  operationId: "listBrowsers",
  summary: "List the browsers that have the workspace, newest first",
  access: "required",
  success: json(200, "The browsers", browserListSchema),
  handler: async ({ runtime, visitor }) => ({ browsers: await runtime.tokens.browsers(visitor) }),
});

const signOutBrowser = defineRoute({
  method: "delete",
  path: "/workspace/browsers/{id}",
  operationId: "signOutBrowser",
  summary: "Sign a browser out",
  description: "Its cookie opens nothing from now on; its open pages lose their live feed at once.",
  access: "optional",
  names: aBrowser,
  success: noContent("The browser is signed out"),
  handler: ({ runtime, visitor, params }) => runtime.tokens.signOut(visitor, params.id),
});

export const tokenRoutes = [listTokens, createToken, revokeToken, listBrowsers, signOutBrowser];
