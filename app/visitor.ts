import { headers } from "next/headers";
import { cache } from "react";
import { getRuntime } from "#lib/runtime.ts";

/** Who asks for this page; null without a workspace. Looked up once a request. */
export const getVisitor = cache(async () => {
  const sent = await headers();
  return getRuntime().access.identify({
    authorization: null,
    cookie: sent.get("cookie"),
    agent: sent.get("user-agent"),
  });
});

/** The visitor's bins, newest first. */
export async function listOwnBins() {
  const visitor = await getVisitor();
  return visitor ? getRuntime().bins.list(visitor) : [];
}
