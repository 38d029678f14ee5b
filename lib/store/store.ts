import { AppError } from "../errors.ts";
import { activeRules } from "./active-rules.ts";
import { sizesOfBins } from "./bin-sizes.ts";
import { findBin, listBins } from "./bins.ts";
import {
  bulkResendsOf,
  deliveriesOfBulk,
  findBulkResend,
  indexesOfBulk,
  runningBulkResends,
  seqsOfBulkResend,
} from "./bulk-resends.ts";
import { capturesOfSeqs, seqsOfBin, seqsOfIds } from "./capture-seqs.ts";
import {
  alikeCaptures,
  countCaptures,
  findBody,
  findCapture,
  pageOfCaptures,
  wholeCaptures,
} from "./captures.ts";
import { connect, type PrismaClient } from "./connect.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { deliveriesOf, findDelivery, findDeliveryBody } from "./deliveries.ts";
import { findDeviceLink, findDeviceLinkByHash } from "./device-links.ts";
import { capturesBeyond } from "./enqueue-forwards.ts";
import { countForwards, findForwardRule, forwardRulesOf } from "./forward-rules.ts";
import { findForward, forwardsOf, forwardsOfCapture } from "./forwards.ts";
import { findIdentity } from "./identities.ts";
import { migrate } from "./migrate.ts";
import { type RetentionOptions, startRetention } from "./retention.ts";
import { type Searcher, startSearcher } from "./searcher.ts";
import { findSession } from "./sessions.ts";
import { findShare, findShareByHash, listShares } from "./shares.ts";
import { storedBytesOfAll, storedBytesOfWorkspace } from "./stored-bytes.ts";
import { timelineOf, timelineSpan } from "./timeline.ts";
import { findToken, listTokens } from "./tokens.ts";
import { findWorkspace } from "./workspaces.ts";
import { startWriter, type Writer } from "./writer.ts";
import type { WriteName, WriteResult } from "./writes.ts";

export type StoreOptions = { databaseUrl: string } & RetentionOptions;

type ReadArgs<F> = F extends (db: PrismaClient, ...args: infer A) => infer R ? [A, R] : never;
type Read<F> = (...args: ReadArgs<F>[0]) => ReadArgs<F>[1];

/**
 * All that may be done with the database. Every call rejects with AppError `unavailable` while the
 * database does not answer, and works again by itself once it does.
 */
export type Store = {
  findWorkspace: Read<typeof findWorkspace>;
  sizesOfBins: Read<typeof sizesOfBins>;
  findDeviceLink: Read<typeof findDeviceLink>;
  findDeviceLinkByHash: Read<typeof findDeviceLinkByHash>;
  findToken: Read<typeof findToken>;
  listTokens: Read<typeof listTokens>;
  findIdentity: Read<typeof findIdentity>;
  findSession: Read<typeof findSession>;
  findBin: Read<typeof findBin>;
  listBins: Read<typeof listBins>;
  pageOfCaptures: Read<typeof pageOfCaptures>;
  alikeCaptures: Read<typeof alikeCaptures>;
  countCaptures: Read<typeof countCaptures>;
  timelineOf: Read<typeof timelineOf>;
  timelineSpan: Read<typeof timelineSpan>;
  findCapture: Read<typeof findCapture>;
  findBody: Read<typeof findBody>;
  wholeCaptures: Read<typeof wholeCaptures>;
  /** The captures of a bin that match a query, a page at a time. */
  searchCaptures: Searcher["search"];
  /** The same, without what a list shows of them. */
  searchPoints: Searcher["points"];
  findShare: Read<typeof findShare>;
  findShareByHash: Read<typeof findShareByHash>;
  listShares: Read<typeof listShares>;
  deliveriesOf: Read<typeof deliveriesOf>;
  findDelivery: Read<typeof findDelivery>;
  findDeliveryBody: Read<typeof findDeliveryBody>;
  storedBytesOfWorkspace: Read<typeof storedBytesOfWorkspace>;
  storedBytesOfAll: Read<typeof storedBytesOfAll>;
  findForwardRule: Read<typeof findForwardRule>;
  forwardRulesOf: Read<typeof forwardRulesOf>;
  countForwards: Read<typeof countForwards>;
  findForward: Read<typeof findForward>;
  forwardsOf: Read<typeof forwardsOf>;
  forwardsOfCapture: Read<typeof forwardsOfCapture>;
  seqsOfBin: Read<typeof seqsOfBin>;
  seqsOfIds: Read<typeof seqsOfIds>;
  capturesOfSeqs: Read<typeof capturesOfSeqs>;
  findBulkResend: Read<typeof findBulkResend>;
  bulkResendsOf: Read<typeof bulkResendsOf>;
  runningBulkResends: Read<typeof runningBulkResends>;
  seqsOfBulkResend: Read<typeof seqsOfBulkResend>;
  deliveriesOfBulk: Read<typeof deliveriesOfBulk>;
  indexesOfBulk: Read<typeof indexesOfBulk>;
  activeRules: Read<typeof activeRules>;
  capturesBeyond: Read<typeof capturesBeyond>;
  /** True when this process is the only one of its database. */
  isAlone: boolean;
  /** One transaction for all of them; on return they are on the disk. */
  append: Writer["append"];
  write: Writer["write"];
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** These leave rows to the sweeper. */
const WAKING: ReadonlySet<WriteName> = new Set([
  "clearBin",
  "deleteBin",
  "deleteForwardRule",
  "deleteWorkspace",
]);

/** Opens the database at `databaseUrl`, made and migrated as needed. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const database = parseDatabaseUrl(options.databaseUrl);
  await migrate(database);
  const reader = await connect(database, { role: "reader" });
  const writer = startWriter(database);
  const searcher = startSearcher(database);
  const retention = startRetention(writer, options);

  const read =
    <A extends unknown[], R>(query: (db: PrismaClient, ...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      try {
        return await query(reader, ...args);
      } catch (cause) {
        throw new AppError("unavailable", "The database does not answer. Try again in a moment.", {
          cause,
        });
      }
    };

  return {
    findWorkspace: read(findWorkspace),
    sizesOfBins: read(sizesOfBins),
    findDeviceLink: read(findDeviceLink),
    findDeviceLinkByHash: read(findDeviceLinkByHash),
    findToken: read(findToken),
    listTokens: read(listTokens),
    findIdentity: read(findIdentity),
    findSession: read(findSession),
    findBin: read(findBin),
    listBins: read(listBins),
    pageOfCaptures: read(pageOfCaptures),
    alikeCaptures: read(alikeCaptures),
    countCaptures: read(countCaptures),
    timelineOf: read(timelineOf),
    timelineSpan: read(timelineSpan),
    findCapture: read(findCapture),
    findBody: read(findBody),
    wholeCaptures: read(wholeCaptures),
    searchCaptures: searcher.search,
    searchPoints: searcher.points,
    findShare: read(findShare),
    findShareByHash: read(findShareByHash),
    listShares: read(listShares),
    deliveriesOf: read(deliveriesOf),
    findDelivery: read(findDelivery),
    findDeliveryBody: read(findDeliveryBody),
    storedBytesOfWorkspace: read(storedBytesOfWorkspace),
    storedBytesOfAll: read(storedBytesOfAll),
    findForwardRule: read(findForwardRule),
    forwardRulesOf: read(forwardRulesOf),
    countForwards: read(countForwards),
    findForward: read(findForward),
    forwardsOf: read(forwardsOf),
    forwardsOfCapture: read(forwardsOfCapture),
    seqsOfBin: read(seqsOfBin),
    seqsOfIds: read(seqsOfIds),
    capturesOfSeqs: read(capturesOfSeqs),
    findBulkResend: read(findBulkResend),
    bulkResendsOf: read(bulkResendsOf),
    runningBulkResends: read(runningBulkResends),
    seqsOfBulkResend: read(seqsOfBulkResend),
    deliveriesOfBulk: read(deliveriesOfBulk),
    indexesOfBulk: read(indexesOfBulk),
    activeRules: read(activeRules),
    capturesBeyond: read(capturesBeyond),
    isAlone: database.provider === "sqlite",
    async append(captures) {
      const appended = await writer.append(captures);
      for (const [binId, count] of appended.storedCounts) retention.noteStoredCount(binId, count);
      return appended;
    },
    write(name, ...args) {
      const result = writer.write(name, ...args);
      if (name === "endUndos")
        result.then(
          (ended) => ended && retention.wake(),
          () => {},
        );
      if (WAKING.has(name)) result.then(retention.wake, () => {});
      if (name === "restoreDeleted") {
        const restored = result as Promise<WriteResult<"restoreDeleted">>;
        // What came back may be more than the bin may have.
        restored.then(
          (done) => done && retention.noteStoredCount(args[0] as string, done.storedCount),
          () => {},
        );
      }
      return result;
    },
    ping: read(async (db) => {
      await db.$queryRaw`SELECT 1`;
    }),
    async close() {
      retention.stop();
      await Promise.all([writer.close(), searcher.close()]);
      await reader.$disconnect();
    },
  };
}
