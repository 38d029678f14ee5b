import { join } from "@prisma/client/runtime/client";
import type { PrismaClient } from "./connect.ts";

/**
 * `Bin.storedBytes` is the sum of these over all rows of the bin, whoever may still see them: body,
 * headers, trailers and target of each capture, and the bodies of the responses to its deliveries.
 * It changes in the transaction that inserts or removes rows, under the lock of the bin's row.
 */
export async function bytesOfCaptures(
  db: Pick<PrismaClient, "$queryRaw" | "delivery">,
  ids: string[],
): Promise<Map<string, number>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<{ id: string; bytes: number | bigint }[]>`
    SELECT "id", "bodySize" + OCTET_LENGTH("headers") + OCTET_LENGTH("trailers")
      + OCTET_LENGTH("target") AS "bytes"
    FROM "Capture" WHERE "id" IN (${join(ids)})`;
  const responses = await bytesOfDeliveries(db, ids);
  return new Map(rows.map(({ id, bytes }) => [id, Number(bytes) + (responses.get(id) ?? 0)]));
}

/** How much goes along when these captures go. */
async function bytesOfDeliveries(
  db: Pick<PrismaClient, "delivery">,
  captureIds: string[],
): Promise<Map<string, number>> {
  const sums = await db.delivery.groupBy({
    by: ["captureId"],
    where: { captureId: { in: captureIds } },
    _sum: { bodySize: true },
  });
  return new Map(sums.map(({ captureId, _sum }) => [captureId, _sum.bodySize ?? 0]));
}

export type StoredBytes = { binId: string; bytes: number };

/** Of every bin of a workspace that is on the disk, also of those that are being deleted. */
export async function storedBytesOfWorkspace(
  db: PrismaClient,
  workspaceId: string,
): Promise<StoredBytes[]> {
  const rows = await db.bin.findMany({
    where: { workspaceId },
    select: { id: true, storedBytes: true },
  });
  return rows.map(({ id, storedBytes }) => ({ binId: id, bytes: Number(storedBytes) }));
}

/** Of all bins. Reads each bin's row. */
export async function storedBytesOfAll(db: PrismaClient): Promise<number> {
  const { _sum } = await db.bin.aggregate({ _sum: { storedBytes: true } });
  return Number(_sum.storedBytes ?? 0);
}

/** Adds to a bin that is there, or takes away. Its row stays locked until the transaction's end. */
export async function addStoredBytes(
  tx: Pick<PrismaClient, "bin">,
  binId: string,
  bytes: number,
): Promise<void> {
  await tx.bin.updateMany({ where: { id: binId }, data: { storedBytes: { increment: bytes } } });
}
