import type { Browser, BrowserContextOptions } from "@playwright/test";
import type { z } from "zod";
import type { CreatedShare, createShareSchema } from "#lib/contract/share.ts";
import type { TestBin } from "#lib/testing/server.ts";
import { expect } from "./fixtures.ts";
import { watchForTrouble } from "./trouble.ts";

/** @param path of what is shared: `/bins/{id}` or `/captures/{id}` */
export async function share(
  bin: TestBin,
  path: string,
  input: z.input<typeof createShareSchema> = {},
): Promise<CreatedShare> {
  const response = await bin.api(`${path}/shares`, {
    method: "POST",
    body: JSON.stringify(input),
    headers: { "content-type": "application/json" },
  });
  expect(response.status).toBe(201);
  return (await response.json()) as CreatedShare;
}

/** A page of somebody who has nothing but a link. */
export async function stranger(browser: Browser, options: BrowserContextOptions = {}) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  return { page, trouble: await watchForTrouble(page), close: () => context.close() };
}
