import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { PrismaBetterSqlite3 } from "@prisma/adapter-better-sqlite3";
import { PrismaPg } from "@prisma/adapter-pg";
import type { SqlMigrationAwareDriverAdapterFactory } from "@prisma/driver-adapter-utils";
import type { Database } from "./database-url.ts";
import type { PrismaClient } from "./generated/sqlite/client.ts";

export type { PrismaClient };

type ConnectOptions = {
  /** A reader cannot write by mistake: on SQLite the writer thread is the only one that may. */
  role: "reader" | "writer";
  factory?: SqlMigrationAwareDriverAdapterFactory;
};

/** How long a statement waits for another process's lock on the SQLite file. */
const BUSY_TIMEOUT_MS = 10_000;
const POSTGRESQL_CONNECT_TIMEOUT_MS = 3_000;
/** Longer than any statement of ours; ends the wait for a server that went away without a word. */
const POSTGRESQL_QUERY_TIMEOUT_MS = 20_000;

export function adapterFactory(
  database: Database,
  role: ConnectOptions["role"],
): SqlMigrationAwareDriverAdapterFactory {
  if (database.provider === "sqlite") {
    mkdirSync(dirname(database.file), { recursive: true });
    return new PrismaBetterSqlite3({ url: `file:${database.file}`, timeout: BUSY_TIMEOUT_MS });
  }
  // pg reports a broken idle connection as an event; the next query reconnects by itself.
  const ignore = () => {};
  return new PrismaPg(
    {
      connectionString: database.url,
      max: role === "writer" ? 2 : 8,
      connectionTimeoutMillis: POSTGRESQL_CONNECT_TIMEOUT_MS,
      query_timeout: POSTGRESQL_QUERY_TIMEOUT_MS,
      keepAlive: true,
    },
    { onPoolError: ignore, onConnectionError: ignore },
  );
}

/**
 * A connected client. The two generated clients have the same models, so one type serves both.
 * Only the provider in use is loaded: each brings a query compiler of two megabytes.
 */
export async function connect(database: Database, options: ConnectOptions): Promise<PrismaClient> {
  const adapter = options.factory ?? adapterFactory(database, options.role);
  if (database.provider === "postgresql") {
    const { PrismaClient } = await import("./generated/postgresql/client.ts");
    return new PrismaClient({ adapter }) as unknown as PrismaClient;
  }
  const { PrismaClient } = await import("./generated/sqlite/client.ts");
  const client = new PrismaClient({ adapter });
  try {
    await client.$queryRawUnsafe("PRAGMA journal_mode = WAL");
    if (options.role === "reader") {
      await client.$queryRawUnsafe("PRAGMA query_only = ON");
    } else {
      // FULL: a commit is on the disk when it returns, also after a power cut.
      await client.$queryRawUnsafe("PRAGMA synchronous = FULL");
      // The automatic checkpoint stays at SQLite's 1,000 pages: 4,000 gave the same throughput and
      // more than twice the p99, since captures wait while a checkpoint copies.
      await client.$queryRawUnsafe("PRAGMA journal_size_limit = 67108864");
    }
  } catch (error) {
    await client.$disconnect();
    throw error;
  }
  return client;
}
