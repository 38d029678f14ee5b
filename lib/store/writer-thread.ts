// The writer thread: the one place that writes to the database, one message at a time.
import { parentPort, workerData } from "node:worker_threads";
import { adapterFactory, connect, type PrismaClient } from "./connect.ts";
import { driverConnection } from "./driver-transaction.ts";
import { captureInserter } from "./insert-captures.ts";
import { type RawTransaction, rawTransaction } from "./raw-transaction.ts";
import type { Appended, WriterAnswer, WriterData, WriterRequest } from "./writer-messages.ts";
import { RAW_WRITES, WRITES, type WriteName } from "./writes.ts";

type AppendRequest = WriterRequest & { kind: "append" };

/** Under SQLite's 32,766 and PostgreSQL's 65,535 parameters of one statement. */
const BATCH_MAX_CAPTURES = 256;
/** A single larger capture makes a batch of its own. */
const BATCH_MAX_BYTES = 16 * 1024 * 1024;

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
async function append(requests: AppendRequest[]): Promise<Appended> {
  const rows = requests.flatMap((request) => request.rows);
  const bodies = requests.flatMap((request) => bodiesOf(request));
  try {
    const inserted = await withFreshConnectionAfterFailure(() => insert(rows, bodies));
    return { ...inserted, failed: [] };
  } catch (error) {
    if (rows.length === 1) throw error;
    return appendOneByOne(rows, bodies, error);
  }
}

function bodiesOf({ bodies, sizes }: AppendRequest): Uint8Array[] {
  let offset = 0;
  return sizes.map((size) => {
    offset += size;
    return Buffer.from(bodies, offset - size, size);
  });
}

/** A constraint, or a value that a column cannot hold: PostgreSQL's classes 22 and 23. */
function isAboutRow(error: unknown): boolean {
  const { cause } = error as { cause?: { originalCode?: string } };
  return /^(SQLITE_CONSTRAINT|22|23)/.test(cause?.originalCode ?? "");
}

/** Finds the row that the database refuses, so that the others of its batch are stored. */
async function appendOneByOne(
  rows: AppendRequest["rows"],
  bodies: Uint8Array[],
  cause: unknown,
): Promise<Appended> {
  const appended: Appended = { seqs: [], storedCounts: [], storedBytes: [], failed: [] };
  for (const [index, row] of rows.entries()) {
    try {
      const one = await withFreshConnectionAfterFailure(() => insert([row], [bodies[index]!]));
      appended.seqs.push(one.seqs[0]!);
      appended.storedCounts.push(...one.storedCounts);
      appended.storedBytes.push(...one.storedBytes);
    } catch (error) {
      appended.seqs.push(null);
      appended.failed.push(index);
      // Two that fail in a row at the start mean that it is the database: spare it the rest.
      if (index === 1 && appended.failed.length === 2 && !isAboutRow(error)) throw cause;
    }
  }
  return appended;
}

/** What of a transaction is about one of the requests that it took together. */
function partOf(appended: Appended, start: number, count: number): Appended {
  const end = start + count;
  return {
    seqs: appended.seqs.slice(start, end),
    storedCounts: appended.storedCounts,
    storedBytes: appended.storedBytes,
    failed: appended.failed.flatMap((i) => (i >= start && i < end ? [i - start] : [])),
  };
}

async function answersTo(requests: WriterRequest[]): Promise<WriterAnswer[]> {
  try {
    const [first] = requests;
    if (first!.kind === "append") {
      const appends = requests as AppendRequest[];
      const appended = await append(appends);
      let start = 0;
      return appends.map(({ id, rows }) => {
        start += rows.length;
        return { id, ok: true, value: partOf(appended, start - rows.length, rows.length) };
      });
    }
    return [{ id: first!.id, ok: true, value: await run(first!) }];
  } catch (error) {
    return requests.map(({ id }) => ({ id, ok: false, message: String(error) }));
  }
}

const isRaw = (name: WriteName): name is keyof typeof RAW_WRITES => name in RAW_WRITES;

async function run(request: Exclude<WriterRequest, AppendRequest>): Promise<unknown> {
  if (request.kind === "close") return disconnect();
  const { name, args } = request;
  if (isRaw(name)) {
    const write = RAW_WRITES[name] as (tx: RawTransaction, ...args: unknown[]) => Promise<unknown>;
    return withFreshConnectionAfterFailure(() =>
      connection.transaction((tx) => write(rawTransaction(database.provider, tx), ...args)),
    );
  }
  const write = WRITES[name] as (db: PrismaClient, ...args: unknown[]) => Promise<unknown>;
  return withFreshConnectionAfterFailure((db) => write(db, ...args));
}

/** The first request in line; appends take along all that follow, as far as a batch may go. */
function takeNext(): WriterRequest[] {
  let rows = 0;
  let bytes = 0;
  let count = 0;
  for (const request of line) {
    if (request.kind !== "append") break;
    rows += request.rows.length;
    bytes += request.bodies.byteLength;
    if (count > 0 && (rows > BATCH_MAX_CAPTURES || bytes > BATCH_MAX_BYTES)) break;
    count += 1;
  }
  return line.splice(0, Math.max(count, 1));
}

const line: WriterRequest[] = [];
let isWorking = false;

/**
 * Group commit: while one transaction is on its way to the disk, what comes waits here; the next
 * transaction takes it all.
 */
async function work(): Promise<void> {
  isWorking = true;
  while (line.length > 0) {
    const taken = takeNext();
    // One message for all: each one costs the serving thread more than what is in it.
    port.postMessage(await answersTo(taken));
    if (taken[0]!.kind === "close") port.close();
    // What was sent meanwhile is delivered in a turn of the event loop.
    await new Promise((turn) => setImmediate(turn));
  }
  isWorking = false;
}

port.on("message", (request: WriterRequest) => {
  line.push(request);
  if (!isWorking) void work();
});
