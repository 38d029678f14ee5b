// Generates one Prisma client per database from the one schema.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { derivePostgresqlSchema } from "./postgresql-schema.mjs";
import { projectRoot } from "./project-root.mjs";

const root = projectRoot(import.meta.url);

/** @param {string} schema a schema file, relative to the project */
function generate(schema) {
  const cli = createRequire(import.meta.url).resolve("prisma/build/index.js");
  const result = spawnSync(
    process.execPath,
    [cli, "generate", "--config", "prisma/prisma.config.ts", "--schema", schema],
    {
      cwd: root,
      encoding: "utf8",
      // `generate` needs no engine, but the CLI downloads one unless it is told of an executable.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    },
  );
  if (result.status !== 0) {
    process.stderr.write(result.stdout + result.stderr);
    throw new Error(`prisma generate failed for ${schema}`);
  }
}

export function generateClients() {
  const source = readFileSync(join(root, "prisma/schema.prisma"), "utf8");
  const folder = join(root, "lib/store/generated");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "postgresql.prisma"), derivePostgresqlSchema(source));
  generate("prisma/schema.prisma");
  generate("lib/store/generated/postgresql.prisma");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) generateClients();
