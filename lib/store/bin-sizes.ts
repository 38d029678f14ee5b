import { setImmediate } from "node:timers/promises";
import type { PrismaClient } from "./connect.ts";
import type { BinSizeRecord } from "./records.ts";

/** Rows in one query. SQLite answers on the serving thread, which captures are waiting for too. */
const CHUNK = 1_000;

/** What each bin of a workspace has, newest first. Counts rows: for a person who asks. */
export async function sizesOfBins(db: PrismaClient, workspaceId: string): Promise<BinSizeRecord[]> {
  const bins = await db.bin.findMany({
    where: { workspaceId, deletedAt: null },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  const sizes: BinSizeRecord[] = [];
  for (const { id, name, storedCount, captureCount, sweptSeq, storedBytes } of bins) {
    const linkCount = await db.share.count({ where: { binId: id, revokedAt: null } });
    const size = {
      id,
      name,
      captureCount: storedCount,
      deliveryCount: 0,
      linkCount,
      ruleCount: await db.forwardRule.count({ where: { binId: id, deletedAt: null } }),
      byteCount: Number(storedBytes),
    };
    for (let from = sweptSeq + 1; from <= captureCount; from += CHUNK) {
      const upTo = from + CHUNK - 1;
      // Negative numbers are those whose deletion can be undone.
      for (const [low, high] of [
        [from, upTo],
        [-upTo, -from],
      ] as const) {
        size.deliveryCount += await countDeliveries(db, id, low, high);
      }
      await setImmediate();
    }
    sizes.push(size);
  }
  return sizes;
}

async function countDeliveries(db: PrismaClient, binId: string, low: number, high: number) {
  const [row] = await db.$queryRaw<{ count: number | bigint }[]>`
    SELECT COUNT(*) AS "count"
    FROM "Capture" JOIN "Delivery" ON "Delivery"."captureId" = "Capture"."id"
    WHERE "Capture"."binId" = ${binId} AND "Capture"."seq" BETWEEN ${low} AND ${high}`;
  return Number(row!.count);
}
