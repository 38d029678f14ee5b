import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  ColumnTypeEnum,
  type SqlMigrationAwareDriverAdapterFactory,
} from "@prisma/driver-adapter-utils";
import { adapterFactory } from "../store/connect.ts";
import type { Database } from "../store/database-url.ts";
import { readMigrations, withSchemaEngine } from "../store/migrate.ts";
import { derivePostgresqlSchema } from "./postgresql-schema.mjs";
import { projectRoot } from "./project-root.mjs";

/** Columns of PostgreSQL's catalogue that are `"char"`, a type that the pg adapter does not know. */
const CHARACTERS = new Set(["constraint_type", "confdeltype", "confupdtype"]);

function castCharacters(sql: string): string {
  return sql
    .replace("constr.contype AS", "constr.contype::text AS")
    .replace(/\bcon\.(conf(?:del|upd)type),/g, "con.$1::text,");
}

/**
 * Lets the engine read a schema back over the driver adapters, which 7.10 cannot quite:
 * better-sqlite3 prepares one statement at a time where the engine sends a whole migration, and
 * the pg adapter refuses `"char"`, so those are read as text and labelled as what they are.
 */
function readable(factory: SqlMigrationAwareDriverAdapterFactory) {
  const connectToShadowDb = factory.connectToShadowDb.bind(factory);
  factory.connectToShadowDb = async () => {
    const adapter = await connectToShadowDb();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw({ ...query, sql: castCharacters(query.sql) });
      const columnTypes = result.columnTypes.map((type, column) =>
        CHARACTERS.has(result.columnNames[column]!) ? ColumnTypeEnum.Character : type,
      );
      return { ...result, columnTypes };
    };
    adapter.executeRaw = async (query) => {
      await adapter.executeScript(query.sql);
      return 0;
    };
    return adapter;
  };
  return factory;
}

/** The SQL that brings the state after all migrations to the models; null when they agree. */
export async function diffMigrationsToModels(database: Database): Promise<string | null> {
  const source = await readFile(join(projectRoot(import.meta.url), "prisma/schema.prisma"), "utf8");
  const content = database.provider === "sqlite" ? source : derivePostgresqlSchema(source);
  const migrationsList = await readMigrations(database.provider);
  const diff = await withSchemaEngine(readable(adapterFactory(database, "writer")), (engine) =>
    engine.diff({
      from: { tag: "migrations", ...migrationsList },
      to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content }] },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    }),
  );
  return diff.exitCode === 0 ? null : diff.stdout;
}
