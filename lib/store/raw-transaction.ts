import type { Sql } from "@prisma/client/runtime/client";
import type { Database } from "./database-url.ts";
import type { DriverTransaction } from "./driver-transaction.ts";

/** A transaction for writes that come many times a second, which Prisma's client would plan anew. */
export type RawTransaction = {
  /** The rows, each an array in the order of the columns. */
  query(statement: Sql): Promise<unknown[][]>;
  execute(statement: Sql): Promise<void>;
};

/** Values as Prisma writes them, so that its client reads and compares them. */
function toDriver(provider: Database["provider"], value: unknown): unknown {
  if (value instanceof Date) return `${value.toISOString().slice(0, -1)}+00:00`;
  if (typeof value === "boolean" && provider === "sqlite") return Number(value);
  if (value instanceof Uint8Array) return Buffer.from(value);
  return value;
}

export function rawTransaction(
  provider: Database["provider"],
  tx: DriverTransaction,
): RawTransaction {
  const parts = (statement: Sql): [string, unknown[]] => [
    provider === "postgresql" ? statement.text : statement.sql,
    statement.values.map((value) => toDriver(provider, value)),
  ];
  return {
    query: (statement) => tx.query(...parts(statement)),
    execute: (statement) => tx.execute(...parts(statement)),
  };
}
