import { headers } from "next/headers";
import { cache } from "react";
import { ADMISSION_HEADER, readAdmission } from "#lib/access/admission.ts";
import { CALLER_ADDRESS_HEADER } from "#lib/access/caller-address.ts";
import { getRuntime } from "#lib/runtime.ts";

/** Who asks for this page; null without a workspace. Looked up once a request. */
export const getVisitor = cache(async () => {
  const sent = await headers();
  return getRuntime().access.identify({
    authorization: null,
    cookie: sent.get("cookie"),
    admission: sent.get(ADMISSION_HEADER),
    agent: sent.get("user-agent"),
  });
});

/** The visitor's bins, newest first. */
export async function listOwnBins() {
  const visitor = await getVisitor();
  return visitor ? getRuntime().bins.list(visitor) : [];
}

/** Whether bins go with a person who signed in by name, and not with the browser. */
export async function isPerson(): Promise<boolean> {
  const admission = readAdmission((await headers()).get(ADMISSION_HEADER));
  return typeof admission?.workspaceId === "string";
}

/** What is limited here, and what is left of it for who asks for this page. */
export async function getLimits() {
  const address = (await headers()).get(CALLER_ADDRESS_HEADER) || null;
  return getRuntime().limits.get(await getVisitor(), address);
}
