import type { BulkOutcome } from "../contract/bulk-resend.ts";
import type { DeliveryRequest, DeliveryState } from "../contract/delivery.ts";
import { DELIVERIES_PER_CAPTURE_MAX } from "../contract/limits.ts";
import { advanceBulk } from "./bulk-resends.ts";
import type { PrismaClient } from "./connect.ts";
import type { DeliveryRecord, DeliveryResult } from "./records.ts";
import { addStoredBytes } from "./stored-bytes.ts";

const ALL_BUT_BODY = {
  id: true,
  captureId: true,
  attempt: true,
  method: true,
  url: true,
  startedAt: true,
  state: true,
  request: true,
  result: true,
  ruleId: true,
  forwardId: true,
} as const;

type DeliveryRow = Omit<DeliveryRecord, "state" | "request" | "result"> & {
  state: string;
  request: string;
  result: string | null;
};

const toRecord = (row: DeliveryRow): DeliveryRecord => ({
  ...row,
  state: row.state as DeliveryState,
  request: JSON.parse(row.request) as DeliveryRequest,
  result: row.result === null ? null : (JSON.parse(row.result) as DeliveryResult),
});

export type NewDelivery = Pick<
  DeliveryRecord,
  "id" | "captureId" | "method" | "url" | "startedAt" | "request"
> & {
  /** The bulk resend that it is a part of, and which of its captures. */
  bulk?: { id: string; index: number };
};

/**
 * A delivery that begins now. Returns which of the capture's it is, null when the capture is gone.
 * The oldest of a capture make room for it.
 */
export async function createDelivery(
  db: PrismaClient,
  delivery: NewDelivery,
): Promise<number | null> {
  const { captureId, request, bulk, ...rest } = delivery;
  return db.$transaction(async (tx) => {
    const capture = await tx.capture.findFirst({
      where: { id: captureId, seq: { gt: 0 } },
      select: { binId: true },
    });
    if (!capture) return null;
    // The bin's row first, as in every transaction.
    await addStoredBytes(tx, capture.binId, 0);
    const last = await tx.delivery.aggregate({ where: { captureId }, _max: { attempt: true } });
    const attempt = (last._max.attempt ?? 0) + 1;
    await tx.delivery.create({
      data: {
        ...rest,
        captureId,
        attempt,
        state: "pending",
        request: JSON.stringify(request),
        bulkId: bulk?.id,
        bulkIndex: bulk?.index,
      },
    });
    const old = {
      captureId,
      attempt: { lte: attempt - DELIVERIES_PER_CAPTURE_MAX },
      state: { not: "pending" },
    };
    const { _sum } = await tx.delivery.aggregate({ where: old, _sum: { bodySize: true } });
    await tx.delivery.deleteMany({ where: old });
    if (_sum.bodySize) await addStoredBytes(tx, capture.binId, -_sum.bodySize);
    return attempt;
  });
}

export type DeliveryEnd = {
  state: DeliveryState;
  request: DeliveryRequest;
  result: DeliveryResult;
  body: Uint8Array | null;
  /** What the bulk resend that it is a part of counts it as, in the same transaction. */
  countedBy?: { id: string; index: number; outcome: BulkOutcome };
};

/** False when it went away with its capture, or was given up by a start in between. */
export async function finishDelivery(
  db: PrismaClient,
  id: string,
  end: DeliveryEnd,
): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const hasEnded = await endPending(tx, id, end);
    const { countedBy } = end;
    if (countedBy) await advanceBulk(tx, countedBy.id, [countedBy.index], countedBy.outcome);
    return hasEnded;
  });
}

type Transaction = Parameters<Parameters<PrismaClient["$transaction"]>[0]>[0];

async function endPending(
  tx: Transaction,
  id: string,
  { state, request, result, body, countedBy }: DeliveryEnd,
): Promise<boolean> {
  const bodySize = body?.byteLength ?? 0;
  const delivery = await tx.delivery.findUnique({
    where: { id },
    select: { capture: { select: { binId: true } } },
  });
  if (!delivery) return false;
  // Before the delivery's own row, as in every transaction.
  await addStoredBytes(tx, delivery.capture.binId, bodySize);
  const { count } = await tx.delivery.updateMany({
    where: { id, state: "pending" },
    data: {
      state,
      request: JSON.stringify(request),
      result: JSON.stringify(result),
      bodySize,
      body: body as Uint8Array<ArrayBuffer> | null,
      bulkOutcome: countedBy?.outcome,
    },
  });
  if (count === 0) await addStoredBytes(tx, delivery.capture.binId, -bodySize);
  return count > 0;
}

/** What a process left behind that is not there any more. Returns how many there were. */
export async function failPendingDeliveries(
  db: PrismaClient,
  result: DeliveryResult,
): Promise<number> {
  const { count } = await db.delivery.updateMany({
    where: { state: "pending" },
    data: { state: "failed", result: JSON.stringify(result) },
  });
  return count;
}

export type ListedDelivery = DeliveryRecord & { body: Uint8Array | null };

/** Newest first, with the bodies of those responses that have up to `maxBodyBytes`. */
export async function deliveriesOf(
  db: PrismaClient,
  captureId: string,
  { limit, maxBodyBytes }: { limit: number; maxBodyBytes: number },
): Promise<ListedDelivery[]> {
  const rows = await db.delivery.findMany({
    where: { captureId },
    orderBy: { attempt: "desc" },
    take: limit,
    select: ALL_BUT_BODY,
  });
  const bodies = await db.delivery.findMany({
    where: { id: { in: rows.map(({ id }) => id) }, bodySize: { lte: maxBodyBytes } },
    select: { id: true, body: true },
  });
  const bodyOf = new Map(bodies.map(({ id, body }) => [id, body]));
  return rows.map((row) => ({ ...toRecord(row), body: bodyOf.get(row.id) ?? null }));
}

export async function findDelivery(db: PrismaClient, id: string): Promise<DeliveryRecord | null> {
  const row = await db.delivery.findUnique({ where: { id }, select: ALL_BUT_BODY });
  return row && toRecord(row);
}

/** The response's bytes; null without a response. */
export async function findDeliveryBody(db: PrismaClient, id: string): Promise<Uint8Array | null> {
  const row = await db.delivery.findUnique({ where: { id }, select: { body: true } });
  return row?.body ?? null;
}
