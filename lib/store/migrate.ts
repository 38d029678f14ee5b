import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import type { MigrationList, SchemaEngine } from "@prisma/schema-engine-wasm/schema_engine_bg";
import { projectRoot } from "../build/project-root.mjs";
import { adapterFactory } from "./connect.ts";
import type { Database } from "./database-url.ts";

const NO_FILTER = { externalTables: [], externalEnums: [] };

/** Instantiated once a process: the engine's module keeps its WebAssembly in a global. */
let engineModule: Promise<typeof import("@prisma/schema-engine-wasm/schema_engine_bg")> | undefined;

function loadEngineModule() {
  engineModule ??= (async () => {
    const engine = await import("@prisma/schema-engine-wasm/schema_engine_bg");
    const require = createRequire(import.meta.url);
    const path = require
      .resolve("@prisma/schema-engine-wasm/schema_engine_bg")
      .replace(/\.js$/, ".wasm");
    const module = await WebAssembly.compile(await readFile(path));
    const instance = await WebAssembly.instantiate(module, {
      "./schema_engine_bg.js": engine as unknown as WebAssembly.ModuleImports,
    });
    engine.__wbg_set_wasm(instance.exports);
    (instance.exports as { __wbindgen_start(): void }).__wbindgen_start();
    return engine;
  })();
  return engineModule;
}

/**
 * Runs `use` with Prisma's own migration engine, in WebAssembly, over the same driver adapter as
 * the client. The engine locks the database and never closes a connection: that is done here.
 */
export async function withSchemaEngine<T>(
  factory: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngineModule();
  const adapters: SqlDriverAdapter[] = [];
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    adapters.push(adapter);
    return adapter;
  };
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(factory);
    const engine = await SchemaEngine.new({ datamodels: undefined }, () => {}, bound);
    const result = await use(engine);
    engine.free();
    return result;
  } finally {
    await Promise.all(adapters.map((adapter) => adapter.dispose()));
  }
}

/** The plain Prisma migration folders of one provider, as the engine wants them. */
export async function readMigrations(provider: Database["provider"]): Promise<MigrationList> {
  const baseDir = join(projectRoot(import.meta.url), "prisma", "migrations", provider);
  const entries = await readdir(baseDir, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(join(baseDir, "migration_lock.toml"), "utf8"),
    },
    shadowDbInitScript: "",
    migrationDirectories: await Promise.all(
      folders.sort().map(async (path) => ({
        path,
        migrationFile: {
          path: "migration.sql",
          content: {
            tag: "ok" as const,
            value: await readFile(join(baseDir, path, "migration.sql"), "utf8"),
          },
        },
      })),
    ),
  };
}

/** Whether every migration is applied, by Prisma's own book of them. */
async function isUpToDate(database: Database, migrations: MigrationList): Promise<boolean> {
  const adapter = await adapterFactory(database, "writer").connect();
  try {
    const { rows } = await adapter.queryRaw({
      sql: `SELECT "migration_name", "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL FROM "_prisma_migrations"`,
      args: [],
      argTypes: [],
    });
    const applied = new Set(rows.filter(([, isApplied]) => isApplied).map(([name]) => name));
    return (
      applied.size === rows.length &&
      migrations.migrationDirectories.every(({ path }) => applied.has(path))
    );
  } catch {
    // No such table: a new database. Any other reason the engine will meet again, and tell.
    return false;
  } finally {
    await adapter.dispose();
  }
}

/**
 * Brings the database to the newest migration. Returns the names of those applied now.
 *
 * The engine is asked only where there is something to do: it needs SQLite's file for itself, which
 * a backup or a shell that has it open would refuse.
 */
export async function migrate(database: Database): Promise<string[]> {
  const migrationsList = await readMigrations(database.provider);
  if (await isUpToDate(database, migrationsList)) return [];
  return withSchemaEngine(adapterFactory(database, "writer"), async (engine) => {
    const applied = await engine.applyMigrations({ migrationsList, filters: NO_FILTER });
    return applied.appliedMigrationNames;
  });
}
