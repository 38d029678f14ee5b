import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
} from "@prisma/driver-adapter-utils";

/** The driver binds the values as they are. */
const AS_IT_IS = { scalarType: "unknown", arity: "scalar" } as const;

/** Bound by the driver, as the values are. */
export const statement = (sql: string, args: unknown[] = []): SqlQuery => ({
  sql,
  args,
  argTypes: args.map(() => AS_IT_IS),
});

/** Parameterised statements of one transaction. */
export type DriverTransaction = {
  /** The rows, each an array in the order of the columns. */
  query(sql: string, args: unknown[]): Promise<unknown[][]>;
  execute(sql: string, args: unknown[]): Promise<void>;
};

export type DriverConnection = {
  /** The same factory; the connection that Prisma's client makes with it is this one. */
  factory: SqlMigrationAwareDriverAdapterFactory;
  /** Commits when `work` resolves, and rolls back when it rejects. Connect Prisma's client first. */
  transaction<T>(work: (tx: DriverTransaction) => Promise<T>): Promise<T>;
};

/**
 * Prisma's driver adapter, for the one write that is too hot for Prisma's client.
 *
 * The client turns every raw parameter into JSON and bytes into base64, before the adapter turns
 * them back, and plans each statement of a transaction. The adapter is Prisma's own interface to the
 * driver (`@prisma/driver-adapter-utils`): what the client does with it, this does with less.
 */
export function driverConnection(factory: SqlMigrationAwareDriverAdapterFactory): DriverConnection {
  let adapter: SqlDriverAdapter | undefined;
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    adapter = await connect();
    return adapter;
  };

  return {
    factory,
    async transaction(work) {
      // The transaction has its connection; ending it in the database is the caller's statement.
      const tx = await adapter!.startTransaction();
      try {
        const result = await work({
          query: async (sql, args) => (await tx.queryRaw(statement(sql, args))).rows,
          execute: async (sql, args) => void (await tx.executeRaw(statement(sql, args))),
        });
        await tx.executeRaw(statement("COMMIT"));
        await tx.commit();
        return result;
      } catch (error) {
        // SQLite has rolled back by itself when the disk is full; the connection is released anyway.
        await tx.executeRaw(statement("ROLLBACK")).catch(() => {});
        await tx.rollback();
        throw error;
      }
    },
  };
}
