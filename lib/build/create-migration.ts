// npm run migration -- <name>: writes the next migration of both databases from prisma/schema.prisma.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Database } from "../store/database-url.ts";
import { readMigrations } from "../store/migrate.ts";
import { createDatabase, startPostgres } from "../testing/postgres.ts";
import { diffMigrationsToModels } from "./schema-diff.ts";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  console.error("Give the migration a name of lower-case letters, digits and underscores.");
  process.exit(1);
}

const stamp = new Date().toISOString().replace(/\D/g, "").slice(0, 14);

async function create(database: Database): Promise<void> {
  const script = await diffMigrationsToModels(database);
  if (!script) return console.log(`${database.provider}: models and migrations agree`);
  const { baseDir } = await readMigrations(database.provider);
  const folder = join(baseDir, `${stamp}_${name}`);
  await mkdir(folder);
  await writeFile(join(folder, "migration.sql"), script);
  console.log(`${database.provider}: ${stamp}_${name}`);
}

const postgres = await startPostgres();
try {
  await create({ provider: "sqlite", file: ":memory:" });
  const url = await createDatabase(postgres.adminUrl);
  await create({ provider: "postgresql", url });
} finally {
  await postgres.stop();
}
