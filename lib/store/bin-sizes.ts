import { setImmediate } from "node:timers/promises";
import type { PrismaClient } from "./connect.ts";
import type { BinSizeRecord } from "./records.ts";

/** Rows in one query. SQLite answers on the serving thread, which captures are waiting for too. */
const CHUNK = 1_000;

type Sum = { count: number | bigint; bytes: number | bigint | null };

/** What each bin of a workspace has, newest first. Counts rows: for a person who asks, not for every request. */
export async function sizesOfBins(db: PrismaClient, workspaceId: string): Promise<BinSizeRecord[]> {
  const bins = await db.bin.findMany({
    where: { workspaceId, deletedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  const sizes: BinSizeRecord[] = [];
  for (const { id, name, storedCount, captureCount, sweptSeq } of bins) {
    const linkCount = await db.share.count({ where: { binId: id, revokedAt: null } });
    const size = {
      id,
      name,
      captureCount: storedCount,
      deliveryCount: 0,
      linkCount,
      byteCount: 0,
    };
    for (let from = sweptSeq + 1; from <= captureCount; from += CHUNK) {
      const upTo = from + CHUNK - 1;
      // Negative numbers are those whose deletion can be undone.
      for (const [low, high] of [
        [from, upTo],
        [-upTo, -from],
      ] as const) {
        const { bytes } = await sumOfCaptures(db, id, low, high);
        const sent = await sumOfDeliveries(db, id, low, high);
        size.deliveryCount += Number(sent.count);
        size.byteCount += Number(bytes ?? 0) + Number(sent.bytes ?? 0);
      }
      await setImmediate();
    }
    sizes.push(size);
  }
  return sizes;
}

async function sumOfCaptures(db: PrismaClient, binId: string, low: number, high: number) {
  const [sum] = await db.$queryRaw<Sum[]>`
    SELECT COUNT(*) AS "count", SUM("bodySize") AS "bytes" FROM "Capture"
    WHERE "binId" = ${binId} AND "seq" BETWEEN ${low} AND ${high}`;
  return sum!;
}

async function sumOfDeliveries(db: PrismaClient, binId: string, low: number, high: number) {
  const [sum] = await db.$queryRaw<Sum[]>`
    SELECT COUNT(*) AS "count", SUM("Delivery"."bodySize") AS "bytes"
    FROM "Capture" JOIN "Delivery" ON "Delivery"."captureId" = "Capture"."id"
    WHERE "Capture"."binId" = ${binId} AND "Capture"."seq" BETWEEN ${low} AND ${high}`;
  return sum!;
}
