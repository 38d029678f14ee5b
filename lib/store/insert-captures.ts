import type { NewCapture } from "../contract/new-capture.ts";
import type { Database } from "./database-url.ts";
import type { DriverConnection, DriverTransaction } from "./driver-transaction.ts";

const COLUMNS = [
  "id",
  "binId",
  "receivedAt",
  "method",
  "target",
  "path",
  "query",
  "httpVersion",
  "contentType",
  "remoteIp",
  "tls",
  "declaredSize",
  "bodySize",
  "truncated",
  "problem",
  "problemDetail",
  "readMs",
  "headers",
  "trailers",
  "body",
  "seq",
] as const;

const BIN_ID = COLUMNS.indexOf("binId");
const TARGET = COLUMNS.indexOf("target");
const BODY_SIZE = COLUMNS.indexOf("bodySize");
const HEADERS = COLUMNS.indexOf("headers");
const TRAILERS = COLUMNS.indexOf("trailers");
const RECEIVED_AT = COLUMNS.indexOf("receivedAt");
const BODY = COLUMNS.indexOf("body");

/** The values of COLUMNS up to and without `body`: what crosses to the writer thread. */
export type CaptureRow = (string | number | boolean | null)[];

/** How Prisma writes a DateTime to SQLite, so that its client reads and compares it. */
const toTimestamp = (iso: string) => `${iso.slice(0, -1)}+00:00`;

export function toRow(capture: NewCapture): CaptureRow {
  return [
    capture.id,
    capture.binId,
    toTimestamp(capture.receivedAt),
    capture.method,
    capture.target,
    capture.path,
    capture.query,
    capture.httpVersion,
    capture.contentType,
    capture.remoteIp,
    capture.tls,
    capture.declaredSize,
    capture.body.byteLength,
    capture.truncated,
    capture.problem,
    capture.problemDetail,
    capture.readMs,
    JSON.stringify(capture.rawHeaders),
    capture.rawTrailers.length === 0 ? "[]" : JSON.stringify(capture.rawTrailers),
  ];
}

type Placeholder = (index: number) => string;

/** One INSERT text for each number of rows; the group commit comes in few sizes. */
function insertStatements(placeholder: Placeholder): (rows: number) => string {
  const names = COLUMNS.map((name) => `"${name}"`).join(", ");
  const texts = new Map<number, string>();
  return (rows) => {
    let text = texts.get(rows);
    if (text === undefined) {
      const tuples = Array.from({ length: rows }, (_, row) => {
        const values = COLUMNS.map((_, column) => placeholder(row * COLUMNS.length + column + 1));
        return `(${values.join(",")})`;
      });
      text = `INSERT INTO "Capture" (${names}) VALUES ${tuples.join(",")}`;
      texts.set(rows, text);
    }
    return text;
  };
}

/** What of a row counts: `bytesOfCaptures` says the same in SQL. */
function bytesOf(row: CaptureRow): number {
  return (
    (row[BODY_SIZE] as number) +
    Buffer.byteLength(row[HEADERS] as string) +
    Buffer.byteLength(row[TRAILERS] as string) +
    Buffer.byteLength(row[TARGET] as string)
  );
}

type Tally = { binId: string; count: number; bytes: number; lastCaptureAt: string };

/** What each bin gets, in the order of the bins' ids: the order to lock them in. */
function tallyByBin(rows: CaptureRow[]): Tally[] {
  const tallies = new Map<string, Tally>();
  for (const row of rows) {
    const binId = row[BIN_ID] as string;
    const at = row[RECEIVED_AT] as string;
    const tally = tallies.get(binId);
    const bytes = bytesOf(row);
    if (!tally) tallies.set(binId, { binId, count: 1, bytes, lastCaptureAt: at });
    else {
      tally.count += 1;
      tally.bytes += bytes;
      if (at > tally.lastCaptureAt) tally.lastCaptureAt = at;
    }
  }
  return [...tallies.values()].sort((a, b) => (a.binId < b.binId ? -1 : 1));
}

export type Inserted = {
  /** For each row its number, or null where the bin is gone. */
  seqs: (number | null)[];
  /** `storedCount` of each bin that got captures. */
  storedCounts: [binId: string, count: number][];
  /** `storedBytes` of each of them. */
  storedBytes: [binId: string, bytes: number][];
};

export type InsertCaptures = (rows: CaptureRow[], bodies: Uint8Array[]) => Promise<Inserted>;

/**
 * Writes captures of any number of bins in one transaction. Each bin's row is advanced first and
 * stays locked until the commit, so `seq` has no gap and follows the order of the commits.
 */
export function captureInserter(
  provider: Database["provider"],
  connection: Pick<DriverConnection, "transaction">,
): InsertCaptures {
  const isPostgresql = provider === "postgresql";
  const placeholder: Placeholder = isPostgresql ? (index) => `$${index}` : () => "?";
  const insertText = insertStatements(placeholder);
  const flag = isPostgresql ? (value: unknown) => value : (value: unknown) => Number(value);

  const toTime = isPostgresql ? (value: string) => `CAST(${value} AS TIMESTAMP)` : String;
  const toText = isPostgresql ? (value: string) => `CAST(${value} AS TEXT)` : String;

  /** Advances every bin by its number of captures; the rows stay locked until the commit. */
  const advanceBins = async (tx: DriverTransaction, tallies: Tally[]): Promise<unknown[][]> => {
    if (isPostgresql && tallies.length > 1) {
      // An UPDATE of several rows promises no order, and nodes that lock in different orders deadlock.
      const list = tallies.map((_, i) => placeholder(i + 1)).join(",");
      await tx.query(
        `SELECT "id" FROM "Bin" WHERE "id" IN (${list}) ORDER BY "id" FOR UPDATE`,
        tallies.map((tally) => tally.binId),
      );
    }
    const values = tallies.map(({ count, bytes }, i) => {
      const [id, at] = [placeholder(2 * i + 1), placeholder(2 * i + 2)];
      return `(${toText(id)}, ${count}, ${toTime(at)}, ${bytes})`;
    });
    return tx.query(
      `UPDATE "Bin" SET "captureCount" = "captureCount" + v.column2,
         "storedCount" = "storedCount" + v.column2, "lastCaptureAt" = v.column3,
         "storedBytes" = "storedBytes" + v.column4
       FROM (VALUES ${values.join(",")}) AS v
       WHERE "id" = v.column1 AND "deletedAt" IS NULL
       RETURNING "id", "captureCount", "storedCount", "storedBytes"`,
      tallies.flatMap((tally) => [tally.binId, tally.lastCaptureAt]),
    );
  };

  return (rows, bodies) =>
    connection.transaction(async (tx) => {
      const tallies = tallyByBin(rows);
      const counts = new Map(tallies.map(({ binId, count }) => [binId, count]));
      const next = new Map<string, number>();
      const storedCounts: Inserted["storedCounts"] = [];
      const storedBytes: Inserted["storedBytes"] = [];
      for (const [binId, captureCount, count, bytes] of await advanceBins(tx, tallies)) {
        const id = String(binId);
        next.set(id, Number(captureCount) - counts.get(id)! + 1);
        storedCounts.push([id, Number(count)]);
        storedBytes.push([id, Number(bytes)]);
      }

      const args: unknown[] = [];
      const seqs = rows.map((row, index) => {
        const binId = row[BIN_ID] as string;
        const seq = next.get(binId);
        if (seq === undefined) return null;
        next.set(binId, seq + 1);
        for (let column = 0; column < BODY; column++) {
          const value = row[column];
          args.push(typeof value === "boolean" ? flag(value) : value);
        }
        args.push(bodies[index], seq);
        return seq;
      });
      if (args.length > 0) {
        await tx.execute(insertText(args.length / COLUMNS.length), args);
      }
      return { seqs, storedCounts, storedBytes };
    });
}
