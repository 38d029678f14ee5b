import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, inject } from "vitest";
import { createDatabase } from "./postgres.ts";

export const PROVIDERS = ["sqlite", "postgresql"] as const;
export type Provider = (typeof PROVIDERS)[number];

/** The URL of a new, empty database. To be called in a test file, which removes it at its end. */
export async function newDatabaseUrl(provider: Provider): Promise<string> {
  if (provider === "postgresql") return createDatabase(inject("postgresUrl"));
  return `file:${join(await newFolder(), "inlet.db")}`;
}

const folders: string[] = [];

/** A folder that is removed when the test file is through. */
export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "inlet-test-"));
  folders.push(folder);
  return folder;
}

afterAll(async () => {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
});
