// The writer thread: the one place that writes to the database, one message at a time.
import { parentPort, workerData } from "node:worker_threads";
import { adapterFactory, connect, type PrismaClient } from "./connect.ts";
import { driverConnection } from "./driver-transaction.ts";
import { captureInserter } from "./insert-captures.ts";
import type { Appended, WriterAnswer, WriterData, WriterRequest } from "./writer-messages.ts";
import { WRITES } from "./writes.ts";

const { database } = workerData as WriterData;
const port = parentPort!;

const connection = driverConnection(adapterFactory(database, "writer"));
const insert = captureInserter(database.provider, connection);

let client: Promise<PrismaClient> | undefined;

function connected(): Promise<PrismaClient> {
  client ??= connect(database, { role: "writer", factory: connection.factory }).then(
    async (connecting) => {
      await connecting.$connect();
      return connecting;
    },
  );
  return client;
}

/**
 * After a failed write the connection is thrown away. SQLite rolls back by itself when the disk is
 * full, Prisma's own ROLLBACK then fails and leaves the adapter's lock taken: on the same
 * connection no transaction would ever start again.
 */
async function disconnect(): Promise<void> {
  const old = client;
  client = undefined;
  await old?.then((db) => db.$disconnect()).catch(() => {});
}

async function withFreshConnectionAfterFailure<T>(write: (db: PrismaClient) => Promise<T>) {
  try {
    return await write(await connected());
  } catch (error) {
    await disconnect();
    throw error;
  }
}

/** A batch fails as a whole when the database is at fault, and row by row when a row is. */
async function append(request: WriterRequest & { kind: "append" }): Promise<Appended> {
  const { rows, sizes } = request;
  let offset = 0;
  const bodies = sizes.map((size) => {
    offset += size;
    return Buffer.from(request.bodies, offset - size, size);
  });
  try {
    const inserted = await withFreshConnectionAfterFailure(() => insert(rows, bodies));
    return { ...inserted, failed: [] };
  } catch (error) {
    if (rows.length === 1) throw error;
    return appendOneByOne(rows, bodies, error);
  }
}

/** A constraint, or a value that a column cannot hold: PostgreSQL's classes 22 and 23. */
function isAboutRow(error: unknown): boolean {
  const { cause } = error as { cause?: { originalCode?: string } };
  return /^(SQLITE_CONSTRAINT|22|23)/.test(cause?.originalCode ?? "");
}

/** Finds the row that the database refuses, so that the others of its batch are stored. */
async function appendOneByOne(
  rows: (WriterRequest & { kind: "append" })["rows"],
  bodies: Uint8Array[],
  cause: unknown,
): Promise<Appended> {
  const appended: Appended = { seqs: [], storedCounts: [], failed: [] };
  for (const [index, row] of rows.entries()) {
    try {
      const one = await withFreshConnectionAfterFailure(() => insert([row], [bodies[index]!]));
      appended.seqs.push(one.seqs[0]!);
      appended.storedCounts.push(...one.storedCounts);
    } catch (error) {
      appended.seqs.push(null);
      appended.failed.push(index);
      // Two that fail in a row at the start mean that it is the database: spare it the rest.
      if (index === 1 && appended.failed.length === 2 && !isAboutRow(error)) throw cause;
    }
  }
  return appended;
}

async function run(request: WriterRequest): Promise<unknown> {
  if (request.kind === "append") return append(request);
  if (request.kind === "close") return disconnect();
  const write = WRITES[request.name] as (db: PrismaClient, ...args: unknown[]) => Promise<unknown>;
  return withFreshConnectionAfterFailure((db) => write(db, ...request.args));
}

let last: Promise<void> = Promise.resolve();

port.on("message", (request: WriterRequest) => {
  last = last.then(async () => {
    let answer: WriterAnswer;
    try {
      answer = { id: request.id, ok: true, value: await run(request) };
    } catch (error) {
      answer = { id: request.id, ok: false, message: String(error) };
    }
    port.postMessage(answer);
    if (request.kind === "close") port.close();
  });
});
